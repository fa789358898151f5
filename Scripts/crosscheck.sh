#!/usr/bin/env bash
# Lets the programs that people use read what Meedoen writes, and compares what they read with the CSV export.
#
#   CROSSCHECK_PYTHON=…   a Python that has the readers; otherwise one is made in .build/crosscheck/python
#   MEEDOEN=…             the program to use; otherwise the optimised one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$PWD/.build/crosscheck
export MEEDOEN=${MEEDOEN:-$PWD/.build/release/meedoen}

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
command -v pspp-convert >/dev/null || missing+=(pspp)
if (( ${#missing[@]} )); then
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}."
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "These are not installed, and what they would read is passed over: ${missing[*]}"
  fi
fi

python=${CROSSCHECK_PYTHON:-$folder/python/bin/python}
if [[ ! -x $python ]]; then
  echo "Installing the readers from PyPI in .build/crosscheck/python."
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install --quiet --disable-pip-version-check -r Scripts/crosscheck/requirements.txt
fi

rm -rf "$folder/work"
mkdir -p "$folder/work"
"$python" Scripts/crosscheck/crosscheck.py "$folder/work"
