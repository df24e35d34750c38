#!/bin/sh
# The scan statistic by this engine and by plain loops that numba compiles: the same studies, as many replicates, two threads, one after
# the other on the same machine.
#     peers/hotspots/beside_scan.sh [REPLICATES [REPLICATES of the large study]]
# Sizes of the published sets (New Mexico, New York City, North Humberside), then 1,000 areas and 90 days. numba comes from PyPI into a
# folder under target/. Each line: the period, the ratio (the same for both), p and seconds.
set -eu
cd "$(dirname "$0")/../.."
room=target/peers/esda
target="${CARGO_TARGET_DIR:-target}"
[ -x "$room/bin/python" ] || python3 -m venv "$room"
"$room/bin/pip" install --quiet 'numba==0.68.1' numpy
cargo build --release --quiet -p plainsight-peers-hotspots --bin peers-hotspots-scan
export NUMBA_NUM_THREADS=2
beside() {
    replicates=$1
    shift
    echo "$* x $replicates"
    "$target/release/peers-hotspots-scan" generate "$@" >target/peers/study.json
    "$target/release/peers-hotspots-scan" run target/peers/study.json "$replicates" 2 | sed 's/^/  this engine  /'
    "$room/bin/python" peers/hotspots/numba_scan.py target/peers/study.json "$replicates" | sed 's/^/  numba        /'
}
few="${1:-999}"
beside "$few" poisson 32 19 1175
beside "$few" permutation 180 24 600
beside "$few" bernoulli 191 1 62
beside "${2:-9}" permutation 1000 90 10000
beside "${2:-9}" poisson 1000 90 10000
