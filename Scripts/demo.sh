#!/usr/bin/env bash
# The whole way once, with invented people: returns, register, study, report.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PWD/.build/release:$PATH
persons=${PERSONS:-4000}
[[ $persons =~ ^[0-9]+$ ]] || { echo "meedoen: PERSONS is a number of people, such as 4000." >&2; exit 64; }

bold='' plain=''
if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi

# Says what a step is for, shows its command as one would type it, and runs it.
step() {
  printf '\n%s%s%s\n$ %s\n' "$bold" "$1" "$plain" "$2"
  eval "$2"
}

# Both are made anew each time.
rm -rf demo/data demo/waterstad
mkdir -p demo

step "Invent a municipality of $persons newcomers, with the returns that its providers send." \
  "meedoen simulate municipality --persons $persons --seed 2016 --output demo/data"
step "Make a workspace for it." \
  "meedoen new demo/waterstad --model municipality"
step "Take in the returns." \
  "meedoen submit demo/data/returns/*/* --workspace demo/waterstad"
step "Follow the newcomers and write the report." \
  "meedoen study run Examples/municipality/plan.yml --workspace demo/waterstad"

printf '\nThe report is in demo/waterstad/reports. Open it in a browser.\n'
