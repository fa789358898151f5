#!/usr/bin/env bash
# Times our estimators against R and Python on the same data, and writes Benchmarks/RESULTS.md (Benchmarks/README.md).
#
#   TASKS="cox logistic"   only these tasks
#   SIZE=small             a quick run that shows that everything works, and decides nothing
#   ROWS=… PERSONS=… DRAWS=… REPETITIONS=…
#   BENCH_PYTHON=…         a Python that has the peers already; otherwise one is made in .build/benchmarks/python
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$PWD/.build/benchmarks
mkdir -p "$folder/data"

rows=${ROWS:-1000000} persons=${PERSONS:-100000} draws=${DRAWS:-1000} repetitions=${REPETITIONS:-3}
if [[ ${SIZE:-} == small ]]; then
  rows=${ROWS:-20000} persons=${PERSONS:-2000} draws=${DRAWS:-50} repetitions=${REPETITIONS:-2}
fi

echo "Building the benchmarks, optimised."
swift build --package-path Benchmarks --scratch-path "$folder/build" -c release --product Benchmarks
program=$(swift build --package-path Benchmarks --scratch-path "$folder/build" -c release --show-bin-path)/Benchmarks

# The peers from Debian: r-base-core r-cran-survival r-cran-cmprsk r-cran-matchit r-cran-sandwich r-cran-boot
# r-cran-data.table. What is missing is passed over, and said in the results.
missing=()
if command -v Rscript >/dev/null; then
  for package in survival cmprsk MatchIt sandwich boot data.table; do
    Rscript --vanilla -e "quit(status = !requireNamespace('$package', quietly = TRUE))" >/dev/null 2>&1 \
      || missing+=("r-cran-$(tr '[:upper:]' '[:lower:]' <<<"$package")")
  done
else
  missing+=(r-base-core r-cran-survival r-cran-cmprsk r-cran-matchit r-cran-sandwich r-cran-boot r-cran-data.table)
fi
if (( ${#missing[@]} )); then
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}."
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null \
      || echo "Could not install ${missing[*]}; the peers in them are passed over."
  else
    echo "These peers are passed over until they are installed: apt install ${missing[*]}"
  fi
fi

# The peers from PyPI.
python=${BENCH_PYTHON:-$folder/python/bin/python}
if [[ ! -x $python ]]; then
  echo "Installing the peers from PyPI in .build/benchmarks/python."
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install --quiet --disable-pip-version-check -r Benchmarks/Peers/requirements.txt
fi

if [[ $(cat "$folder/data/sizes" 2>/dev/null) != "$rows $persons" || $program -nt $folder/data/sizes ]]; then
  echo "Inventing $rows people and a panel of $persons people in 48 months."
  "$program" generate "$folder/data" --rows "$rows" --persons "$persons"
  echo "$rows $persons" >"$folder/data/sizes"
fi

# Only the whole of it, in its full size, replaces the results that are kept.
write=$folder/results
if [[ -z ${TASKS:-} && $rows == 1000000 && $persons == 100000 && $draws == 1000 ]]; then write=$PWD/Benchmarks; fi
python3 Benchmarks/compare.py "$program" "$folder/data" --tasks "${TASKS:-}" --rows "$rows" --persons "$persons" \
  --draws "$draws" --repetitions "$repetitions" --python "$python" --write "$write"
echo "Written to ${write#"$PWD"/}/RESULTS.md and results.json."
