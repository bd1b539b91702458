import type { Survey } from "../../shapes/measurements.ts";
import { canaryDates } from "../canary-window.ts";
import { defineCriterion } from "../define-criterion.ts";
import { numberField, recordField, textField } from "../fields.ts";
import { isAtLeast, percents } from "../limits.ts";
import { originFindings } from "../measurement-origin.ts";
import { profiles } from "../profile.ts";
import { wilson } from "../statistics.ts";
import { ofCohort } from "../survey-cohort.ts";
import { cohortFindings, dateFindings, documentFindings, scaleFindings } from "../survey-description.ts";
import { toMs } from "../time.ts";
import type { Finding, FindingState, Measured, ReadDocument } from "../types.ts";
import { figure, percent, plural } from "../words.ts";

/** Share of everybody asked from which the observed value counts: hardly anybody is left who could change it. */
const NEARLY_ALL = 0.6;

export default defineCriterion({
  id: "user-satisfaction",
  gate: "rollout",
  title: "Users are satisfied, and enough of them were asked",
  asks: [
    "The survey asked everybody or a random sample, and enough of them answered.",
    "The lower bound of the satisfied share reaches the threshold; where 60 % of everybody answered, the observed share counts.",
    "The answers were given inside the dates of the cohort, and the cohort lies inside the canary's.",
    "The threshold was set before the first answer.",
  ],
  suppliers: ["product-owner"],
  places: ["user-survey.md", "evidence/user-satisfaction/"],
  remedy: "Export the answers of the survey to `evidence/user-satisfaction/` and describe it in `user-survey.md`.",
  example: {
    path: "docs/readiness/user-survey.md",
    content: `---
status: approved
owner: "@octo-mia"
reviewed: 2026-11-16
review-by: 2027-04-01
question: Did the answer help you?
scale: "1-5"
asked: all
cohort: { from: 2026-11-02, to: 2026-11-15, rule: everybody in the canary }
threshold-set: 2026-10-20
---

## Representative of whom

The canary is one in ten of all customers, drawn by their number.
`,
  },
  needs: { documents: ["user-survey"], evidence: ["survey"], optionalFacts: ["deployments"], policy: ["models", "stages", "criteria"] },
  decisions: [
    { role: "product-owner", question: "Is the cohort representative of the users to come?", declaration: { document: "user-survey" } },
  ],
  judge({ at, risk, thresholds, documents, evidence, facts, policy, changedAt }) {
    const [document] = documents["user-survey"];
    const asked = {
      at,
      maxAgeDays: thresholds.documentAgeMonths * 30.4375,
      models: policy.models.map(({ model }) => model),
      changedAt,
      risk,
    };
    const percent =
      policy.criteria["canary-stability"].thresholds.trafficPercent ?? profiles[risk].thresholds["canary-stability"].trafficPercent;
    const canary = facts.deployments === undefined ? null : canaryDates(facts.deployments, policy.stages, percent, at);
    const surveys = evidence.survey.map((file) => ofCohort(file, document));
    const files = surveys.flatMap(({ file }) => file ?? []);
    const judged = files
      .map((file) => judgeSurvey(file, document, thresholds))
      .toSorted((a, b) => a.margin - b.margin || (a.words < b.words ? -1 : 1));
    return {
      summary: judged[0]?.words ?? "No answer of the cohort",
      findings: [
        ...documentFindings(document, toMs(at)),
        ...cohortFindings(document, canary, { at, risk }),
        ...surveys.flatMap(({ findings }) => findings),
        ...judged.flatMap(({ findings }) => findings),
        ...files.flatMap((file) => dateFindings(file, document)),
        ...evidence.survey.flatMap(({ path, origin, measurement }) =>
          originFindings({ path, origin: { ...origin, ...lastAnswer(origin.measuredAt ?? measurement.to) } }, asked),
        ),
      ],
    };
  },
});

function lastAnswer(measuredAt: string | undefined): { measuredAt?: string } {
  return measuredAt === undefined ? {} : { measuredAt };
}

