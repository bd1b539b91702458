import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "business-baseline",
  gate: "governance",
  title: "Business metric with a baseline",
  asks: [],
  suppliers: ["product-owner"],
  places: [],
  remedy: "Write the evidence.",
  example: { path: "", content: "" },
  needs: {},
  decisions: [],
  judge() {
    return { summary: "Not judged yet.", findings: [{ state: "inconclusive", text: "This criterion cannot be judged yet." }] };
  },
});
