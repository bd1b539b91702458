import { bare, cardWords, cases, readDataCard, realShare, type DataSet } from "../data-card.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { isAtLeast, percents } from "../limits.ts";
import { originFindings } from "../measurement-origin.ts";
import { barFindings, barsOf, judgeBar } from "../pilot-bars.ts";
import { resultsByMetric } from "../pilot-results.ts";
import { missingStrata, readStrata } from "../pilot-strata.ts";
import { toDate, toMs } from "../time.ts";
import type { Finding, Measured, ReadDocument } from "../types.ts";
import { figure, plural, quoted } from "../words.ts";

type ResultFile = Measured<"evaluation"> | Measured<"tests">;

export default defineCriterion({
  id: "pilot-performance",
  gate: "governance",
  title: "Pilot performance measured on real data",
  asks: [
    "A data card: how much of the data is real, how many cases, how they were sampled, who labelled them.",
    "Results of every metric on the card, measured on that data, on the current model and prompts; of every stratum where the card names strata.",
    "The lower bound of the Wilson interval reaches the threshold, on enough cases.",
    "The threshold is older than the result.",
  ],
  suppliers: ["product-owner"],
  places: ["pilot-data.md", "evidence/pilot-performance/"],
  remedy: "Evaluate the pilot on the data of `pilot-data.md` and put the result under `evidence/pilot-performance/`.",
  example: {
    path: "docs/readiness/pilot-data.md",
    content: `---
status: approved
owner: "@octo-mia"
reviewed: 2026-10-01
review-by: 2027-04-01
data:
  - path: evaluation/tickets.jsonl
    source: production-sample
    n: 320
    window: { from: 2026-08-01, to: 2026-08-31 }
    sampling: every 40th closed ticket
    labellers: two people of the support team
thresholds:
  - { metric: pass-rate, at-least: 0.85 }
---

## Representative of whom

All customers who wrote in August, in the two languages that we support.
`,
  },
  needs: { documents: ["pilot-data"], evidence: ["evaluation", "tests"], policy: ["models"] },
  decisions: [
    { role: "product-owner", question: "Is the sample representative of the users to come?", declaration: { document: "pilot-data" } },
  ],
  judge({ at, risk, thresholds, documents, evidence, policy, referenced, changedAt, lastChange }) {
    const [card] = documents["pilot-data"];
    const { sets, findings } = readDataCard(card, referenced);
    const strata = readStrata(card, cases(sets));
    const files: ResultFile[] = [...evidence.evaluation, ...evidence.tests];
    const look = resultsByMetric(files);
    const bars = barsOf(card, thresholds.lowerBound).map((bar) => ({ bar, results: look(bar.metric) }));
    const counts = { samples: thresholds.samples, onCard: cases(sets), strata: strata.strata };
    const judged = bars.flatMap(({ bar, results }) => judgeBar(bar, results, counts));
    const weakest = judged.toSorted((a, b) => a.margin - b.margin || (a.words < b.words ? -1 : 1))[0];
    const paths = new Set(bars.flatMap(({ results }) => results.map(({ path }) => path)));
    const used = files.filter(({ path }) => paths.has(path));
    const asked = { at, models: policy.models.map(({ model }) => model), changedAt, risk };
    return {
      summary: `${weakest?.words ?? "No result"}; ${cardWords(sets)}`,
      findings: [
        ...findings,
        ...cardFindings(card, sets, used, thresholds),
        ...barFindings(card, thresholds.lowerBound),
        ...strata.findings,
        ...bars.flatMap(({ bar, results }) =>
          results.length === 0 ? [noResult(bar.metric, card)] : missingStrata(bar.metric, results, strata.strata, card),
        ),
        ...judged.flatMap((each) => each.findings),
        ...used.flatMap((file) => originFindings(file, asked)),
        ...used.flatMap((file) => dataFindings(file, sets, risk)),
        ...used.flatMap((file) => thresholdAge(file, card, lastChange(card.path), risk)),
      ],
    };
  },
});

function noResult(metric: string, card: ReadDocument): Finding {
  return {
    state: "missing",
    ...documentPlace(card, "thresholds"),
    text: `No result names the metric ${quoted(metric)}.`,
    remedy: `Evaluate ${quoted(metric)}, or take it off the card before the next result.`,
  };
}

/** Enough real cases on the card, and in the part of it that the results were measured on. */
function cardFindings(
  card: ReadDocument,
  sets: readonly DataSet[],
  files: readonly ResultFile[],
  { realDataShare, samples }: { realDataShare: number; samples: number },
): Finding[] {
  if (sets.length === 0) return [];
  const place = documentPlace(card, "data");
  const findings: Finding[] = [];
  const total = cases(sets);
  if (total < samples) {
    findings.push({
      state: "inconclusive",
      ...place,
      text: `The card lists ${plural(total, "case")}; at least ${figure(samples)} are asked for.`,
      remedy: `Add ${figure(samples - total)} more cases to the data and evaluate again.`,
    });
  }
  const measured = new Set(files.flatMap(({ origin }) => (origin.data === undefined ? [] : [bare(origin.data)])));
  const used = sets.filter(({ digest }) => digest !== undefined && measured.has(digest));
  const share = Math.min(realShare(sets), used.length > 0 ? realShare(used) : 1);
  if (!isAtLeast(share, realDataShare)) {
    const [said, wanted] = percents(share, realDataShare);
    findings.push({
      state: "not-met",
      ...place,
      text: `${said} of the evaluation data is a production sample or replayed traffic; at least ${wanted} is asked for.`,
      remedy: "Sample real cases, label them, add them to the card and evaluate again.",
    });
  }
  return findings;
}

function dataFindings({ path, origin }: ResultFile, sets: readonly DataSet[], risk: "low" | "medium" | "high"): Finding[] {
  const remedy = `Add \`data: sha256:…\`, the digest of the evaluated data, to ${path}.evidence.yml.`;
  const unknown = risk === "high" ? "inconclusive" : "note";
  if (origin.data === undefined || origin.data.trim() === "")
    return [{ state: unknown, path, text: `${path} does not say on which data it was measured.`, remedy }];
  const data = bare(origin.data);
  // A card without data is a finding of its own.
  if (sets.length === 0 || sets.some(({ digest }) => digest === data)) return [];
  return [
    {
      state: "not-met",
      path,
      text: `${path} was measured on data that is not on the card.`,
      remedy: "Evaluate on the data of the card, or describe the evaluated data on the card.",
    },
  ];
}

/** A threshold that was set when the result was known proves nothing. */
function thresholdAge(
  { path, origin }: ResultFile,
  card: ReadDocument,
  change: { at: string } | undefined,
  risk: "low" | "medium" | "high",
): Finding[] {
  const measured = toMs(origin.measuredAt ?? "");
  if (Number.isNaN(measured)) return [];
  const place = documentPlace(card, "thresholds");
  if (change === undefined) {
    const remedy = "Give the history of the files with the facts (`lineage`).";
    return [
      {
        state: risk === "high" ? "inconclusive" : "note",
        ...place,
        text: "Whether the threshold is older than the result is not checked: no history.",
        remedy,
        unseen: "lineage",
      },
    ];
  }
  const changed = toMs(change.at);
  if (changed <= measured) return [];
  const when = Number.isNaN(changed) ? "" : `: ${card.path} on ${toDate(changed)}, ${path} on ${toDate(measured)}`;
  return [
    {
      state: "not-met",
      ...place,
      text: `The threshold was changed after the result${when}.`,
      remedy: "Evaluate again against the threshold as it stands and replace the result.",
    },
  ];
}
