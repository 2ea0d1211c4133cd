#!/usr/bin/env bash
# Links the browser of the site tests to .tools/bin/headless: Chromium's headless shell, which is Chromium without its window and takes a third less
# time for them. HEADLESS names another; where there is none, apt may have that of the Chromium there is. Where it has not, Chromium itself serves.
set -euo pipefail

PATH=$(printf %s "$PATH" | tr : '\n' | grep -v '/\.tools/bin$' | paste -sd :)
headless=${HEADLESS:-$(command -v chromium-headless-shell || true)}
if [ -z "$headless" ] && [ -z "${CHROMIUM:-}" ] && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
  version=$(dpkg-query -W -f '${Version}' chromium 2>/dev/null || true)
  # Its very version: another would change the Chromium that is there.
  install() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends --no-remove "chromium-headless-shell=$version"
  }
  if [ -n "$version" ] && { install || { apt-get update && install; }; }; then
    headless=$(command -v chromium-headless-shell || true)
  fi
fi
[ -n "$headless" ] || headless=$(readlink -f .tools/bin/chromium)
"$headless" --version
ln -sfn "$headless" .tools/bin/headless
