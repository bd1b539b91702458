#!/usr/bin/env bash
# `check` on examples/ready beside `node -e 0`: again, after one document changed, and for the very first time. Needs hyperfine and jq, and a build.
set -euo pipefail
cd "$(dirname "$0")/.."
node=node_modules/.bin/node
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/ready "$work/edited"
export NODE_COMPILE_CACHE="$work/cache"
at="--facts examples/ready/facts.json --at 2026-11-23T20:00:00Z"
hyperfine -N -i --warmup 3 --runs "${RUNS:-30}" --export-json "$work/warm.json" \
  -n "node -e 0" "$node -e 0" \
  -n "check again" "$node dist/cli/main.js check examples/ready $at" >&2
hyperfine -N -i --warmup 1 --runs "${RUNS:-30}" --export-json "$work/changed.json" \
  --prepare "bash -c 'date +%N >> $work/edited/docs/readiness/escalation.md'" \
  -n "check, one document changed" "$node dist/cli/main.js check $work/edited $at" >&2
hyperfine -N -i --runs 10 --export-json "$work/first.json" --prepare "rm -rf $work/cache" \
  -n "check, first time" "$node dist/cli/main.js check examples/ready $at" >&2
jq -rs '[.[].results[]] | .[0] as $base | .[] | [
  .command,
  "median \(.median * 1000 | round) ms (\(.median / $base.median * 100 | round / 100)x)",
  "least \(.min * 1000 | round) ms (\(.min / $base.min * 100 | round / 100)x)",
  "CPU \((.user + .system) * 1000 | round) ms"] | join(", ")' "$work/warm.json" "$work/changed.json" "$work/first.json"
