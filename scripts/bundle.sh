#!/usr/bin/env bash
# Trunk's last step (a hook in Trunk.toml): the release site's wasm is made small and split; then the project's own command checks the banks and writes
# them, and the catalogue made from them, into the site that Trunk is staging. What is wrong with a bank is printed, and fails the build.
set -euo pipefail
# What the site is linked with (see the Makefile) is not for the command.
unset RUSTC_BOOTSTRAP RUSTC_WRAPPER CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
if [ "$TRUNK_PROFILE" = release ]; then
  node scripts/split.mjs "$TRUNK_STAGING_DIR"
fi
exec cargo run --quiet --package tierwise-cli -- bundle questions --into "$TRUNK_STAGING_DIR"
