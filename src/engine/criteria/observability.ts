import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "observability",
  gate: "infrastructure",
  title: "observability",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/observability.md.",
  example: { path: "", content: "" },
  needs: {
    documents: ["observability"],
    evidence: ["alerts"],
    optionalEvidence: ["dashboard", "slo", "telemetry"],
    policy: ["severities"],
  },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
