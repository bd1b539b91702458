import { profiles } from "../engine/profile.ts";
import type { Risk } from "../shapes/vocabulary.ts";
import { evidenceGuides, toolGuides, type MeasuredCriterion } from "./evidence-guides.ts";
import type { About, NewFile } from "./new-document.ts";
import { isPlainPath } from "./path-classes.ts";
import { placeText } from "./place-text.ts";
import type { Place } from "./survey-types.ts";

interface Seen {
  /** Tools that the repository has for it, those with a file of their own first. */
  tools?: readonly (Place & { tool: string })[];
  /** What stands elsewhere and counts. */
  places?: readonly Place[];
}

/** The README of a folder of evidence: what is asked at this risk, and the commands that make it. It is no evidence itself. */
export function newEvidence(id: MeasuredCriterion, about: About, risk: Risk, { tools = [], places = [] }: Seen = {}): NewFile {
  const { title, asks, tool: proposed, table } = evidenceGuides[id];
  const folder = `${about.documents}/evidence/${id}`;
  const runs = tools.length > 0 ? tools : proposed === undefined ? [] : [{ tool: proposed, path: "" }];
  return {
    path: `${folder}/README.md`,
    text: [
      `# ${title}`,
      "",
      ...asks(profiles[risk].thresholds).map((line) => `- ${line}`),
      ...(places.length === 0 ? [] : ["", "Found, and named in the policy:", "", ...places.map((place) => `- ${placeText(place)}`)]),
      ...(table === undefined ? [] : ["", `One row each in \`${table.file}\`, which begins with`, "", `    ${table.columns}`]),
      ...runs.slice(0, 3).flatMap((run) => toolLines(run, folder, about)),
      "",
      `\`pilotgate read ${folder}/*\` says how each file is read, \`pilotgate explain ${id}\` what is asked.`,
      "",
    ].join("\n"),
  };
}

function toolLines({ tool, ...place }: Place & { tool: string }, folder: string, about: About): string[] {
  const guide = toolGuides[tool];
  if (guide === undefined) return [];
  const out = `${folder}/${guide.file}`;
  const isRun = place.path.startsWith(".github/") || place.path === "";
  const script = !isRun && isPlainPath(place.path) ? place.path : "SCRIPT";
  const where = place.path === "" ? `For example with ${tool}` : `With ${tool}, ${placeText(place)}`;
  return [
    "",
    `${where} (formats: docs/evidence/${guide.page}.md of Pilotgate):`,
    "",
    ...(guide.command === undefined ? [`    # run it, then put the result at ${out}`] : [`    ${guide.command(script, out)}`]),
    `    ${sidecarCommand(out, about)}`,
  ];
}

/** Writes where a result comes from: commit, time and model. */
function sidecarCommand(out: string, { models }: About): string {
  const model = models.find((one) => /^[\w.:/@-]{1,200}$/.test(one.model))?.model ?? "MODEL";
  return `printf 'commit: %s\\nmeasured-at: %s\\nmodel: %s\\n' "$(git rev-parse HEAD)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '${model}' > ${out}.evidence.yml`;
}
