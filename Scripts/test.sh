#!/usr/bin/env bash
# Runs the tests that `swift build --build-tests` made. The last line is that of `swift test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -n "${MEEDOEN_SHARED:-}" && ! -d "$MEEDOEN_SHARED" ]]; then
  echo "meedoen: MEEDOEN_SHARED names “$MEEDOEN_SHARED”, which is no folder." >&2
  exit 1
fi

# Failures, what is skipped and the closing line are shown; what every passing test prints is left out.
echo "Running the tests: swift test --disable-xctest"
swift test --skip-build --disable-xctest "$@" 2>&1 | awk '
  { plain = $0; gsub(/\033\[[0-9;]*m/, "", plain) }
  plain ~ /^(◇|✔)/ { shown = plain ~ /Test run with/; if (shown) { print; fflush() } next }
  plain ~ /^(✘|➜|⚠|error|warning|Fatal|Thread|meedoen)/ { shown = 1 }
  plain ~ /^↳ (Testing Library Version|Target Platform): / { next }
  shown { print; fflush() }'
