#!/usr/bin/env bash
# Reads a JMeter table and k6's points of 1 GiB each, beside `wc -l` and `jq -c .` on the same file. Needs jq, a build, and 2 GiB of disk.
set -euo pipefail
cd "$(dirname "$0")/.."
node=node_modules/.bin/node
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mebibytes=${MIB:-1024}

# Prints seconds and peak resident KiB of a command.
measure() { /usr/bin/time -f "%e %M" -o "$work/time" "$@" >/dev/null && cat "$work/time"; }

read -r _ resting < <(measure "$node" dist/cli/main.js read examples/ready/docs/readiness/evidence/load-test/autocannon.json)
for format in jtl k6-points; do
  "$node" bench/make-large.ts "$format" "$mebibytes" "$work/run"
  size=$(stat -c %s "$work/run")
  wc -l "$work/run" >/dev/null # into the page cache
  read -r lines _ < <(measure wc -l "$work/run")
  read -r ours peak < <(measure "$node" dist/cli/main.js read "$work/run")
  other="-"
  if [ "$format" = k6-points ]; then read -r other _ < <(measure jq -c . "$work/run"); fi
  awk -v format="$format" -v size="$size" -v ours="$ours" -v wc="$lines" -v jq="$other" -v peak="$peak" -v resting="$resting" 'BEGIN {
    printf "%s: %.0f MB in %.1f s, %.0f MB/s; wc -l %.2f s, so %.0f times that", format, size / 1e6, ours, size / 1e6 / ours, wc, ours / wc
    if (jq != "-") printf "; jq -c . %.1f s, so %.2f times that", jq, ours / jq
    printf "; peak %.0f MB, %.0f MB above a small file\n", peak / 1024, (peak - resting) / 1024
  }'
  rm "$work/run"
done
