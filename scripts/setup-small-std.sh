#!/usr/bin/env bash
# Builds Rust's standard library for wasm32-unknown-unknown for size, as a sysroot of its own in the folder that $1 names.
#
# The release site alone is linked with it (see the Makefile); checks and tests keep the toolchain's own. It saves a tenth of what the site
# transfers: nothing in it is inlined for speed, and a panic traps at once instead of building a message that nobody would read. The page
# itself says that it broke, and every answer is stored before it is shown as saved.
#
# The folder appears whole or not at all. Its name should say the compiler's version: cargo does not notice when what is in a sysroot changes.
set -euo pipefail

dest=$1
target=wasm32-unknown-unknown
version=$(rustc -V | cut -d' ' -f2)
sysroot=$(rustc --print sysroot)
work=$PWD/.tools/tmp/small-std
mkdir -p "$work"
. scripts/rust-source.sh

echo "Building std $version for $target, for size"
with_rust_source build_std "$work/empty" \
  "-Cembed-bitcode=yes -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none" \
  --profile small -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size

new=$work/sysroot/lib/rustlib/$target
mkdir -p "$new" "$(dirname "$dest")"
mv "$work/empty/lib" "$new/lib"
rm -rf "$dest"
mv "$work/sysroot" "$dest"
rm -rf "$work"
