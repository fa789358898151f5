#!/usr/bin/env bash
# Installs the system libraries that the build needs. Silent when they are all there.
set -euo pipefail

packages=(
  libsqlite3-dev zlib1g-dev libexpat1-dev libxlsxwriter-dev coinor-libclp-dev libopenblas-dev libboost-math-dev
  liblemon-dev libreadstat-dev pkg-config
)

fail() {
  echo "meedoen: $1" >&2
  exit 1
}

command -v swift >/dev/null || fail "Swift is not on the PATH. Install Swift 6.3 or later: https://www.swift.org/install"

# Elsewhere than on Debian and its relatives there is nothing to install with; say what is needed when it is missing.
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  for library in sqlite3 zlib expat xlsxwriter clp openblas lemon; do
    pkg-config --exists "$library" 2>/dev/null || fail \
      "the library “$library” is missing with its headers. On Debian it comes with: apt-get install ${packages[*]}"
  done
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done
# Any program of this name will do.
if command -v pkg-config >/dev/null; then missing=("${missing[@]/pkg-config/}"); fi
read -ra missing <<<"${missing[*]}"
(( ${#missing[@]} )) || exit 0

as_root=()
if (( EUID != 0 )); then
  command -v sudo >/dev/null || fail "missing system packages. As root: apt-get install ${missing[*]}"
  as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1
}

echo "Installing system packages: ${missing[*]}"
# Package lists may be absent or out of date: then fetch them and try once more.
if ! apt install --no-install-recommends "${missing[@]}"; then
  echo "Fetching the lists of packages first."
  apt update || { cat "$log" >&2; fail "apt-get update failed; see above."; }
  apt install --no-install-recommends "${missing[@]}" || { cat "$log" >&2; fail "apt-get install failed; see above."; }
fi
