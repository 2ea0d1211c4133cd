#!/usr/bin/env bash
# Puts what tests/facts/ checks against (requirements.txt there) into .tools/facts, whole or not at all. It needs python3 with pip; where
# Debian's python3 stands without pip, or none stands, apt brings it if this runs as root.
set -euo pipefail

requirements=tests/facts/requirements.txt
dest=.tools/facts
work=.tools/tmp/facts
rm -rf "$work"
mkdir -p "$work"

# Prints the interpreter whose pip can be used: python3's own, or that of an environment which lives as long as this script.
find_pip() {
  command -v python3 >/dev/null || return 1
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || return 1
  if python3 -m pip --version >/dev/null 2>&1; then
    echo python3
  elif python3 -m venv "$work/pip" >/dev/null 2>&1 && "$work/pip/bin/python" -m pip --version >/dev/null 2>&1; then
    echo "$work/pip/bin/python"
  else
    return 1
  fi
}

if ! python=$(find_pip); then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Python 3.10 or newer with pip is missing, and only apt as root is known here to install it (python3, python3-pip)."
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  # A source that cannot be reached need not be the one that matters: the install says.
  apt-get update || echo "apt-get update was not whole; trying the install all the same"
  apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends python3 python3-pip
  hash -r
  python=$(find_pip)
fi

"$python" -m pip install --disable-pip-version-check --no-input --target "$work/new" -r "$requirements"
PYTHONPATH=$work/new python3 -c 'import hl7apy, pydicom; print("pydicom", pydicom.__version__)'
cp "$requirements" "$work/new/requirements.txt"
rm -rf "$dest"
mv "$work/new" "$dest"
rm -rf "$work"
