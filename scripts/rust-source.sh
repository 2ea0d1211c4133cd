# Finds the source of Rust's standard library, of the very version of the compiler in use. Sourced, not run: it needs $version, $sysroot and
# $work (a folder for what it unpacks), and gives `with_rust_source COMMAND…`, which runs a command while the source stands where
# cargo's -Zbuild-std looks for it. The source is looked for in this order:
#   1. the toolchain's own rust-src component, if it is there;
#   2. the same by rustup, if it can download;
#   3. Debian's rust-src package, from the mirror that this machine's apt uses, in a newer suite if need be (nothing is
#      installed, and the machine's own apt set-up stays as it is; signatures are checked);
#   4. TIERWISE_RUST_SRC: a tar archive that holds the folder library/ of the compiler's source.

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

with_rust_source() (
  component=$sysroot/lib/rustlib/src/rust/library
  if [ ! -f "$component/std/Cargo.toml" ] && command -v rustup >/dev/null; then
    # One try, and not for ever: there are other ways.
    RUSTUP_MAX_RETRIES=0 timeout 180 rustup component add rust-src || true
  fi
  if [ ! -f "$component/std/Cargo.toml" ]; then
    source=$(from_debian) || source=$(from_archive) || source=
    if [ -z "$source" ]; then
      echo "The source of Rust $version was not found. Where there is a network: rustup component add rust-src."
      echo "Where there is not: set TIERWISE_RUST_SRC to a tar archive of library/ from Rust $version."
      exit 1
    fi
    # A link, for as long as the build lasts, leaves rustup's own account of the toolchain true.
    trap 'rm -f "$component"; rmdir --ignore-fail-on-non-empty "${component%/*}" "${component%/*/*}"' EXIT
    mkdir -p "$(dirname "$component")"
    rm -f "$component"
    ln -s "$source" "$component"
  fi
  "$@"
)

# Builds std of an empty crate: build_std FOLDER RUSTFLAGS [cargo's own words …]; the libraries end up in FOLDER/lib.
build_std() {
  local empty=$1 flags=$2
  shift 2
  rm -rf "$empty"
  mkdir -p "$empty/src" "$empty/lib"
  : >"$empty/src/lib.rs"
  cat >"$empty/Cargo.toml" <<END
[workspace]
[package]
name = "empty"
version = "0.0.0"
edition = "2024"
[profile.release]
panic = "abort"
[profile.small]
inherits = "release"
opt-level = "z"
codegen-units = 1
END
  (
    cd "$empty"
    unset CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR CARGO_ENCODED_RUSTFLAGS
    RUSTC_BOOTSTRAP=1 RUSTFLAGS=$flags cargo build --target wasm32-unknown-unknown "$@"
  )
  cp "$empty"/target/wasm32-unknown-unknown/*/deps/*.rlib "$empty/lib"
  rm -f "$empty"/lib/libempty-*.rlib
}
