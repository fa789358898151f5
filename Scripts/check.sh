#!/usr/bin/env bash
# Checks the form of the Swift files, and then the house rules: imports against the layers, lengths, documents, links.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
code=0

echo "Checking the form of the Swift files: swift format lint --strict"
swift format lint --strict --parallel --recursive Package.swift Models Sources Tests || {
  code=1
  echo "“make fix” mends most of this." >&2
}

echo "Checking the house rules: swift test --filter HouseTests"
Scripts/build.sh "the tests" --build-tests && Scripts/test.sh --filter HouseTests || code=1
exit $code
