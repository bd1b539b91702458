import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

const own = fixture("litellm-config.yaml");
const proxy = (general: string, settings = "{ max_budget: 10 }") => `litellm_settings: ${settings}\ngeneral_settings: ${general}\n`;
const alerts = (general: string) => readAs("budget", proxy(general)).measurement.budgets.map((budget) => budget.alerts);

describe("litellm-config", () => {
  it("reads budgets of the proxy, of providers, tags and models, and where alerts go", () => {
    const { measurement, notes } = readAs("budget", own);
    expect(measurement).toEqual({
      budgets: [
        { scope: "all", amount: 4000, currency: "USD", period: "30d", alerts: true },
        { scope: "provider", name: "azure", amount: 100.5, currency: "USD", period: "1d", alerts: false },
        { scope: "tag", name: "product:assistant", amount: 500, currency: "USD", period: "1mo", alerts: false },
        { scope: "model", name: "chat", amount: 20, currency: "USD", period: "1d", alerts: false },
      ],
      channels: ["slack"],
    });
    expect(notes).toEqual([expect.stringContaining("unconfirmed")]);
    expect(JSON.stringify(read(own))).not.toContain("os.environ");
  });

  it.each(["---\n%s---\n", "---\n%s...\n"])("is no front matter between marks: %j", (marks) => {
    expect(readAs("budget", marks.replace("%s", own)).measurement).toEqual(readAs("budget", own).measurement);
  });

  it.each([
    ["{ alerting: [slack] }", true],
    ["{ alerting: [webhook], alert_types: [budget_alerts] }", true],
    ["{ alerting: [slack], alert_types: [llm_too_slow] }", false],
    ["{ alerting: [slack], alert_types: [] }", false],
    ["{ alerting: [pagerduty] }", false],
    ["{ alerting: [] }", false],
    ["{ alerting: }", false],
    ["{}", false],
    ["", false],
  ])("tells with general_settings %s whether the budget alerts", (general, expected) => {
    expect(alerts(general)).toEqual([expected]);
  });

  it.each(["{}", "{ max_budget: }", "{ max_budget: os.environ/MAX }"])("holds no budget where the settings are %s", (settings) => {
    expect(readAs("budget", proxy("{}", settings)).measurement.budgets).toEqual([]);
  });

  it.each([
    ["a budget that is text", proxy("{}", "{ max_budget: '10' }"), "bad-shape", "max_budget"],
    ["a negative budget", proxy("{}", "{ max_budget: -1 }"), "bad-value", "max_budget"],
    ["a period that is a number", proxy("{}", "{ max_budget: 1, budget_duration: 30 }"), "bad-shape", "budget_duration"],
    ["channels that are no list", proxy("{ alerting: slack }"), "bad-shape", "alerting"],
    ["providers that are a list", `${proxy("{}")}router_settings: { provider_budget_config: [] }`, "bad-shape", "provider_budget_config"],
  ])("refuses %s", (_name, text, code, part) => {
    expect(refusal(text)).toMatchObject({ code, format: "litellm-config", message: expect.stringContaining(part) });
  });
});
