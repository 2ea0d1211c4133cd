#!/usr/bin/env bash
# Builds a tool from the crates registry and puts its programs in .tools/bin.
#
#   setup-cargo-tool.sh CRATE VERSION "PROGRAM…" [cargo install options…]
#
# Unoptimised and without debug information: that halves the time of the build, and the tools are quick enough so. It is
# built in .tools/tmp, which an interrupted run leaves for the next; the programs are moved when all is done, and the
# last of them, which the Makefile looks at, last.
set -euo pipefail
crate=$1 version=$2 programs=$3
shift 3

# The last program is the one that tells: where it has this version already (a lock file went back), all is done.
if [ "$(".tools/bin/${programs##* }" --version 2>/dev/null | awk '{ print $2 }')" = "$version" ]; then
  touch ".tools/bin/${programs##* }"
  exit 0
fi

work=.tools/tmp/$crate-$version
mkdir -p .tools/bin "$work"
# What is set for the app must not change the tool, nor its place.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR
CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 cargo install "$crate@$version" "$@" \
  --debug --force --no-track --root "$work/root" --target-dir "$work/target"
for program in $programs; do
  touch "$work/root/bin/$program"
  mv -f "$work/root/bin/$program" ".tools/bin/$program"
done
rm -rf "$work"
