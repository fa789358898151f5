#!/usr/bin/env bash
# Attacks everything that the demonstration publishes, with each solver that is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PWD/.build/release:$PATH
workspace=demo/waterstad plan=Examples/municipality/plan.yml
[[ -d $workspace/reports ]] || { echo "meedoen: there is no demonstration yet; run 'make demo' first." >&2; exit 2; }
solvers=()
for solver in glpsol cbc; do command -v "$solver" > /dev/null && solvers+=("$solver"); done
(( ${#solvers[@]} )) || { echo "meedoen: a solver is needed: apt install glpk-utils, or coinor-cbc." >&2; exit 2; }

rm -rf demo/attack
mkdir -p demo/attack
for format in sdmx-csv json-stat; do
  meedoen export tables "$plan" --to "$format" --output "demo/attack/$format" --workspace "$workspace" > /dev/null
done
status=0
for solver in "${solvers[@]}"; do
  python3 Scripts/attack/attack.py "$workspace/reports" --sdmx demo/attack/sdmx-csv --json-stat demo/attack/json-stat \
    --solver "$solver" --json "demo/attack/$solver.json" || status=$?
done
exit "$status"
