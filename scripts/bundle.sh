#!/usr/bin/env bash
# Trunk's last step (a hook in Trunk.toml): the release site's wasm is made small and split; then the project's own command checks the banks and writes
# them, and the catalogue made from them, into the site that Trunk is staging. What is wrong with a bank is printed, and fails the build. At the end the page
# gets its content security policy, and the site its service worker.
set -euo pipefail
# What the site is linked with (see the Makefile) is not for the command.
unset RUSTC_BOOTSTRAP RUSTC_WRAPPER CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
release=
if [ "$TRUNK_PROFILE" = release ]; then
  release=--release
  node scripts/split.mjs "$TRUNK_STAGING_DIR"
fi
cargo run --quiet --package tierwise-cli -- bundle questions --into "$TRUNK_STAGING_DIR"
node scripts/seal.mjs "$TRUNK_STAGING_DIR" $release
