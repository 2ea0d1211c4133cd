#!/usr/bin/env bash
# Adds Rust's standard library for wasm32-unknown-unknown to the toolchain in use.
#
# The ordinary way is rustup. Where it cannot download, std is built once from its source, which must be that of the
# compiler to the patch. The source is looked for in this order:
#   1. the toolchain's own rust-src component, if it is there;
#   2. Debian's rust-src package, from the mirror that this machine's apt uses, in a newer suite if need be (nothing is
#      installed, and the machine's own apt set-up stays as it is; signatures are checked);
#   3. TIERWISE_RUST_SRC: a tar archive that holds the folder library/ of the compiler's source.
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
component=$sysroot/lib/rustlib/src/rust/library
linked=
tidy() { [ -z "$linked" ] || { rm -f "$component"; rmdir --ignore-fail-on-non-empty "${component%/*}" "${component%/*/*}"; }; }
trap tidy EXIT

# Prints the folder library/ that holds std, at most a few levels under the folder $1; fails when there is none.
library_in() {
  local manifest
  manifest=$(find "$1" -maxdepth 6 -path '*/library/std/Cargo.toml' -print -quit)
  [ -n "$manifest" ] && dirname "$(dirname "$manifest")"
}

# Prints the folder library/ of Debian's rust-src of this version, having unpacked it under $work.
from_debian() (
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || exit 1
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f "$keyring" ] || exit 1
  apt=$work/apt
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/unpacked"
  options=(-oDir::Etc::SourceList="$apt/sources.list" -oDir::Etc::SourceParts=/dev/null -oDir::State::Lists="$apt/lists"
    -oDir::Cache="$apt/cache" -oAcquire::Languages=none -oAPT::Sandbox::User="$(id -un)" -oAcquire::Retries=1)
  mirrors=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sort -u)
  for mirror in $mirrors; do
    for suite in stable-backports stable testing unstable; do
      echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
      apt-get "${options[@]}" update >&2 || continue
      # The upstream version is followed by one of these three.
      found=$(apt-cache "${options[@]}" madison rust-src |
        awk -v v="$version" '!found && index($3, v) == 1 && substr($3, length(v) + 1, 1) ~ /[-+~]/ { found = $3 } END { print found }')
      [ -n "$found" ] || continue
      echo "Found rust-src $found in $suite" >&2
      (
        cd "$apt"
        apt-get "${options[@]}" download "rust-src=$found" >&2
        dpkg --fsys-tarfile rust-src_*.deb | tar -x -C unpacked --wildcards './usr/src/rustc-*/library'
      ) || continue
      library_in "$apt/unpacked"
      exit
    done
  done
  exit 1
)

from_archive() (
  [ -n "${TIERWISE_RUST_SRC:-}" ] || exit 1
  echo "Unpacking $TIERWISE_RUST_SRC" >&2
  rm -rf "$work/archive"
  mkdir -p "$work/archive"
  tar -xf "$TIERWISE_RUST_SRC" -C "$work/archive"
  library_in "$work/archive"
)

if [ ! -f "$component/std/Cargo.toml" ]; then
  source=$(from_debian) || source=$(from_archive) || source=
  if [ -z "$source" ]; then
    echo "The source of Rust $version was not found. Where there is a network: rustup target add $target."
    echo "Where there is not: set TIERWISE_RUST_SRC to a tar archive of library/ from Rust $version."
    exit 1
  fi
  # -Zbuild-std looks in one place only. A link there, for as long as the build lasts, leaves rustup's own account true.
  mkdir -p "$(dirname "$component")"
  rm -f "$component"
  ln -s "$source" "$component"
  linked=yes
fi

# An empty crate pulls std in. `test` is what `cargo test` links; the bitcode is what `lto = "fat"` reads.
empty=$work/empty
rm -rf "$empty"
mkdir -p "$empty/src"
: >"$empty/src/lib.rs"
cat >"$empty/Cargo.toml" <<END
[workspace]
[package]
name = "empty"
version = "0.0.0"
edition = "2024"
[profile.release]
panic = "abort"
END
echo "Building std $version for $target"
(
  cd "$empty"
  unset CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR CARGO_ENCODED_RUSTFLAGS
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes cargo build --release -Zbuild-std=std,panic_abort,test --target "$target"
)

new=$sysroot/lib/rustlib/$target/lib.new
rm -rf "$new"
mkdir -p "$new"
cp "$empty/target/$target"/release/deps/*.rlib "$new"
rm -f "$new"/libempty-*.rlib
cat >"$new/built-from-source.txt" <<END
Built from the source of Rust $version by a project that needed it, because rustup could not download it.
To have rustup's instead, remove this folder and run: rustup target add $target
END
mv "$new" "$lib"
# What was built against another std cannot be linked with this one.
rm -rf "target/$target" "$work"
