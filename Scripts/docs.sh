#!/usr/bin/env bash
# Writes the reference of the libraries as static pages, one folder for each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for target in ${TARGETS:-Statistics DataModels Charts}; do
  echo "Writing the reference of $target to .build/documentation/$target"
  mkdir -p .build/documentation
  swift package --allow-writing-to-directory .build/documentation generate-documentation \
    --target "$target" --output-path ".build/documentation/$target" \
    --transform-for-static-hosting --hosting-base-path "$target" 2>&1 >/dev/null \
    | awk '!/^\[[0-9]+\/[0-9]+\] |^Building for|^Build of / { print; fflush() }' >&2
done
echo "To read it, serve the folder .build/documentation and open, for instance, /$target/documentation/${target,,}."
