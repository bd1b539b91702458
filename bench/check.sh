#!/usr/bin/env bash
# `check` on examples/ready against `node -e 0`, median of 20 runs each (needs hyperfine and jq, and a build).
set -euo pipefail
cd "$(dirname "$0")/.."
node=node_modules/.bin/node
out=$(mktemp)
trap 'rm -f "$out"' EXIT
hyperfine --warmup 3 --runs 20 --export-json "$out" \
  "$node -e 0" \
  "$node dist/cli/main.js check examples/ready --facts examples/ready/facts.json --at 2026-11-23T20:00:00Z" >&2
jq -r '.results | "node -e 0: \(.[0].median * 1000 | round) ms, check: \(.[1].median * 1000 | round) ms, ratio \(.[1].median / .[0].median * 100 | round / 100)"' "$out"
