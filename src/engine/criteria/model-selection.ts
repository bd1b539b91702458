import { absentField } from "../absent-field.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { textField } from "../fields.ts";
import { judgeCandidates } from "../judge-candidates.ts";
import { judgeClauses } from "../judge-clauses.ts";
import { namedLeaderboard } from "../leaderboards.ts";
import { listSome } from "../list-some.ts";
import { whyNotPinned } from "../pinned-model.ts";
import { BROAD_RELEASE_WEEK } from "../schedule.ts";
import { DAY, endOfDayMs, toDate, toMs } from "../time.ts";
import type { Finding, Measured, ReadDocument } from "../types.ts";
import { figure, plural, quoted } from "../words.ts";

export default defineCriterion({
  id: "model-selection",
  gate: "governance",
  title: "Model selected against the security policy",
  asks: [
    "The chosen model is pinned, is one that the policy runs, and is in the registry.",
    "From medium risk up at least two candidates were evaluated, on the same data.",
    "Each clause of the security policy is answered as met, with evidence.",
    "The provider keeps the model up until after the broad release.",
    "The choice rests on an evaluation of one's own, not on a public leaderboard alone.",
  ],
  suppliers: ["architecture", "security"],
  places: ["model-selection.md"],
  remedy: "Write `model-selection.md` in the documents folder: the pinned model, its candidates with their evaluations, and the clauses.",
  example: {
    path: "docs/readiness/model-selection.md",
    content: `---
status: approved
owner: "@octo-art"
reviewed: 2026-10-01
review-by: 2027-04-01
model: gpt-4o-2024-11-20
candidates:
  - { model: gpt-4o-2024-11-20, evaluation: docs/readiness/evidence/model-selection/gpt-4o.json }
  - { model: mistral-large-2411, evaluation: docs/readiness/evidence/model-selection/mistral.json }
policy-clauses:
  - { id: data-residency, answer: met, evidence: docs/readiness/vendors/openai.md }
  - { id: no-training-on-our-data, answer: met, evidence: "clause 4 of the data processing agreement" }
shutdown-date: none
---

## Choice

The best answers on our own tickets at half the price of the runner-up.

## Limits

Weak on tables; those tickets go to a person.

## Fallback

mistral-large-2411, evaluated on the same tickets.
`,
  },
  needs: { documents: ["model-selection"], optionalEvidence: ["registry", "evaluation"], policy: ["models", "started"] },
  decisions: [
    {
      role: "security",
      question: "Does this model satisfy each clause of the security policy?",
      declaration: { document: "model-selection" },
    },
  ],
  judge({ at, risk, thresholds, documents, evidence, policy, referenced, exists }) {
    const [document] = documents["model-selection"];
    const model = textField(document.frontMatter, "model");
    const candidates = judgeCandidates(document, model, { wanted: thresholds.candidates, risk, referenced });
    const clauses = judgeClauses(document, exists);
    return {
      summary: `${model === undefined ? "No model" : quoted(model)}; ${plural(candidates.evaluated, "candidate")} evaluated, ${figure(thresholds.candidates)} asked for; ${figure(clauses.met)} of ${plural(clauses.total, "clause")} met with evidence`,
      findings: [
        ...modelFindings(
          document,
          model,
          policy.models.map((each) => each.model),
          evidence.registry,
        ),
        ...candidates.findings,
        ...clauses.findings,
        ...shutdownFindings(document, at, policy.started),
        ...leaderboardFindings(document, candidates.evaluated + evidence.evaluation.length),
      ],
    };
  },
});

const fold = (text: string) => text.trim().toLowerCase();

