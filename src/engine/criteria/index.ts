import type { AnyCriterion } from "../types.ts";
import legalPrivacyArchitecture from "./legal-privacy-architecture.ts";
import modelSelection from "./model-selection.ts";
import businessBaseline from "./business-baseline.ts";
import pilotPerformance from "./pilot-performance.ts";
import modelRegistry from "./model-registry.ts";
import vendorTerms from "./vendor-terms.ts";
import observability from "./observability.ts";
import guardrails from "./guardrails.ts";
import humanReview from "./human-review.ts";
import loadTest from "./load-test.ts";
import outputLogging from "./output-logging.ts";
import escalation from "./escalation.ts";
import canaryStability from "./canary-stability.ts";
import userSatisfaction from "./user-satisfaction.ts";
import businessImpact from "./business-impact.ts";
import supportReadiness from "./support-readiness.ts";

/** THE LIST: sixteen criteria, in the order of the gates. */
export const criteria: readonly AnyCriterion[] = [
  legalPrivacyArchitecture,
  modelSelection,
  businessBaseline,
  pilotPerformance,
  modelRegistry,
  vendorTerms,
  observability,
  guardrails,
  humanReview,
  loadTest,
  outputLogging,
  escalation,
  canaryStability,
  userSatisfaction,
  businessImpact,
  supportReadiness,
];
