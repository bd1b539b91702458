import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "guardrails",
  gate: "infrastructure",
  title: "guardrails",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/guardrails.md.",
  example: { path: "", content: "" },
  needs: { evidence: ["red-team"], policy: ["architecture", "models"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
