#!/usr/bin/env bash
# Runs a command of which only one may run in this tree at a time; a second waits for the first.
#
#   alone.sh NAME COMMAND…
set -euo pipefail
name=$1
shift
mkdir -p .tools
# Without flock (it is part of Linux's util-linux) two runs at once are for the user to avoid.
command -v flock >/dev/null || exec "$@"
# The lock is held by this process alone (-o): a server that the command leaves behind does not keep it.
if ! flock -n -o -E 75 ".tools/$name.lock" true; then
  echo "    waiting for another run of make in this tree ($name)"
fi
exec flock -o ".tools/$name.lock" "$@"
