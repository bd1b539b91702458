import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "support-readiness",
  gate: "rollout",
  title: "support-readiness",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/support-readiness.md.",
  example: { path: "", content: "" },
  needs: { documents: ["support"], optionalEvidence: ["training"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
