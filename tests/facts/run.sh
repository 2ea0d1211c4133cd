#!/usr/bin/env bash
# First the checker's own tests, then the banks. The Makefile says where pydicom and hl7apy are (PYTHONPATH).
set -euo pipefail
cd "$(dirname "$0")"
python3 -m unittest --quiet test_check
exec python3 check.py
