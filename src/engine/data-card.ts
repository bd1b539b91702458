import { absentField } from "./absent-field.ts";
import { documentPlace } from "./document-place.ts";
import { numberField, recordsField, textField } from "./fields.ts";
import type { FileEvidence, Finding, ReadDocument } from "./types.ts";
import { figure, plural, quoted } from "./words.ts";

/** One set of evaluation data on the card. */
export interface DataSet {
  name: string;
  /** Digest without `sha256:`, folded; undefined where the card names a file that nobody found. */
  digest: string | undefined;
  real: boolean;
  n: number;
}

const sources: Readonly<Record<string, boolean>> = { "production-sample": true, replayed: true, "expert-written": false, synthetic: false };

/** Reads the sets of a data card; what is lacking or cannot be is a finding, and such a set counts no cases. */
export function readDataCard(
  card: ReadDocument,
  referenced: (path: string) => FileEvidence | undefined,
): { sets: DataSet[]; findings: Finding[] } {
  const place = documentPlace(card, "data");
  const value = card.frontMatter["data"];
  const entries = recordsField(card.frontMatter, "data");
  if (!Array.isArray(value) || value.length === 0)
    return { sets: [], findings: absentField(card, "data", "on which data the pilot was measured") };
  const findings: Finding[] = [];
  const sets: DataSet[] = [];
  const seen = new Set<string>();
  const say = (state: Finding["state"], text: string, remedy: string) => findings.push({ state, ...place, text, remedy });
  if (entries.length < value.length)
    say("not-met", "An entry under `data` is not a record.", "Write each set of data as `{ path, source, n, sampling, labellers }`.");
  for (const [index, entry] of entries.entries()) {
    const path = textField(entry, "path");
    const said = textField(entry, "digest");
    const name = path === undefined ? `data set ${index + 1}` : quoted(path);
    const source = textField(entry, "source")?.toLowerCase() ?? "";
    const real = Object.hasOwn(sources, source) ? sources[source] : undefined;
    const n = numberField(entry, "n");
    const file = path === undefined ? undefined : referenced(path);
    if (path === undefined && said === undefined)
      say("missing", `The ${name} names neither a path nor a digest.`, `Add \`path\` or \`digest\` to the set in ${card.path}.`);
    if (path !== undefined && !file?.digest && said === undefined)
      say("missing", `The data ${name} is not there.`, "Commit the data, or name its `digest` on the card.");
    if (file?.digest && said !== undefined && bare(file.digest) !== bare(said))
      say("not-met", `The data ${name} has another digest than the card says.`, "Correct `digest` on the card, or restore the data.");
    if (real === undefined)
      say(
        "not-met",
        `The source of ${name} is none of production-sample, replayed, expert-written and synthetic.`,
        "Name the `source` of the data.",
      );
    if (n === undefined || !(n > 0) || !Number.isInteger(n))
      say("not-met", `The number of cases of ${name} is not a whole number above zero.`, "Set `n` to the number of cases.");
    if (textField(entry, "sampling") === undefined)
      say("missing", `The card does not say how ${name} was sampled.`, "Add `sampling`: who drew which cases, how.");
    if (!saysWho(entry["labellers"])) say("missing", `The card does not say who labelled ${name}.`, "Add `labellers`.");
    const digest = said ?? file?.digest;
    const identity = digest === undefined || digest === "" ? `path ${path ?? index}` : bare(digest);
    if (seen.has(identity)) say("not-met", `The data ${name} is listed twice.`, "List each set of data once.");
    else
      sets.push({
        name,
        digest: digest === undefined || digest === "" ? undefined : bare(digest),
        real: real === true,
        n: n !== undefined && n > 0 ? n : 0,
      });
    seen.add(identity);
  }
  return { sets, findings };
}

/** Share of real cases in some sets: 0 where there are none. */
export function realShare(sets: readonly DataSet[]): number {
  const total = cases(sets);
  return total > 0 ? cases(sets.filter(({ real }) => real)) / total : 0;
}

export function cases(sets: readonly DataSet[]): number {
  return sets.reduce((sum, { n }) => sum + n, 0);
}

/** A digest as it is compared: without `sha256:`, folded. */
export function bare(digest: string): string {
  return digest
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, "");
}

/** `200 cases, 90 of them real` */
export function cardWords(sets: readonly DataSet[]): string {
  return `${plural(cases(sets), "case")}, ${figure(cases(sets.filter(({ real }) => real)))} of them real`;
}

function saysWho(value: unknown): boolean {
  if (typeof value === "number") return value > 0;
  if (Array.isArray(value)) return value.some((item) => typeof item === "string" && item.trim() !== "");
  return typeof value === "string" && value.trim() !== "";
}
