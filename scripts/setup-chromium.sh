#!/usr/bin/env bash
# Finds Chromium and chromedriver and links them into .tools/bin. CHROMIUM and CHROMEDRIVER name others than those on
# PATH. Where there are none and apt is here and may install, it installs Debian's, whose two versions always match.
set -euo pipefail

# Our own link is no answer to where the program is.
PATH=$(printf %s "$PATH" | tr : '\n' | grep -v '/\.tools/bin$' | paste -sd :)

find_both() {
  chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  driver=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  [ -n "$chromium" ] && [ -n "$driver" ]
}

if ! find_both; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Chromium or chromedriver is missing, and only apt as root is known here to install them."
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  # A source that cannot be reached need not be the one that matters: the install says.
  apt-get update || echo "apt-get update was not whole; trying the install all the same"
  apt-get -o DPkg::Lock::Timeout=300 install -y chromium chromium-driver
  find_both
fi

"$chromium" --version
"$driver" --version
mkdir -p .tools/bin
ln -sfn "$driver" .tools/bin/chromedriver
ln -sfn "$chromium" .tools/bin/chromium
