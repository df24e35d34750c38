#!/bin/sh
# Cleans files that are made to take memory and time in 512 MB of addresses and 60 seconds each, and says what became of each.
#   peers/media/small_room.sh [MEGABYTES]     (default: 100)
set -eu
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release -p plainsight-peers-media
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 peers/media/hostile.py "$work" "${1:-100}"
failed=0
for file in "$work"/*; do
    began=$(date +%s%N)
    # The copy is written to nowhere: what it would take on a disk is told.
    if (ulimit -v 524288; timeout 60 "$target/release/peers-media-clean" - "$file") > "$work/said" 2>&1; then said=$(cut -c1-160 "$work/said"); else said="FAILED: $?"; failed=1; fi
    echo "$(basename "$file") $(( ($(date +%s%N) - began) / 1000000 )) ms ${said#*: }"
done
exit $failed
