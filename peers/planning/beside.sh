#!/bin/sh
# Weeks of action planned by this engine, VROOM and OR-tools in turn, one checker for all:
#     peers/planning/beside.sh [--visits 40,150,400] [--seeds 10] [--limit 10]
# The others come from PyPI into a folder of their own under target/.
set -eu
cd "$(dirname "$0")/../.."
room=target/peers/planning
[ -x "$room/bin/python" ] || python3 -m venv "$room"
"$room/bin/pip" install --quiet 'pyvroom==1.15.2' 'ortools==9.15.6755' numpy
cargo build --release --quiet -p plainsight-peers-planning
"$room/bin/python" peers/planning/week.py target/release/peers-planning "$@"
