import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "escalation",
  gate: "infrastructure",
  title: "escalation",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/escalation.md.",
  example: { path: "", content: "" },
  needs: { documents: ["escalation"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
