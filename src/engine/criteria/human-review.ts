import { absentField } from "../absent-field.ts";
import { judgeCapacity } from "../capacity.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { exerciseAge } from "../exercise-age.ts";
import { numberField, recordField, recordsField, textField, textsField } from "../fields.ts";
import { isAtLeast, percents } from "../limits.ts";
import { listSome } from "../list-some.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { wordField } from "../word-field.ts";
import { figure, list, percent, plural } from "../words.ts";

interface Judged {
  findings: Finding[];
  words: string;
}

export default defineCriterion({
  id: "human-review",
  gate: "infrastructure",
  title: "Human review of high-stakes outputs ready",
  asks: [
    "The outputs that count as high-stakes are listed, each with its trigger.",
    "A drill with seeded bad cases was held lately, and reviewers caught enough of them in a known time.",
    "A rota says in which hours how many people review.",
    "The expected volume takes at most the accepted share of the staffed hours.",
  ],
  suppliers: ["product-owner"],
  places: ["human-review.md"],
  remedy: "Write who reviews which outputs, hold a drill with seeded bad cases, and record it in `human-review.md`.",
  example: {
    path: "docs/readiness/human-review.md",
    content: `---
status: approved
owner: "@octo-mia"
reviewed: 2026-10-01
review-by: 2027-04-01
high-stakes:
  - { id: refund, when: "the answer promises money back" }
rota: { hours: "24x7", people: 6 }
capacity: { volume-per-day: 2000, review-rate: 0.05, minutes-each: 4, staffed-hours-per-day: 24 }
drill: { date: 2026-11-02, cases: 60, seeded: 20, caught: 19, median-seconds: 95, participants: ["@octo-mia", "@octo-sam"] }
---

## Triggers

Answers that promise money, and questions about an illness, wait for a person.

## Reviewers

Six people of the service desk, trained on the cases of the last drill.

## Authority and stop

A reviewer may refuse any answer without giving a reason, and pull the stop switch.

## Time limits

Two minutes by day, five by night; then the user gets a person instead.

## Records

Every review is in the log, with reviewer and outcome.
`,
  },
  needs: { documents: ["human-review"] },
  decisions: [
    {
      role: "product-owner",
      question: "Do the reviewers have the authority and the time to say no?",
      declaration: { document: "human-review" },
    },
  ],
  judge({ at, thresholds, documents }) {
    const [document] = documents["human-review"];
    const drill = judgeDrill(document, at, thresholds.drillAgeDays, thresholds.catchRate);
    const capacity = judgeVolume(document, thresholds.utilisation);
    return {
      summary: `${drill.words}; ${capacity.words}`,
      findings: [...stakesFindings(document), ...drill.findings, ...rotaFindings(document), ...capacity.findings],
    };
  },
});

function stakesFindings(document: ReadDocument): Finding[] {
  const place = documentPlace(document, "high-stakes");
  const value = document.frontMatter["high-stakes"];
  const entries = recordsField(document.frontMatter, "high-stakes");
  const remedy = `List under \`high-stakes\` in ${document.path} each output that a person must see first, as \`{ id: refund, when: "the answer promises money back" }\`.`;
  if (entries.length === 0) return absentField(document, "high-stakes", "which outputs are high-stakes", remedy);
  const findings: Finding[] = [];
  const whole = entries.filter((entry) => wordField(entry, "id") !== undefined && textField(entry, "when") !== undefined);
  const partial = (Array.isArray(value) ? value.length : entries.length) - whole.length;
  if (partial > 0) {
    const text = `${plural(partial, "high-stakes entry", "high-stakes entries")} of ${document.path} ${partial === 1 ? "lacks" : "lack"} an \`id\` or a \`when\`.`;
    findings.push({ state: "missing", ...place, text, remedy });
  }
  const twice = repeated(whole.map((entry) => wordField(entry, "id") ?? ""));
  if (twice.length > 0) {
    const text = `High-stakes ids are used twice: ${listSome(twice)}.`;
    findings.push({ state: "not-met", ...place, text, remedy: `Give each high-stakes entry of ${document.path} an id of its own.` });
  }
  return findings;
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const id of ids.map((one) => one.toLowerCase())) (seen.has(id) ? twice : seen).add(id);
  return [...twice];
}

function judgeDrill(document: ReadDocument, at: string, maxAgeDays: number, catchRate: number | undefined): Judged {
  const place = documentPlace(document, "drill");
  const drill = recordField(document.frontMatter, "drill");
  const remedy = `Hold a review drill with seeded bad cases and record it under \`drill\` in ${document.path}.`;
  if (drill === undefined)
    return { words: "no review drill", findings: absentField(document, "drill", "when a review drill was held", remedy) };
  const age = exerciseAge(textField(drill, "date"), {
    document,
    key: "drill.date",
    at,
    maxAgeDays,
    what: "the review drill was held",
    remedy,
  });
  const result = drillFigures(document, drill, remedy, catchRate);
  const when = age.daysAgo === undefined ? "" : ` ${plural(age.daysAgo, "day")} ago`;
  const participants = textsField(drill, "participants").length;
  const who: Finding[] = participants > 0 ? [] : [{ state: "note", ...place, text: "The drill names no participants." }];
  return { words: `drill${when}: ${result.words}`, findings: [...age.findings, ...result.findings, ...who] };
}

