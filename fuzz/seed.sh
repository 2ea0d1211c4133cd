#!/usr/bin/env bash
# Copies what this tree holds of banks, course pages and scripts into fuzz/corpus/, for the fuzz targets to begin with.
set -euo pipefail
cd "$(dirname "$0")/.."

# copy TARGET PATTERN: files named so, under a name for each content.
copy() {
  mkdir -p "fuzz/corpus/$1"
  find questions crates/cli/tests/fixtures docs -type f -name "$2" | while read -r file; do
    cp "$file" "fuzz/corpus/$1/$(sha256sum <"$file" | cut -c1-16)"
  done
}

copy bank '*.md'
copy course README.md
copy script '*.json'
mkdir -p fuzz/corpus/response
printf 'a' >fuzz/corpus/response/option
printf '0.5' >fuzz/corpus/response/number
printf 'QIDO-RS' >fuzz/corpus/response/word
