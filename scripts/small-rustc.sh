#!/usr/bin/env bash
# rustc, for the release site (cargo calls it so: small-rustc.sh RUSTC ARGUMENTS…): pulldown-cmark is compiled with scripts/small/entities.rs in
# the place of its own file of that name. Everything else goes to rustc as it is.
#
# Cargo does not see that file: whoever changes it counts the `--cfg small_…` of the Makefile up by one.
set -euo pipefail

case " $* " in
  *" --crate-name pulldown_cmark "*" --target wasm32-"*) ;;
  *) exec "$@" ;;
esac

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
arguments=()
for argument in "$@"; do
  if [[ $argument == */src/lib.rs ]]; then
    [[ -f ${argument%lib.rs}entities.rs ]] || { echo "pulldown-cmark has no src/entities.rs any more: see scripts/small-rustc.sh" >&2; exit 1; }
    copy=$here/../.tools/small-sources/pulldown-cmark
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -r "${argument%lib.rs}." "$copy"
    cp "$here/small/entities.rs" "$copy/entities.rs"
    argument=$copy/lib.rs
  fi
  arguments+=("$argument")
done
exec "${arguments[@]}"