/** The catch rate is compared as it was observed: a drill is a rehearsal of few cases and no sample, so its size is shown beside it. */
function drillFigures(
  document: ReadDocument,
  drill: Readonly<Record<string, unknown>>,
  remedy: string,
  catchRate: number | undefined,
): Judged {
  const place = documentPlace(document, "drill");
  const cases = numberField(drill, "cases");
  const seeded = numberField(drill, "seeded");
  const caught = numberField(drill, "caught");
  const median = numberField(drill, "median-seconds");
  const absent = Object.entries({ cases, seeded, caught, "median-seconds": median }).flatMap(([key, value]) =>
    value === undefined ? [key] : [],
  );
  const findings: Finding[] = [];
  if (absent.length > 0) findings.push(...absentField(document, "drill", `${list(absent)} of the review drill`, remedy));
  if (median !== undefined && median <= 0) {
    findings.push({
      state: "not-met",
      ...place,
      text: "The drill's median time must be above zero seconds.",
      remedy: `Correct \`drill.median-seconds\` in ${place.path}.`,
    });
  }
  if (cases === undefined || seeded === undefined || caught === undefined) return { words: "figures missing", findings };
  const whole = [cases, seeded, caught].every((count) => Number.isSafeInteger(count));
  if (!whole || !(cases >= seeded && seeded >= caught && caught >= 0)) {
    const text = `The drill's figures do not add up: ${figure(cases)} cases, ${figure(seeded)} seeded, ${figure(caught)} caught.`;
    findings.push({ state: "not-met", ...place, text, remedy: `Correct \`drill\` in ${place.path}: cases >= seeded >= caught >= 0.` });
    return { words: "figures that do not add up", findings };
  }
  if (seeded === 0) {
    findings.push({ state: "not-met", ...place, text: "The drill had no seeded bad case, so it shows nothing.", remedy });
    return { words: "no seeded case", findings };
  }
  const rate = caught / seeded;
  const words = `${figure(caught)} of ${plural(seeded, "seeded bad case")} caught (${percent(rate)})${median === undefined ? "" : `, median ${figure(median)} s`}`;
  if (catchRate !== undefined && !isAtLeast(rate, catchRate)) {
    const [got, asked] = percents(rate, catchRate);
    const text = `Reviewers caught ${figure(caught)} of ${plural(seeded, "seeded bad case")} (${got}); ${asked} are asked for.`;
    findings.push({
      state: "not-met",
      ...place,
      text,
      remedy: `Train the reviewers on the missed cases, then hold the drill again and record it in ${place.path}.`,
    });
  }
  return { words, findings };
}

function rotaFindings(document: ReadDocument): Finding[] {
  const place = documentPlace(document, "rota");
  const rota = recordField(document.frontMatter, "rota") ?? {};
  const people = numberField(rota, "people");
  const remedy = `Write \`rota: { hours: "24x7", people: 6 }\` in ${document.path}, with the hours in which outputs are reviewed.`;
  const findings: Finding[] = [];
  if (wordField(rota, "hours") === undefined)
    findings.push(...absentField(document, "rota.hours", "in which hours outputs are reviewed", remedy));
  if (people === undefined) findings.push(...absentField(document, "rota.people", "how many people review", remedy));
  else if (!(people > 0)) findings.push({ state: "not-met", ...place, text: `${figure(people)} people are on the review rota.`, remedy });
  const staffed = numberField(recordField(document.frontMatter, "capacity") ?? {}, "staffed-hours-per-day");
  if (people !== undefined && people > 0 && staffed !== undefined && staffed > 24 * people) {
    const text = `${plural(people, "person", "people")} cannot staff ${figure(staffed)} hours a day.`;
    findings.push({
      state: "not-met",
      ...documentPlace(document, "capacity"),
      text,
      remedy: `Correct \`rota.people\` or \`capacity.staffed-hours-per-day\` in ${document.path}.`,
    });
  }
  return findings;
}

function judgeVolume(document: ReadDocument, share: number): Judged {
  const place = documentPlace(document, "capacity");
  const capacity = recordField(document.frontMatter, "capacity") ?? {};
  const keys = ["volume-per-day", "review-rate", "minutes-each", "staffed-hours-per-day"] as const;
  const [volume, rate, minutesEach, staffedHours] = keys.map((key) => numberField(capacity, key));
  const remedy = `Write \`capacity\` with ${list(keys)} in ${document.path}.`;
  if (volume === undefined || rate === undefined || minutesEach === undefined || staffedHours === undefined) {
    const absent = keys.filter((key) => numberField(capacity, key) === undefined);
    return { words: "capacity not known", findings: absentField(document, "capacity", list(absent), remedy) };
  }
  if (!(volume > 0 && rate > 0 && rate <= 1 && minutesEach > 0 && staffedHours > 0)) {
    const text = `The capacity in ${document.path} must be above zero throughout, and the review rate at most 1.`;
    return {
      words: "capacity figures that cannot be",
      findings: [{ state: "not-met", ...place, text, remedy: `Correct \`capacity\` in ${document.path}.` }],
    };
  }
  return judgeCapacity({ perDay: volume * rate, minutesEach, staffedHours, share, place, what: "Reviewing" });
}
