import { documentPlace } from "./document-place.ts";
import { numberField, recordsField, textField } from "./fields.ts";
import { isAtLeast, isAtMost, percents } from "./limits.ts";
import type { Result } from "./pilot-results.ts";
import { casesInStrata, stratumOf, type Strata } from "./pilot-strata.ts";
import { wilson } from "./statistics.ts";
import type { Finding, ReadDocument } from "./types.ts";
import { figure, percent, plural, quoted } from "./words.ts";

export interface Bar {
  metric: string;
  atLeast: number | undefined;
  atMost: number | undefined;
}

/** Nobody looks at more; a card or a result with more of them is refused, so that judging stays quick. */
const MAX_BARS = 50;
const MAX_RESULTS = 1_000;

/** What the results must reach: the card's thresholds, each with the profile's lower bound where it names none; without any, the pass rate. */
export function barsOf(card: ReadDocument, lowerBound: number): Bar[] {
  const named = recordsField(card.frontMatter, "thresholds").flatMap((entry): Bar[] => {
    const metric = textField(entry, "metric");
    const [atLeast, atMost] = [numberField(entry, "at-least"), numberField(entry, "at-most")];
    return metric === undefined ? [] : [{ metric, atLeast: atLeast ?? (atMost === undefined ? lowerBound : undefined), atMost }];
  });
  return named.length > 0 ? named.slice(0, MAX_BARS) : [{ metric: "pass-rate", atLeast: lowerBound, atMost: undefined }];
}

