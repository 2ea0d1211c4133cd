#!/usr/bin/env bash
# Adds Rust's standard library for wasm32-unknown-unknown to the toolchain in use.
#
# The ordinary way is rustup. Where it cannot download, std is built once from its source, which must be that of the
# compiler to the patch; scripts/rust-source.sh says where that is looked for.
# Either way the library's folder appears whole or not at all.
set -euo pipefail

target=wasm32-unknown-unknown
if ! version=$(rustc -V 2>/dev/null | cut -d' ' -f2) || [ -z "$version" ]; then
  echo "There is no Rust here. Install rustup, then: rustup toolchain install $(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml) -c rustfmt -c clippy"
  exit 1
fi
sysroot=$(rustc --print sysroot)
lib=$sysroot/lib/rustlib/$target/lib

if command -v rustup >/dev/null; then
  echo "Asking rustup for $target"
  # One try, and not for ever: there is another way.
  if RUSTUP_MAX_RETRIES=0 timeout 180 rustup target add "$target" && [ -d "$lib" ]; then
    exit 0
  fi
  echo "rustup could not; building std from source"
fi

work=$PWD/.tools/tmp/wasm-std
mkdir -p "$work"
. scripts/rust-source.sh

# `test` is what `cargo test` links; the bitcode is what `lto = "fat"` reads.
echo "Building std $version for $target"
with_rust_source build_std "$work/empty" -Cembed-bitcode=yes --release -Zbuild-std=std,panic_abort,test

new=$sysroot/lib/rustlib/$target/lib.new
rm -rf "$new"
mkdir -p "$(dirname "$new")"
mv "$work/empty/lib" "$new"
cat >"$new/built-from-source.txt" <<END
Built from the source of Rust $version by a project that needed it, because rustup could not download it.
To have rustup's instead, remove this folder and run: rustup target add $target
END
mv "$new" "$lib"
# What was built against another std cannot be linked with this one.
rm -rf "target/$target" "$work"
