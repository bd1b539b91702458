import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "load-test",
  gate: "infrastructure",
  title: "load-test",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/load-test.md.",
  example: { path: "", content: "" },
  needs: { evidence: ["load-test"], policy: ["traffic", "models"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
