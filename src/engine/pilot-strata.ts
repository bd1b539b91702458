import { documentPlace } from "./document-place.ts";
import { numberField, textField } from "./fields.ts";
import type { Result } from "./pilot-results.ts";
import type { Finding, ReadDocument } from "./types.ts";
import { figure, plural, quoted } from "./words.ts";

/** Groups of cases on the card, by the name under which the results of a task are compared. */
export type Strata = ReadonlyMap<string, { name: string; n: number }>;

/** Nobody looks at more. */
const MAX_STRATA = 50;

/** The strata that a card names; none where it names none. `total` is how many cases it lists. */
export function readStrata(card: ReadDocument, total: number): { strata: Strata; findings: Finding[] } {
  const place = documentPlace(card, "strata");
  const value = card.frontMatter["strata"];
  const entries = Array.isArray(value) ? (value as unknown[]) : [];
  const strata = new Map<string, { name: string; n: number }>();
  const findings: Finding[] = [];
  const say = (text: string, remedy: string) => findings.push({ state: "not-met", ...place, text, remedy });
  if (entries.length > MAX_STRATA)
    say(`The card names ${figure(entries.length)} strata; at most ${MAX_STRATA} are judged.`, "Name the groups that must not fare worse.");
  for (const entry of entries.slice(0, MAX_STRATA)) {
    const fields = (typeof entry === "object" && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
    const [name, n] = [textField(fields, "name"), numberField(fields, "n")];
    if (name === undefined || n === undefined || !(n > 0) || !Number.isInteger(n))
      say(
        "A stratum on the card has no name, or a number of cases that is not a whole number above zero.",
        "Write each stratum as `{ name: German, n: 120 }`.",
      );
    else if (strata.has(key(name))) say(`The stratum ${quoted(name)} is named twice.`, "Name each stratum once.");
    else {
      if (n > total)
        say(`The stratum ${quoted(name)} has ${plural(n, "case")} and the card lists ${figure(total)}.`, "Correct `n` on the card.");
      strata.set(key(name), { name, n });
    }
  }
  return { strata, findings };
}

export function stratumOf({ task }: Result, strata: Strata): { name: string; n: number } | undefined {
  return task === undefined ? undefined : strata.get(key(task));
}

/** Cases of one metric in all strata; each stratum counts once, with the fewest cases that any result of it has. */
export function casesInStrata(results: readonly Result[], strata: Strata): number {
  const fewest = new Map<string, number>();
  for (const result of results) {
    const stratum = stratumOf(result, strata);
    if (stratum) fewest.set(stratum.name, Math.min(fewest.get(stratum.name) ?? stratum.n, result.n ?? 0));
  }
  return [...fewest.values()].reduce((sum, n) => sum + n, 0);
}

/** Every metric is known of every stratum: a group that is left out may be the one that fares worst. */
export function missingStrata(metric: string, results: readonly Result[], strata: Strata, card: ReadDocument): Finding[] {
  const there = new Set(results.flatMap(({ task }) => (task === undefined ? [] : [key(task)])));
  return [...strata].flatMap(([id, { name }]): Finding[] =>
    there.has(id)
      ? []
      : [
          {
            state: "missing",
            ...documentPlace(card, "strata"),
            text: `No result gives ${quoted(metric)} for the stratum ${quoted(name)}.`,
            remedy: `Evaluate ${quoted(metric)} for each stratum, and give the result its name as \`task\`.`,
          },
        ],
  );
}

function key(name: string): string {
  return name.trim().toLowerCase();
}