export function barFindings(card: ReadDocument, lowerBound: number): Finding[] {
  const place = documentPlace(card, "thresholds");
  const value = card.frontMatter["thresholds"];
  const findings: Finding[] = [];
  const entries = Array.isArray(value) ? (value as unknown[]) : [];
  if (entries.length > MAX_BARS) {
    const text = `The card lists ${figure(entries.length)} thresholds; at most ${MAX_BARS} are judged.`;
    findings.push({ state: "not-met", ...place, text, remedy: "Name the metrics that decide, and only these." });
  }
  for (const entry of entries) {
    const fields = (typeof entry === "object" && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
    const metric = textField(fields, "metric");
    const odd = ["at-least", "at-most"].some((key) => fields[key] !== undefined && !isShare(fields[key]));
    if (metric === undefined || odd) {
      findings.push({
        state: "not-met",
        ...place,
        text: "A threshold on the card has no metric, or a figure that is no share from 0 to 1.",
        remedy: "Write each threshold as `{ metric: pass-rate, at-least: 0.85 }`.",
      });
    } else if (fields["at-least"] === 0 || fields["at-most"] === 1) {
      findings.push({
        state: "not-met",
        ...place,
        text: `The card's threshold of ${quoted(metric)} asks for nothing: every result would reach it.`,
        remedy: "Name the share that the pilot must reach, before the next result.",
      });
    } else if (typeof fields["at-least"] === "number" && fields["at-least"] < lowerBound) {
      findings.push({
        state: "note",
        ...place,
        text: `The card asks ${percent(fields["at-least"])} of ${quoted(metric)}; without a figure of its own ${percent(lowerBound)} would be asked.`,
      });
    }
  }
  return findings;
}

function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

interface Judged {
  /** One line with the figures that decide. */
  words: string;
  /** How far beyond the bar the bound is; below 0 it misses. */
  margin: number;
  findings: Finding[];
}

interface Asked {
  /** Least number of cases. */
  samples: number;
  /** Cases on the card: an answer that is asked for twice is still one case. */
  onCard: number;
  /** Groups of cases on the card; each has its own number of cases, and the least number is asked of all of them together. */
  strata: Strata;
}

/** Every result of one metric, weakest first: the weakest decides. */
export function judgeBar(bar: Bar, results: readonly Result[], asked: Asked): Judged[] {
  const looked = results.slice(0, MAX_RESULTS);
  const together = casesInStrata(looked, asked.strata);
  const judged = looked.map((result) => judgeResult(bar, result, asked, together));
  if (results.length > MAX_RESULTS) judged.push(tooMany(bar, results));
  return judged.toSorted((a, b) => a.margin - b.margin || (a.words < b.words ? -1 : 1));
}

function tooMany({ metric }: Bar, results: readonly Result[]): Judged {
  const words = `${figure(results.length)} results name the metric ${quoted(metric)}; at most ${figure(MAX_RESULTS)} are judged`;
  const path = results.map((result) => ({ path: result.path }))[0];
  return { words, margin: -3, findings: [{ state: "not-met", ...path, text: `${words}.`, remedy: "Keep one result for each task." }] };
}

function judgeResult(bar: Bar, result: Result, { samples, onCard: all, strata }: Asked, together: number): Judged {
  const { path, value, n: counted, errors, task } = result;
  const stratum = stratumOf(result, strata);
  const onCard = stratum?.n ?? all;
  const n = counted !== undefined && onCard > 0 ? Math.min(counted, onCard) : counted;
  const name = `${quoted(bar.metric)}${task === undefined ? "" : ` on ${quoted(task)}`}`;
  const say = (state: Finding["state"], text: string, remedy: string): Finding => ({ state, path, text, remedy });
  if (!isShare(value))
    return {
      words: `${name} is no share`,
      margin: -2,
      findings: [say("not-met", `${name} in ${path} is not a share from 0 to 1.`, "Report the metric as a share of cases.")],
    };
  if (n === undefined || !(n > 0)) {
    return {
      words: `${name} ${percent(value)} on an unknown number of cases`,
      margin: -1,
      findings: [
        say("inconclusive", `${path} does not say on how many cases ${name} rests.`, "Export the result with its number of cases."),
      ],
    };
  }
  const { lower, upper } = wilson(value * n, n);
  const said = `${name} ${percent(value)} of ${plural(n, "case")}`;
  const findings =
    errors > 0
      ? [
          say(
            "note",
            `${plural(errors, "case")} in ${path} ended in an error and ${errors === 1 ? "counts" : "count"} as no success.`,
            "Mend what broke and evaluate again.",
          ),
        ]
      : [];
  if (n !== counted)
    findings.push(
      say(
        "note",
        `${path} counts ${figure(counted ?? 0)} cases and the card lists ${figure(onCard)}; no more than these count.`,
        "Correct `n` on the card, or the result.",
      ),
    );
  const cases = stratum === undefined ? n : together;
  if (cases < samples) {
    const words = stratum === undefined ? said : `${said}, ${figure(cases)} in all strata`;
    const remedy = `Evaluate ${figure(Math.ceil(samples - cases))} more cases.`;
    findings.push(say("inconclusive", `${words}: at least ${figure(samples)} are asked for.`, remedy));
  }
  // Too few cases decide nothing, neither way; of a stratum they decide where even the kinder bound misses.
  const miss = (text: string, isSure: boolean): Finding[] => {
    const remedy = "Improve the pilot or evaluate more cases, then replace the result.";
    if (cases < samples) return [];
    return [say(stratum === undefined || n >= samples || isSure ? "not-met" : "inconclusive", `${text}.`, remedy)];
  };
  let words = said;
  let margin = Infinity;
  if (bar.atLeast !== undefined) {
    const [bound, wanted] = percents(lower, bar.atLeast);
    words = `${said}, at least ${bound} with 95 % confidence; ${wanted} asked for`;
    margin = lower - bar.atLeast;
    if (!isAtLeast(lower, bar.atLeast)) findings.push(...miss(words, upper < bar.atLeast));
  }
  if (bar.atMost !== undefined) {
    const [bound, wanted] = percents(upper, bar.atMost);
    words = `${said}, at most ${bound} with 95 % confidence; at most ${wanted} accepted`;
    margin = Math.min(margin, bar.atMost - upper);
    if (!isAtMost(upper, bar.atMost)) findings.push(...miss(words, lower > bar.atMost));
  }
  return { words, margin, findings };
}
