#!/usr/bin/env bash
# Times checking and keeping returns beside other programs, and writes Benchmarks/SUBMISSIONS.md (Benchmarks/README.md).
#
#   TASKS="check-wide read-typed"   only these tasks
#   SIZE=small                      a fiftieth of the rows: shows that everything works, and decides nothing
#   BENCH_SUBMISSIONS_PYTHON=…      a Python that has the peers; otherwise one is made in .build/benchmarks
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$PWD/.build/benchmarks
mkdir -p "$folder/returns"

echo "Building the program and the benchmarks, optimised."
swift build -c release --product meedoen
swift build --package-path Benchmarks --scratch-path "$folder/build" -c release --product SubmissionBenchmarks
program=$(swift build -c release --show-bin-path)/meedoen
own=$(swift build --package-path Benchmarks --scratch-path "$folder/build" -c release --show-bin-path)/SubmissionBenchmarks

python=${BENCH_SUBMISSIONS_PYTHON:-$folder/python-submissions/bin/python}
if [[ ! -x $python ]]; then
  echo "Installing the peers from PyPI in .build/benchmarks/python-submissions."
  python3 -m venv "$folder/python-submissions"
  "$folder/python-submissions/bin/pip" install --quiet --disable-pip-version-check \
    -r Benchmarks/Peers/requirements-submissions.txt
fi

scale=1 write=$PWD/Benchmarks
if [[ ${SIZE:-} == small ]]; then scale=50 write=$folder/results; fi
python3 Benchmarks/submissions.py "$program" "$own" "$folder/returns" --tasks "${TASKS:-}" --python "$python" \
  --write "$write" --scale "$scale"
echo "Written to ${write#"$PWD"/}/SUBMISSIONS.md and submissions.json."
