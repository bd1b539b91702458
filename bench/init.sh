#!/usr/bin/env bash
# `init --dry-run` on a repository of 50,000 files beside `git ls-files` and `git status` on it. Needs hyperfine, jq, git, a build, and 300 MB of disk.
set -euo pipefail
cd "$(dirname "$0")/.."
node=node_modules/.bin/node
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$node" bench/make-monorepo.ts "$work/mono" "${FILES:-50000}"
git -C "$work/mono" ls-files | wc -l | xargs echo files: >&2
hyperfine -N --warmup 1 --runs "${RUNS:-10}" --export-json "$work/times.json" \
  -n "git ls-files" "git -C $work/mono ls-files" \
  -n "git status" "git -C $work/mono status --porcelain --ignored" \
  -n "init --dry-run" "$node dist/cli/main.js init $work/mono --yes --dry-run" >&2
jq -r '.results | .[0] as $base | .[] | [
  .command,
  "median \(.median * 1000 | round) ms (\(.median / $base.median * 10 | round / 10)x)",
  "least \(.min * 1000 | round) ms (\(.min / $base.min * 10 | round / 10)x)",
  "CPU \((.user + .system) * 1000 | round) ms"] | join(", ")' "$work/times.json"
