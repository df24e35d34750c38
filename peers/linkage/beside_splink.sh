#!/bin/sh
# Splink and this engine over the same file of people, one after the other on the same machine:
#     peers/linkage/beside_splink.sh FILE.csv
# The file needs the columns given_name, family_name, dob, phone, postcode, address and cluster (the truth). Splink comes from
# PyPI into a folder of its own under target/.
set -eu
cd "$(dirname "$0")/../.."
room=target/peers/splink
[ -x "$room/bin/python" ] || python3 -m venv "$room"
"$room/bin/pip" install --quiet 'splink==5.0.0' 'duckdb==1.5.6' 'pandas<3'
cargo build --release --quiet -p plainsight-peers-linkage
echo "plainsight:"
target/release/peers-linkage dedupe "$1" cluster --leave-out culture
echo "splink:"
"$room/bin/python" peers/linkage/splink_people.py "$1"
