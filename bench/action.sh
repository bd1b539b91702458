#!/usr/bin/env bash
# The built Action on examples/ready, as a push to main: the size of its bundle, and its time beside `node -e 0`. Needs hyperfine, jq and git.
set -euo pipefail
cd "$(dirname "$0")/.."
node=$PWD/node_modules/.bin/node
action=$PWD/action/dist/index.js
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/ready "$work/checkout"
git -C "$work/checkout" init -q
git -C "$work/checkout" add -A
git -C "$work/checkout" -c user.name=Bench -c user.email=bench@example.com commit -qm "All"
echo '{"repository":{"default_branch":"main"}}' > "$work/event.json"
export CI=true NODE_DISABLE_COMPILE_CACHE=1 RUNNER_TEMP=$work GITHUB_WORKSPACE=$work/checkout GITHUB_EVENT_PATH=$work/event.json \
  GITHUB_EVENT_NAME=push GITHUB_REPOSITORY=acme/assistant GITHUB_REF=refs/heads/main GITHUB_API_URL=http://127.0.0.1:9 \
  GITHUB_SHA=0000000000000000000000000000000000000000
printf 'bundle %s bytes, %s compressed\n' "$(stat -c %s "$action")" "$(gzip -9 -c "$action" | wc -c)"
hyperfine -N -i --warmup 3 --runs "${RUNS:-30}" --export-json "$work/times.json" \
  -n "node -e 0" "$node -e 0" \
  -n "the Action" "$node $action" >&2
jq -r '.results | .[0] as $base | .[] | [
  .command,
  "median \(.median * 1000 | round) ms (\(.median / $base.median * 100 | round / 100)x)",
  "least \(.min * 1000 | round) ms (\(.min / $base.min * 100 | round / 100)x)",
  "CPU \((.user + .system) * 1000 | round) ms"] | join(", ")' "$work/times.json"
