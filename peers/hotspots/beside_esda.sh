#!/bin/sh
# PySAL's esda, scikit-learn and this engine over the same numbers, one after the other on the same machine:
#     peers/hotspots/beside_esda.sh [SIDE ...]
# Grids of SIDE x SIDE cells; 100 and 316 when left out. The peers come from PyPI into a folder of their own under target/.
set -eu
cd "$(dirname "$0")/../.."
room=target/peers/esda
target="${CARGO_TARGET_DIR:-target}"
[ -x "$room/bin/python" ] || python3 -m venv "$room"
"$room/bin/pip" install --quiet 'esda==2.9.0' 'libpysal==4.14.1' 'scikit-learn==1.9.1' 'numba==0.68.1' joblib
cargo build --release --quiet -p plainsight-peers-hotspots --bin peers-hotspots-cells
for side in "${@:-100 316}"; do
    for side in $side; do
        "$target/release/peers-hotspots-cells" generate "$side" target/peers/values.txt target/peers/points.txt
        "$target/release/peers-hotspots-cells" run "$side" target/peers/values.txt target/peers/points.txt >target/peers/ours.txt
        cat target/peers/ours.txt
        "$room/bin/python" peers/hotspots/esda_cells.py "$side" target/peers/values.txt target/peers/points.txt target/peers/ours.txt
    done
done
