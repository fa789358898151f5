#!/usr/bin/env bash
# Usage: build.sh WHAT ARGUMENT…   Runs `swift build ARGUMENT…` and says WHAT it builds.
# On a terminal the build shows its own line; elsewhere every tenth part of it, so that a log stays short.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
what=$1
shift

echo "Building $what: swift build $*"
if [[ -t 1 ]]; then
  swift build "$@"
else
  swift build "$@" 2>&1 | awk '
    match($0, /^\[[0-9]+\/[0-9]+\] /) {
      split(substr($0, 2, RLENGTH - 3), step, "/")
      part = step[2] > 0 ? int(10 * step[1] / step[2]) : 0
      if (part > shown && step[2] >= 50) { shown = part; print "  " step[1] " of " step[2] " steps"; fflush() }
      next
    }
    { print; fflush() }'
fi
