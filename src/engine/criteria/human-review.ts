import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "human-review",
  gate: "infrastructure",
  title: "human-review",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/human-review.md.",
  example: { path: "", content: "" },
  needs: { documents: ["human-review"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
