import { of, unmeasured, type Known } from "./compare.ts";

const survey = (percent: string): Known["figures"] => ({
  rows: of("survey", ({ responses }) => responses),
  mean_all: of("survey", ({ score }) => score),
  first: of("survey", ({ from }) => from),
  last: of("survey", ({ to }) => to),
  early_access_n: of("survey", ({ cohorts = [] }) => cohorts.find(({ id }) => id === "early-access")?.responses),
  early_access_mean: unmeasured,
  [percent]: of("survey", ({ cohorts = [] }) => {
    const { satisfied = NaN, responses = NaN } = cohorts.find(({ id }) => id === "early-access") ?? {};
    return (satisfied / responses) * 100;
  }),
});

/** Means of the days that a label names, as in `baseline_mean(2026-08-31..2026-09-27)`, and the change from one to the other. */
const change = of("metric-series", ({ series }, truth, metric) => {
  const values = series.find(({ name }) => name === metric)?.values ?? [];
  const means = Object.keys(truth as object).flatMap((label) => {
    const [, from = "", to = ""] = /\((\S+)\.\.(\S+)\)/.exec(label) ?? [];
    const inside = values.filter(({ at }) => from !== "" && at >= from && at.slice(0, 10) <= to);
    return from === "" ? [] : [[label, inside.reduce((sum, { value }) => sum + value, 0) / inside.length] as const];
  });
  const [[, before] = ["", NaN], [, after] = ["", NaN]] = means;
  const percent = "change_pct" in (truth as object) ? { change_pct: Number((((after - before) / before) * 100).toFixed(2)) } : {};
  return { ...Object.fromEntries(means), ...percent };
});

export const records: Record<string, Known> = {
  "adr/": {
    format: "document",
    figures: {
      status: of("document", ({ frontMatter }, truth) => {
        const isTemplate = String(truth).startsWith("none");
        return isTemplate && frontMatter["status"] === undefined ? truth : frontMatter["status"];
      }),
      date: unmeasured,
      // What a template asks is not what somebody wrote.
      form: of("document", ({ sections }, truth) => {
        const asked = sections.find(({ title }) => title === "Context and Problem Statement");
        return String(truth).includes("template") && asked?.text !== "" ? "filled in" : truth;
      }),
    },
  },
  "business-metrics/": { format: "metric-csv", figures: {}, beginning: { "": change } },
  "csat/": { format: "survey-csv", options: { scale: "1-5" }, figures: survey("early_access_csat_pct(4-5)") },
  "cyclonedx/": {
    format: "cyclonedx",
    figures: {
      specVersion: (read) => read.tool.version,
      ml_models: of("registry", ({ models }) => models.map(({ id }) => id)),
      // Figures of model cards are texts without a unit.
      modelCard_keys: unmeasured,
      licenses: unmeasured,
    },
  },
  "qualtrics/": {
    format: "survey-csv",
    options: { columns: { score: "Q1" }, scale: "1-5" },
    figures: {
      header_rows: unmeasured,
      responses: of("survey", ({ responses }) => responses),
      columns: unmeasured,
      test_responses: unmeasured,
    },
  },
};
