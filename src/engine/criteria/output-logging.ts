import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "output-logging",
  gate: "infrastructure",
  title: "output-logging",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/output-logging.md.",
  example: { path: "", content: "" },
  needs: { documents: ["output-logging"], optionalEvidence: ["json-schema", "log"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
