import { mayAnswer } from "./path-classes.ts";
import type { SeenWatch, WatchKind } from "./survey-types.ts";

const kinds: readonly { kind: WatchKind; files: RegExp; all: readonly RegExp[] }[] = [
  {
    kind: "alerts",
    files: /\.ya?ml$/,
    all: [
      /^[ \t]{0,40}-?[ \t]{0,8}alert:[ \t]{0,8}\S/m,
      /^[ \t]{0,40}-?[ \t]{0,8}expr:/m,
      /^[ \t]{0,40}-?[ \t]{0,8}groups:|^kind:[ \t]{0,8}PrometheusRule\b/m,
    ],
  },
  { kind: "alert-routing", files: /\.ya?ml$/, all: [/^route:/m, /^receivers:/m] },
  { kind: "telemetry", files: /\.ya?ml$/, all: [/^receivers:/m, /^exporters:/m, /^service:/m] },
  {
    kind: "slo",
    files: /\.ya?ml$/,
    all: [/^apiVersion:[ \t]{0,8}openslo\/v1\b|^version:[ \t]{0,8}"?prometheus\/v1"?|^apiVersion:[ \t]{0,8}pyrra\.dev\//m],
  },
  { kind: "dashboard", files: /\.json$/, all: [/"schemaVersion"[ \t]{0,8}:[ \t]{0,8}\d/, /"panels"[ \t]{0,8}:/] },
];

/** How a file says that the running system is watched, if it does. What a chart has still to render says nothing yet. */
export function findWatches(path: string, text: string): SeenWatch[] {
  if (
    !/\.(?:ya?ml|json)$/.test(path) ||
    !mayAnswer(path) ||
    /^[^\n]{0,200}\{\{-?[ \t]{0,8}(?:\.Values|include|if|range|define)\b/m.test(text)
  )
    return [];
  const found = kinds.find(({ files, all }) => files.test(path) && all.every((pattern) => pattern.test(text)));
  if (found === undefined) return [];
  const [first = /^/] = found.all;
  return [{ kind: found.kind, path, line: text.slice(0, text.search(first)).split("\n").length }];
}
