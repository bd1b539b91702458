import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

const own = fixture("alertmanager-config.yml");
const indented = own.replaceAll(/^/gm, "    ");
const secret = (key: string, value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: alertmanager-main }\n${key}:\n  alertmanager.yaml: ${value}\n`;
const base64 = btoa(own);
const config = (route: string, receivers = "[{ name: a, webhook_configs: [{ url: x }] }]") => `route: ${route}\nreceivers: ${receivers}\n`;
const matchers = (text: string) => {
  const { routes } = readAs("alert-routing", config(`{ receiver: a, routes: [{ matchers: [${JSON.stringify(text)}] }] }`)).measurement;
  return routes[1]?.matchers.map(({ label, operator, value }) => [label, operator, value]);
};

describe("alertmanager-config", () => {
  it("reads receivers with the names of their integrations, and routes in the order in which they are tried", () => {
    const { measurement, notes } = readAs("alert-routing", own);
    expect(measurement).toEqual({
      receivers: [
        { name: "team-mail", integrations: ["email"] },
        { name: "pager", integrations: ["pagerduty", "webhook"] },
        { name: "nobody", integrations: [] },
      ],
      root: "team-mail",
      routes: [
        { receiver: "team-mail", matchers: [] },
        { parent: 0, receiver: "nobody", matchers: [{ label: "alertname", operator: "=", value: "Watchdog" }] },
        {
          parent: 0,
          receiver: "team-mail",
          matchers: [
            { label: "severity", operator: "=~", value: "critical|page" },
            { label: "team", operator: "=", value: "assistant" },
          ],
          continues: true,
        },
        { parent: 2, receiver: "pager", matchers: [{ label: "region", operator: "=", value: "eu" }] },
        { parent: 2, receiver: "pager", matchers: [{ label: "region", operator: "=~", value: "us|ca" }], timed: true },
        {
          parent: 0,
          receiver: "pager",
          matchers: [
            { label: "severity", operator: "=", value: "critical" },
            { label: "note", operator: "!=", value: "a, b" },
          ],
        },
      ],
      inhibitRules: 1,
    });
    expect(notes).toEqual(["1 of 3 receivers have no integration: what is sent there goes nowhere"]);
  });

  it.each(["---\n%s---\n", "---\n%s...\n"])("is no front matter between marks: %j", (marks) => {
    expect(readAs("alert-routing", marks.replace("%s", own)).measurement).toEqual(readAs("alert-routing", own).measurement);
  });

  it.each([
    ["a Secret's stringData", secret("stringData", `|\n${indented}`)],
    ["a Secret's data", secret("data", base64)],
    ["a Secret's data in lines", secret("data", `|\n${base64.replaceAll(/.{60}/g, "$&\n").replaceAll(/^/gm, "    ")}`)],
    ["a ConfigMap", secret("data", `|\n${indented}`).replace("Secret", "ConfigMap").replace("alertmanager.yaml", "alertmanager.yml")],
    ["other documents beside it", `kind: Service\n---\n${own}`],
  ])("reads the same from %s", (_name, text) => {
    expect(readAs("alert-routing", text).measurement).toEqual(readAs("alert-routing", own).measurement);
  });

  it("never holds what stands in an integration", () => {
    expect(JSON.stringify(read(own))).not.toMatch(/not-a-key|localhost|example\.org/);
  });

  it.each([
    ["an empty list", "[{ name: a, slack_configs: [] }]"],
    ["nothing", "[{ name: a, slack_configs: }]"],
    ["no key", "[{ name: a }]"],
  ])("counts %s as no integration", (_name, receivers) => {
    expect(readAs("alert-routing", config("{ receiver: a }", receivers)).measurement.receivers).toEqual([{ name: "a", integrations: [] }]);
  });

  it.each([
    ["severity=critical", [["severity", "=", "critical"]]],
    [' severity = "critical" ', [["severity", "=", "critical"]]],
    [
      '{a="x",b!~"y|z",}',
      [
        ["a", "=", "x"],
        ["b", "!~", "y|z"],
      ],
    ],
    ['a="x, \\"y\\"\\n"', [["a", "=", 'x, "y"\n']]],
    ['"a b"=~".*"', [["a b", "=~", ".*"]]],
    ['a=""', [["a", "=", ""]]],
    ["a!=", [["a", "!=", ""]]],
  ])("reads the matcher %s", (text, expected) => {
    expect(matchers(text)).toEqual(expected);
  });

  it.each([
    ["a matcher that is none", config("{ receiver: a, routes: [{ matchers: [severity] }] }"), "bad-value", "routes[0].matchers"],
    ["an open quote", config(`{ receiver: a, routes: [{ matchers: ['a="x'] }] }`), "bad-value", "no matcher"],
    ["text after a quote", config(`{ receiver: a, routes: [{ matchers: ['a="x"y'] }] }`), "bad-value", "no matcher"],
    ["a root with matchers", config("{ receiver: a, match: { b: c } }"), "bad-value", "`route`"],
    ["a root without a receiver", config("{ routes: [] }"), "bad-shape", "`route.receiver`"],
    ["a receiver that is not there", config("{ receiver: a, routes: [{ receiver: b }] }"), "bad-value", "`route.routes[0].receiver`"],
    ["two receivers with one name", config("{ receiver: a }", "[{ name: a }, { name: a }]"), "bad-value", "`receivers`"],
    ["integrations that are no list", config("{ receiver: a }", "[{ name: a, slack_configs: { x: 1 } }]"), "bad-shape", "slack_configs"],
    ["routes nested without end", config(`{ receiver: a, ${"routes: [{ ".repeat(40)}${"}]".repeat(40)} }`), "too-large", "30 deep"],
    ["routes without number", config(`{ receiver: a, routes: [${"{},".repeat(1000)}] }`), "too-large", "1000 routes"],
    ["two configurations", `${own}---\n${own}`, "bad-shape", "a file of its own"],
    ["a Secret that holds no text", secret("data", "'%%%'"), "not-parseable", "base64"],
    ["a Secret whose text is no YAML", secret("stringData", "'a: [secret'"), "not-parseable", "is not YAML"],
  ])("refuses %s", (_name, text, code, part) => {
    const refused = refusal(text);
    expect(refused).toMatchObject({ code, format: "alertmanager-config", message: expect.stringContaining(part) });
    expect(refused.message).not.toContain("secret");
  });

  it("leaves a Secret of something else alone", () => {
    expect(refusal("apiVersion: v1\nkind: Secret\nstringData: { password: x }")).toMatchObject({ code: "unknown-format" });
  });
});
