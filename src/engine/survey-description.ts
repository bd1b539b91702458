import { absentField } from "./absent-field.ts";
import { documentPlace } from "./document-place.ts";
import { recordField, textField } from "./fields.ts";
import type { TimeSpan } from "./time-spans.ts";
import { DAY, endOfDayMs, toDate, toMs } from "./time.ts";
import type { Finding, Measured, ReadDocument } from "./types.ts";
import { quoted } from "./words.ts";
import type { Risk } from "../shapes/vocabulary.ts";

/** What the description says of the survey, whatever was answered. */
export function documentFindings(document: ReadDocument, now: number): Finding[] {
  const { frontMatter, path } = document;
  const findings: Finding[] = [];
  const asked = textField(frontMatter, "asked")?.toLowerCase();
  if (asked === undefined) findings.push(...absentField(document, "asked", "whom the survey asked"));
  else if (asked !== "all" && asked !== "random") {
    findings.push({
      state: "not-met",
      ...documentPlace(document, "asked"),
      text: `The survey asked ${quoted(asked)}, neither all nor a random sample.`,
      remedy: "Ask everybody in the cohort, or a random sample of them.",
    });
  }
  if (textField(frontMatter, "scale") === undefined) findings.push(...absentField(document, "scale", "on which scale people answered"));
  if (textField(frontMatter, "threshold-set") === undefined)
    findings.push(...absentField(document, "threshold-set", "when the threshold was set"));
  const cohort = recordField(frontMatter, "cohort") ?? {};
  const [from, to] = [toMs(textField(cohort, "from") ?? ""), endOfDayMs(textField(cohort, "to") ?? "")];
  const place = documentPlace(document, "cohort");
  if (Number.isNaN(from) || Number.isNaN(to))
    findings.push(
      ...absentField(document, "cohort", "from when to when the cohort used the system", `Add \`cohort: { from, to, rule }\` to ${path}.`),
    );
  else if (from > to)
    findings.push({ state: "not-met", ...place, text: "The cohort ends before it begins.", remedy: `Correct \`cohort\` in ${path}.` });
  else if (from > now)
    findings.push({
      state: "not-met",
      ...place,
      text: `The cohort begins on ${toDate(from)}, which lies ahead.`,
      remedy: `Correct \`cohort\` in ${path}.`,
    });
  return findings;
}

/** The cohort inside the canary's dates, day by day: who was asked must have met the system there. `canary` is null where nothing says when it ran. */
export function cohortFindings(
  document: ReadDocument,
  canary: TimeSpan | undefined | null,
  { at, risk }: { at: string; risk: Risk },
): Finding[] {
  const cohort = recordField(document.frontMatter, "cohort") ?? {};
  const [from, to] = [toMs(textField(cohort, "from") ?? ""), endOfDayMs(textField(cohort, "to") ?? "")];
  // Dates of the cohort that are none are a finding of their own.
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) return [];
  const place = documentPlace(document, "cohort");
  if (canary === null) {
    const text = "Whether the cohort lies in the canary's dates is not checked: no deployments are known.";
    const remedy = "Give the deployments of the canary with the facts.";
    return [{ state: risk === "high" ? "inconclusive" : "note", ...place, text, remedy, unseen: "deployments" }];
  }
  if (canary === undefined) {
    const text = "No canary ran yet, so nobody in the cohort can have met it.";
    return [{ state: "inconclusive", ...place, text, remedy: "Let the canary run, then ask the people in it." }];
  }
  // A cohort that is still open ends today.
  if (from >= startOfDay(canary.from) && Math.min(to, toMs(at)) <= startOfDay(canary.to) + DAY) return [];
  const text = `The cohort is from ${toDate(from)} to ${toDate(to)}, the canary from ${toDate(canary.from)} to ${toDate(canary.to)}.`;
  return [{ state: "not-met", ...place, text, remedy: `Ask people who met the canary, or correct \`cohort\` in ${document.path}.` }];
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY) * DAY;
}

/** One scale in the description, the policy and the export. */
export function scaleFindings({ path, measurement }: Measured<"survey">, document: ReadDocument): Finding[] {
  const plain = (scale: string) =>
    scale
      .toLowerCase()
      .replaceAll(/\s/g, "")
      .replaceAll(/[–—_/]|\.\.|to/g, "-");
  const said = textField(document.frontMatter, "scale");
  if (said === undefined || measurement.scale === undefined || plain(said) === plain(measurement.scale)) return [];
  const text = `The answers in ${path} are on the scale ${quoted(measurement.scale)}, the survey's is ${quoted(said)}.`;
  return [
    {
      state: "not-met",
      ...documentPlace(document, "scale"),
      text,
      remedy: "Let `scale` of the document and of the policy name the scale that people saw.",
    },
  ];
}

/** Answers inside the cohort's dates, and after the threshold was set. */
export function dateFindings({ path, measurement }: Measured<"survey">, document: ReadDocument): Finding[] {
  const [first, last] = [toMs(measurement.from ?? ""), endOfDayMs(measurement.to ?? "")];
  if (Number.isNaN(first) || Number.isNaN(last)) {
    return [
      {
        state: "inconclusive",
        path,
        text: `${path} does not say when people answered.`,
        remedy: "Export the answers with their times, and name the column in `columns.at` of the policy.",
      },
    ];
  }
  const findings: Finding[] = [];
  const cohort = recordField(document.frontMatter, "cohort") ?? {};
  const [from, to] = [toMs(textField(cohort, "from") ?? ""), endOfDayMs(textField(cohort, "to") ?? "")];
  // Dates of the cohort that are none are a finding of their own.
  if (!Number.isNaN(from) && !Number.isNaN(to) && (first < from || last > to)) {
    findings.push({
      state: "not-met",
      path,
      text: `The answers are from ${toDate(first)} to ${toDate(last)}, the cohort from ${toDate(from)} to ${toDate(to)}.`,
      remedy: "Leave out the answers from outside the cohort, or correct its dates.",
    });
  }
  const set = textField(document.frontMatter, "threshold-set");
  const place = documentPlace(document, "threshold-set");
  if (set === undefined) return findings;
  // The end of the day counts: on the day itself nobody can tell which came first.
  const settled = endOfDayMs(set);
  if (Number.isNaN(settled))
    findings.push({
      state: "not-met",
      ...place,
      text: "The day on which the threshold was set is no date.",
      remedy: "Set `threshold-set` to that day.",
    });
  else if (!(settled < first)) {
    const text = `The threshold was set on ${toDate(settled)}, not before the first answer of ${toDate(first)}.`;
    findings.push({ state: "not-met", ...place, text, remedy: "Set the threshold first, then ask again." });
  }
  return findings;
}