function modelFindings(
  document: ReadDocument,
  model: string | undefined,
  declared: readonly string[],
  registries: readonly Measured<"registry">[],
): Finding[] {
  const place = documentPlace(document, "model");
  if (model === undefined) return absentField(document, "model", "which model was chosen");
  const findings: Finding[] = [];
  const floats = whyNotPinned(model);
  if (floats !== undefined) {
    findings.push({
      state: "not-met",
      ...place,
      text: `${quoted(model)} is not pinned, because ${floats}.`,
      remedy: `Name the dated version, revision or digest of the model in ${document.path} and in the policy.`,
    });
  }
  if (!declared.some((one) => fold(one) === fold(model))) {
    findings.push({
      state: "not-met",
      ...place,
      text: `${quoted(model)} is none of the policy's models${declared.length === 0 ? "" : ` (${listSome(declared)})`}.`,
      remedy: "Let `models` of the policy and `model` of the document name the same model.",
    });
  }
  const entries = registries.flatMap(({ measurement }) => measurement.models);
  const roles = ["security"] as const;
  if (registries.length === 0) {
    findings.push({
      state: "missing",
      ...place,
      text: `No model registry was found in which ${quoted(model)} could stand.`,
      remedy: "Write `model-registry.yml`; `pilotgate explain model-registry` shows an example.",
      roles: [...roles],
    });
  } else if (!entries.some(({ version }) => version !== undefined && fold(version) === fold(model))) {
    findings.push({
      state: "not-met",
      ...place,
      text: `${quoted(model)} is not in the model registry.`,
      remedy: `Add ${quoted(model)} to the model registry.`,
      roles: [...roles],
    });
  }
  return findings;
}

/** The plan ends with the week of broad release; without a start, with the document's own review. */
function shutdownFindings(document: ReadDocument, at: string, started: string | undefined): Finding[] {
  const place = documentPlace(document, "shutdown-date");
  const value = textField(document.frontMatter, "shutdown-date");
  if (value === undefined)
    return absentField(
      document,
      "shutdown-date",
      "when the provider shuts the model down",
      "Set `shutdown-date` to the provider's date, or to `none` where none is announced.",
    );
  if (fold(value) === "none") return [];
  const shutdown = toMs(value);
  if (Number.isNaN(shutdown))
    return [
      {
        state: "not-met",
        ...place,
        text: `The shutdown date ${quoted(value)} is neither a date nor \`none\`.`,
        remedy: "Set `shutdown-date` to a date such as 2027-06-01, or to `none`.",
      },
    ];
  const remedy = "Choose a model that stays up longer, or plan the switch before the pilot goes on.";
  if (shutdown <= toMs(at))
    return [{ state: "not-met", ...place, text: `The provider shut the model down on ${toDate(shutdown)}.`, remedy }];
  const reviewBy = textField(document.frontMatter, "review-by");
  const end = started === undefined ? endOfDayMs(reviewBy ?? "") : toMs(started) + BROAD_RELEASE_WEEK * 7 * DAY - 1;
  const what = started === undefined ? "the document's `review-by`" : `the end of week ${BROAD_RELEASE_WEEK}`;
  if (Number.isNaN(end))
    return [
      {
        state: "inconclusive",
        ...place,
        text: "Whether the model stays up long enough is not known: the policy has no `started`.",
        remedy: "Set `started` in the policy.",
      },
    ];
  if (shutdown > end) return [];
  return [
    {
      state: "not-met",
      ...place,
      text: `The provider shuts the model down on ${toDate(shutdown)}, not after ${what} (${toDate(end)}).`,
      remedy,
    },
  ];
}

function leaderboardFindings(document: ReadDocument, evaluations: number): Finding[] {
  const choice = document.sections.find(({ title }) => /^[\d.)\s]*choice[\s:.]*$/i.test(title));
  const leaderboard = namedLeaderboard(choice?.text.slice(0, 20_000) ?? "");
  if (choice === undefined || leaderboard === undefined || evaluations > 0) return [];
  return [
    {
      state: "not-met",
      path: document.path,
      line: choice.line,
      text: `The choice leans on a public ranking (${quoted(leaderboard)}) and on no evaluation of one's own.`,
      remedy: "Evaluate the model on your own cases and name the result under `candidates`.",
    },
  ];
}
