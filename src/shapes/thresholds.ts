import { Type, type Static, type TSchema } from "typebox";
import { frameworkNumbers } from "./framework-numbers.ts";
import { levels } from "./vocabulary.ts";

/**
 * Which way a value tightens. Read by the comparison of two policies (a pull request that loosens needs an approval)
 * and by organisation floors. `x-framework` marks the framework's own numbers: deviating from them is listed in every output.
 */
interface Meaning {
  description: string;
  tighter: "higher" | "lower";
  framework?: number;
  /** Name of a threshold that several criteria share. */
  def?: string;
}

const shape = ({ description, tighter, framework, def }: Meaning) => ({
  description,
  "x-tighter": tighter,
  ...(framework === undefined ? {} : { "x-framework": framework }),
  ...(def === undefined ? {} : { "x-def": def }),
});
const count = (meaning: Meaning) => Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9, ...shape(meaning) }));
const positive = (meaning: Meaning) => Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e9, ...shape(meaning) }));
const share = (meaning: Meaning) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, ...shape(meaning) }));

const level = (def: string, description: string) =>
  Type.Optional(Type.Enum([...levels], { description, "x-tighter": "higher", "x-def": def }));

const documentAgeMonths = positive({
  description: "Months after which a document counts as stale.",
  tighter: "lower",
  def: "documentAgeMonths",
});
const maxAgeDays = positive({ description: "Days after which a measurement counts as stale.", tighter: "lower", def: "maxAgeDays" });
const documentLevel = level("documentLevel", "Evidence level that the documents must reach.");
const measurementLevel = level("measurementLevel", "Evidence level that the measurements must reach.");

const of = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false, description: "Thresholds; one that is not set is the default of the risk." });

const canary = frameworkNumbers["canary-stability"];

