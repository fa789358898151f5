#!/usr/bin/env bash
# Feeds the readers of files with what libFuzzer makes up, and the review with random edits of sound returns
# (Documentation/Guides/Robustness.md).
#
#   SECONDS_EACH=720   for each reader; five of them make an hour
#   READERS="csv spss" only these: csv, workbook, archive, package, spss
#   EDITS=100000       random edits; 0 for none
#   SEED=…             run this one edit and print its findings
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$PWD/.build/fuzzing
edits=${EDITS:-100000}
# A crash is told by libFuzzer itself, at once.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0

if [[ $edits != 0 || -n ${SEED:-} ]]; then
  echo "Building the edits, optimised."
  swift build --package-path Fuzzing --scratch-path "$folder/edits" -c release --product Edits
  program=$(swift build --package-path Fuzzing --scratch-path "$folder/edits" -c release --show-bin-path)/Edits
  if [[ -n ${SEED:-} ]]; then exec "$program" "$SEED"; fi
  echo "Making $edits random edits."
  "$program" 0 "$edits"
fi

options=(-Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld)
[[ ${SECONDS_EACH:-720} != 0 ]] || exit 0
echo "Building the fuzzer, with the sanitizers."
swift build --package-path Fuzzing --scratch-path "$folder" -c release --product Fuzzer "${options[@]}"
program=$(swift build --package-path Fuzzing --scratch-path "$folder" -c release --show-bin-path)/Fuzzer
for reader in ${READERS:-csv workbook archive package spss}; do
  export MEEDOEN_FUZZ=$reader
  work=$folder/work/$reader
  mkdir -p "$work/found"
  "$program" --seeds "$work/seeds"
  echo "Feeding the reader “$reader” for ${SECONDS_EACH:-720} seconds; what breaks it is kept in ${work#"$PWD"/}."
  if ! "$program" -max_total_time="${SECONDS_EACH:-720}" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
    -artifact_prefix="$work/" "$work/found" "Fuzzing/Corpus/$reader" "$work/seeds" 2>"$work/log"; then
    tail -40 "$work/log" >&2
    exit 1
  fi
  grep -E '^(Done|stat::)' "$work/log"
done
