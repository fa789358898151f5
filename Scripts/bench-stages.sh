#!/usr/bin/env bash
# Times each step that a user waits for, as whole processes, and says on what machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
meedoen=$PWD/.build/release/meedoen
persons=${PERSONS:-10000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
echo "$persons people; $(nproc 2>/dev/null || echo "?") cores${processor:+ ($processor)}; $(swift --version 2>/dev/null | grep -o 'Swift version [0-9.]*' | head -1)"

timed() {
  local name=$1 start end status=0
  shift
  start=$(date +%s.%N)
  "$@" >"$folder/out" 2>&1 || status=$?
  # 1 says that some rows are held, as they should be.
  if (( status > 1 )); then
    cat "$folder/out" >&2
    echo "meedoen: “$name” failed." >&2
    exit "$status"
  fi
  end=$(date +%s.%N)
  awk -v name="$name" -v start="$start" -v end="$end" 'BEGIN { printf "%-32s %8.2f s\n", name, end - start }'
}

timed "invent the returns" "$meedoen" simulate municipality --persons "$persons" --seed 2016 --output "$folder/data"
timed "make a workspace" "$meedoen" new "$folder/waterstad" --model municipality --synthetic
timed "check and take in all returns" "$meedoen" submit "$folder/data/returns" --workspace "$folder/waterstad"
timed "run the study, write the report" "$meedoen" study run Examples/municipality/plan.yml --workspace "$folder/waterstad"
