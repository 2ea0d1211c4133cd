#!/usr/bin/env bash
# Prints the name of an installed toolchain that is the Rust pinned in rust-toolchain.toml under another name, when the
# pinned name itself is not installed. Prints nothing when nothing need be done, or nothing can be. Downloads nothing.
set -uo pipefail
pin=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
installed=$(rustup toolchain list 2>/dev/null | cut -d' ' -f1) || exit 0
grep -q "^$pin\(-\|\$\)" <<<"$installed" && exit 0
for toolchain in $installed; do
  if [ "$(RUSTUP_TOOLCHAIN=$toolchain rustc -V 2>/dev/null | cut -d' ' -f2)" = "$pin" ]; then
    echo "$toolchain"
    exit 0
  fi
done
exit 0
