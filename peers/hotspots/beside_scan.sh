#!/bin/sh
# The scan statistic by this engine and by plain loops that numba compiles: the same studies, as many replicates, two threads, one after
# the other on the same machine.
#     peers/hotspots/beside_scan.sh [REPLICATES [of large studies, looking back [and looking at what goes on]]]
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
    period=$2
    shift 2
    echo "$* x $replicates"
    "$target/release/peers-hotspots-scan" generate "$@" >target/peers/study.json
    "$target/release/peers-hotspots-scan" run target/peers/study.json "$replicates" 2 $period | sed 's/^/  this engine  /'
    "$room/bin/python" peers/hotspots/numba_scan.py target/peers/study.json "$replicates" $period | sed 's/^/  numba        /'
}
few="${1:-999}"
beside "$few" "" poisson 32 19 1175
beside "$few" "" permutation 180 24 600
beside "$few" "" bernoulli 191 1 62
for model in permutation poisson; do
    # The peer takes ten seconds and more for one replicate that looks back.
    beside "${2:-4}" retrospective "$model" 1000 90 10000
    beside "${3:-99}" prospective "$model" 1000 90 10000
done
