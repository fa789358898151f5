#!/usr/bin/env bash
# Runs the tests that `swift build --build-tests` made. The last line is that of `swift test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -n "${MEEDOEN_SHARED:-}" && ! -d "$MEEDOEN_SHARED" ]]; then
  echo "meedoen: MEEDOEN_SHARED names “$MEEDOEN_SHARED”, which is no folder." >&2
  exit 1
fi

# Failures name their test and line, so the two lines that every passing test prints are left out.
echo "Running the tests: swift test --disable-xctest"
swift test --skip-build --disable-xctest "$@" 2>&1 \
  | awk '/^\[0\/1\] Planning build|^◇ |^↳ (Testing Library Version|Target Platform): / || /^(✔|.\[[0-9;]*m✔) (Test|Suite) .* passed after / && !/ Test run with / { next } { print; fflush() }'
