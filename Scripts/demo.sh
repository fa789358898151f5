#!/usr/bin/env bash
# The whole way once, with invented people: returns, checks, register, study, report.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PWD/.build/release:$PATH
persons=${PERSONS:-4000}
[[ $persons =~ ^[0-9]+$ ]] || { echo "meedoen: PERSONS is a number of people, such as 4000." >&2; exit 64; }

bold='' plain=''
if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi
started=$SECONDS

# Says what a step is for, shows its command as one would type it, and runs it.
step() {
  printf '\n%s%s%s\n$ %s\n' "$bold" "$1" "$plain" "$2"
  local from=$SECONDS status=0
  eval "$2" || status=$?
  # 1 says that some rows are held: that is what is to be shown here.
  if (( status > 1 )); then exit "$status"; fi
  printf '(%d s)\n' $((SECONDS - from))
}

# Both are made anew each time.
rm -rf demo/data demo/waterstad demo/back
mkdir -p demo

step "1. Invent a municipality of $persons newcomers, with the monthly returns that its teams would send." \
  "meedoen simulate municipality --persons $persons --seed 2016 --output demo/data"
step "2. Check one return, as the team that sends it would: nothing is kept. It comes back as workbooks and a page." \
  "meedoen check demo/data/returns/2017-03/regular --model municipality --annotate demo/back --html demo/back/check.html | head -40"
step "3. Make a workspace." \
  "meedoen new demo/waterstad --model municipality --title Waterstad --synthetic"
step "4. Take in all returns, month by month. Rows with errors are held, the rest goes in." \
  "meedoen submit demo/data/returns --workspace demo/waterstad"
step "5. Look at the register." \
  "meedoen register status --workspace demo/waterstad"
step "6. Who kept to the days, a year before the end?" \
  "meedoen cycle status --workspace demo/waterstad --on 2018-06-30"
step "7. Is everything as it was written down?" \
  "meedoen audit verify --workspace demo/waterstad"
step "8. Follow the newcomers and write the report. Five things to know:" \
  "meedoen study run Examples/municipality/plan.yml --workspace demo/waterstad"

printf '\n%sDone in %d s.%s The people are invented, and so is what happened to them; demo/data/truth.md says what is true of them.\n' \
  "$bold" $((SECONDS - started)) "$plain"
echo "Open the report in a browser: demo/waterstad/reports/from-settlement-to-work.en.html (Dutch: .nl.html)"