interface Thresholds {
  responses: number;
  lowerBound: number;
  responseRate: number;
}

/** One export. Several are judged one by one and the weakest decides: whoever answered twice must not count twice. */
function judgeSurvey(
  file: Measured<"survey">,
  document: ReadDocument,
  thresholds: Thresholds,
): { words: string; margin: number; findings: Finding[] } {
  const { path, measurement } = file;
  const say = (state: FindingState, text: string, remedy: string): Finding => ({ state, path, text, remedy });
  const { responses, satisfied } = measurement;
  if (satisfied === undefined) {
    const text = `${path} does not say on which scale people answered.`;
    const remedy = "Set `criteria.user-satisfaction.scale` in the policy, or `scale` in user-survey.md.";
    return { words: "No scale, so nobody can tell who was satisfied", margin: -Infinity, findings: [say("missing", text, remedy)] };
  }
  if (!isCount(responses) || !isCount(satisfied) || satisfied > responses) {
    const text = `The figures of ${path} contradict each other: ${figure(satisfied)} of ${figure(responses)} satisfied.`;
    return { words: text, margin: -Infinity, findings: [say("not-met", text, "Export the answers again.")] };
  }
  if (responses === 0)
    return {
      words: "Nobody answered",
      margin: -1,
      findings: [say("inconclusive", `${path} holds no answer.`, "Ask again, and wait for answers.")],
    };
  const findings = scaleFindings(file, document);
  const invited = invitedOf(measurement, document);
  const rate = invited === undefined ? undefined : responses / invited;
  if (invited === undefined || rate === undefined) {
    findings.push(
      say(
        "missing",
        `${path} does not say how many people were asked.`,
        `Keep the rows without an answer in the export, or add \`invited: <number>\` to ${document.path}.`,
      ),
    );
  } else if (!(rate <= 1)) {
    findings.push(
      say(
        "not-met",
        `${plural(responses, "person", "people")} answered and ${figure(invited)} were asked.`,
        "Correct the number of people who were asked.",
      ),
    );
  } else if (!isAtLeast(rate, thresholds.responseRate)) {
    const [said, wanted] = percents(rate, thresholds.responseRate);
    findings.push(
      say(
        "not-met",
        `${said} of ${plural(invited, "person", "people")} answered; at least ${wanted} is asked for.`,
        "Remind those who did not answer, or ask in a better moment.",
      ),
    );
  }
  const nearlyAll =
    rate !== undefined && rate <= 1 && isAtLeast(rate, NEARLY_ALL) && textField(document.frontMatter, "asked")?.toLowerCase() === "all";
  const counts = nearlyAll ? satisfied / responses : wilson(satisfied, responses).lower;
  const [bound, wanted] = percents(counts, thresholds.lowerBound);
  const observed = `${percent(satisfied / responses)} of ${plural(responses, "answer")} satisfied`;
  const certain = nearlyAll
    ? `${percent(rate)} of everybody asked, so the observed ${bound} counts`
    : `at least ${bound} with 95 % confidence`;
  const words = `${observed}, ${certain}; ${wanted} asked for`;
  if (!nearlyAll && responses < thresholds.responses) {
    findings.push(
      say(
        "inconclusive",
        `${plural(responses, "answer")}; at least ${figure(thresholds.responses)} are asked for.`,
        `Collect ${figure(thresholds.responses - responses)} more answers, or answers of ${percent(NEARLY_ALL)} of everybody.`,
      ),
    );
  } else if (!isAtLeast(counts, thresholds.lowerBound)) {
    findings.push(say("not-met", `${words}.`, "Find out what disappoints, mend it, and ask again."));
  }
  return { words, margin: counts - thresholds.lowerBound, findings };
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

/** People asked, from the export; else from the description, where an export cannot know it. */
function invitedOf({ invited }: Survey, document: ReadDocument): number | undefined {
  const said =
    invited ?? numberField(document.frontMatter, "invited") ?? numberField(recordField(document.frontMatter, "cohort") ?? {}, "invited");
  return said !== undefined && said > 0 ? said : undefined;
}
