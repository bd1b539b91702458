import { defineCriterion } from "../define-criterion.ts";

export default defineCriterion({
  id: "canary-stability",
  gate: "rollout",
  title: "canary-stability",
  asks: [],
  suppliers: ["sre"],
  places: [],
  remedy: "See docs/criteria/canary-stability.md.",
  example: { path: "", content: "" },
  needs: { facts: ["deployments", "alerts", "requests"], policy: ["stages", "severities"] },
  decisions: [],
  judge: () => ({ summary: "Not judged yet.", findings: [{ state: "missing", text: "Not judged yet." }] }),
});
