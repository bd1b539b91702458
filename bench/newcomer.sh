#!/usr/bin/env bash
# From an empty git repository to the first verdict, as somebody does it who never ran Pilotgate here: nothing compiled or read is kept from before.
# Prints each command with the median of its seconds, beside `node -e 0` by turns. Needs git, jq and a build.
set -euo pipefail
cd "$(dirname "$0")/.."
node=$PWD/node_modules/.bin/node
main=$PWD/dist/cli/main.js
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs Node.js and adds a name, nanoseconds and the exit code to the list; a hold is no fault.
step() {
  local name=$1 start end code=0
  shift
  start=$(date +%s%N)
  "$node" "$@" >>"$work/out" 2>&1 || code=$?
  end=$(date +%s%N)
  [ "$code" -le 1 ] || { cat "$work/out" >&2; exit 1; }
  jq -nc --arg name "$name" --argjson ns "$((end - start))" --argjson exit "$code" '$ARGS.named' >>"$work/times"
}

for run in $(seq "${RUNS:-21}"); do
  export NODE_COMPILE_CACHE="$work/cache-$run"
  mkdir "$work/repository-$run"
  cd "$work/repository-$run"
  git init -q .
  step "node -e 0" -e 0
  step "pilotgate init --yes" "$main" init --yes
  step "pilotgate validate" "$main" validate
  step "pilotgate check" "$main" check
done
jq -rs 'def median: sort | .[length / 2 | floor];
  to_entries | group_by(.value.name) | sort_by(.[0].key) |
  map({ name: .[0].value.name, exit: .[0].value.exit, ms: (map(.value.ns) | median / 1e6 | round) }) |
  .[0].ms as $base | .[1:] as $steps | ($steps | map(.ms) | add) as $all |
  (.[] | "\(.name): \(.ms) ms, exit \(.exit)"),
  "from an empty repository to a verdict: \($steps | length) commands, \($all) ms, \($all / $base | round) times node -e 0"' "$work/times"
