#!/usr/bin/env bash
# Prints the version of the crate $1 that Cargo.lock holds.
set -euo pipefail
awk -v want="$1" '
  $1 == "name" { gsub(/"/, "", $3); name = $3 }
  $1 == "version" && name == want { gsub(/"/, "", $3); print $3; exit }
' Cargo.lock