/** Thresholds of each criterion, as a policy may set them. Defaults by risk stand in `engine/profile.ts`. */
export const thresholdSchemas = {
  "legal-privacy-architecture": of({ documentAgeMonths, documentLevel }),
  "model-selection": of({
    candidates: count({ description: "Candidates that must have been compared, each with an evaluation.", tighter: "higher" }),
    documentAgeMonths,
    documentLevel,
  }),
  "business-baseline": of({ documentAgeMonths, documentLevel }),
  "pilot-performance": of({
    realDataShare: share({
      description: "Least share of evaluation data that is a production sample or replayed traffic.",
      tighter: "higher",
    }),
    samples: count({ description: "Least number of evaluated samples.", tighter: "higher" }),
    lowerBound: share({ description: "Least Wilson lower bound of a metric that names no threshold of its own.", tighter: "higher" }),
    documentAgeMonths,
    documentLevel,
    measurementLevel,
  }),
  "model-registry": of({ documentLevel }),
  "vendor-terms": of({
    quotaMultiple: positive({
      description: "Vendor quota as a multiple of the expected peak, in requests and tokens.",
      tighter: "higher",
      framework: frameworkNumbers["vendor-terms"].quotaMultiple.value,
    }),
    priceRatioWarn: positive({
      description: "Unit cost at scale over the pilot's estimate from which a finding is given.",
      tighter: "lower",
    }),
    priceRatioHold: positive({ description: "Unit cost at scale over the pilot's estimate from which the gate holds.", tighter: "lower" }),
    documentAgeMonths,
    documentLevel,
  }),
  observability: of({
    alertTestDays: positive({ description: "Days since a test alert was fired and acknowledged.", tighter: "lower" }),
    documentAgeMonths,
    documentLevel,
    measurementLevel,
  }),
  guardrails: of({
    attempts: count({ description: "Least number of judged attack attempts.", tighter: "higher" }),
    attemptsPerCategory: count({ description: "Least number of judged attempts in each required category.", tighter: "higher" }),
    attackSuccessUpper: share({ description: "Greatest upper bound of the attack success rate over all attempts.", tighter: "lower" }),
    errorShare: share({ description: "Greatest share of attempts that ended in an error.", tighter: "lower" }),
    maxAgeDays,
    measurementLevel,
  }),
  "human-review": of({
    drillAgeDays: positive({ description: "Days since the review drill.", tighter: "lower" }),
    catchRate: share({ description: "Least share of seeded bad cases that reviewers caught.", tighter: "higher" }),
    utilisation: share({ description: "Greatest share of the staffed review hours that the expected volume takes.", tighter: "lower" }),
    documentAgeMonths,
    documentLevel,
  }),
  "load-test": of({
    multiple: positive({
      description: "Load to sustain, as a multiple of the expected peak.",
      tighter: "higher",
      framework: frameworkNumbers["load-test"].multiple.value,
    }),
    minutes: positive({ description: "Minutes to sustain it.", tighter: "higher" }),
    errorRate: share({ description: "Greatest share of failed requests.", tighter: "lower" }),
    p95Ms: positive({ description: "Greatest 95th percentile of the latency, milliseconds.", tighter: "lower" }),
    timeToFirstTokenP95Ms: positive({
      description: "Greatest 95th percentile of the time to first token, milliseconds.",
      tighter: "lower",
    }),
    maxAgeDays,
    measurementLevel,
  }),
  "output-logging": of({
    retentionMonths: positive({ description: "Months that the logs are kept at least.", tighter: "higher" }),
    completeness: share({ description: "Least share of served requests that are in the log.", tighter: "higher" }),
    documentAgeMonths,
    documentLevel,
    measurementLevel,
  }),
  escalation: of({
    stopSwitchDays: positive({ description: "Days since the stop switch was exercised.", tighter: "lower" }),
    documentAgeMonths,
    documentLevel,
  }),
  "canary-stability": of({
    hours: positive({ description: "Unbroken hours that the canary must run.", tighter: "higher", framework: canary.hours.value }),
    trafficPercent: positive({
      description: "Share of traffic that the canary takes, percent (from 0.8 to 1.2 times this).",
      tighter: "higher",
      framework: canary.trafficPercent.value,
    }),
    criticalAlerts: count({
      description: "Critical alerts allowed in the window.",
      tighter: "lower",
      framework: canary.criticalAlerts.value,
    }),
    coverage: share({ description: "Least share of the window that alert data covers.", tighter: "higher" }),
    requests: count({ description: "Least number of requests that the canary served in the window.", tighter: "higher" }),
  }),
  "user-satisfaction": of({
    responses: count({ description: "Least number of survey responses.", tighter: "higher" }),
    lowerBound: share({ description: "Least Wilson lower bound of the satisfied share.", tighter: "higher" }),
    responseRate: share({ description: "Least share of the invited who answered.", tighter: "higher" }),
    documentAgeMonths,
    documentLevel,
    measurementLevel,
  }),
  "business-impact": of({
    unitCostTolerance: positive({ description: "Unit cost over plan that is still accepted, as a factor.", tighter: "lower" }),
    documentLevel,
    measurementLevel,
  }),
  "support-readiness": of({
    trained: share({ description: "Least share of the rota that is trained.", tighter: "higher" }),
    forecastLoad: share({ description: "Greatest share of the staffed hours that the forecast takes.", tighter: "lower" }),
    documentAgeMonths,
    documentLevel,
    measurementLevel,
  }),
} as const;

type Schemas = typeof thresholdSchemas;

/** What a policy may set for one criterion. */
export type ThresholdOptions<C extends keyof Schemas> = Static<Schemas[C]>;

/** Keys without a default at some risk: absent means "not judged". */
type Unset = "p95Ms" | "timeToFirstTokenP95Ms" | "catchRate";

/** What a criterion is judged by: the policy's figure where it sets one, else the profile's. */
export type Thresholds<C extends keyof Schemas> = {
  [K in keyof ThresholdOptions<C> as K extends Unset ? never : K]-?: NonNullable<ThresholdOptions<C>[K]>;
} & { [K in keyof ThresholdOptions<C> as K extends Unset ? K : never]?: NonNullable<ThresholdOptions<C>[K]> };

export type AllThresholds = { [C in keyof Schemas]: Thresholds<C> };
