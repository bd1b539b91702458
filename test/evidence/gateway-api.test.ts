import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const route = (rules: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: a }\nspec: { rules: ${rules} }\n`;
const splits = (rules: string) => readAs("traffic", route(rules)).measurement.resources[0]?.splits;
const two = "[{ name: a, weight: 3 }, { name: b }]";
const quarter = [
  { backend: "a", percent: 75 },
  { backend: "b", percent: 25 },
];

describe("gateway-api", () => {
  it("puts relative weights to percent and leaves out rules that ask for headers", () => {
    const { measurement, notes } = readAs("traffic", fixture("gateway-api.yaml"));
    expect(measurement.resources).toEqual([
      {
        kind: "HTTPRoute",
        name: "assistant",
        splits: [
          [
            { backend: "assistant", percent: 90 },
            { backend: "assistant-canary", percent: 10 },
          ],
        ],
      },
      {
        kind: "GRPCRoute",
        name: "assistant-grpc",
        splits: [
          [
            { backend: "assistant", percent: 88 },
            { backend: "canary/assistant", percent: 12 },
          ],
        ],
      },
    ]);
    expect(notes).toEqual(["1 rule that asks for headers or parameters left out"]);
  });

  it.each([
    ["a path", `[{ matches: [{ path: { value: / } }], backendRefs: ${two} }]`, [quarter]],
    ["a header or anything", `[{ matches: [{ headers: [{}] }, {}], backendRefs: ${two} }]`, [quarter]],
    ["an empty list of headers", `[{ matches: [{ headers: [] }], backendRefs: ${two} }]`, [quarter]],
    ["a parameter", `[{ matches: [{ queryParams: [{}] }], backendRefs: ${two} }]`, []],
    ["no backend", "[{ filters: [] }, { backendRefs: [] }]", []],
    ["one backend", "[{ backendRefs: [{ name: a }] }]", [[{ backend: "a", percent: 100 }]]],
    [
      "no weight at all",
      "[{ backendRefs: [{ name: a, weight: 0 }, { name: b, weight: 0 }] }]",
      [
        [
          { backend: "a", percent: 0 },
          { backend: "b", percent: 0 },
        ],
      ],
    ],
    ["no rules", "", []],
  ])("reads a rule with %s", (_name, rules, expected) => {
    expect(splits(rules)).toEqual(expected);
  });

  it.each([
    ["half a weight", "[{ backendRefs: [{ name: a, weight: 0.5 }] }]", "bad-value", "weight"],
    ["a negative weight", "[{ backendRefs: [{ name: a, weight: -1 }] }]", "bad-value", "weight"],
    ["a weight that is text", "[{ backendRefs: [{ name: a, weight: '1' }] }]", "bad-shape", "weight"],
    ["a backend without a name", "[{ backendRefs: [{ weight: 1 }] }]", "bad-shape", "backendRefs[0].name"],
    ["rules that are no list", "{}", "bad-shape", "spec.rules"],
  ])("refuses %s", (_name, rules, code, part) => {
    expect(refusal(route(rules))).toMatchObject({ code, format: "gateway-api", message: expect.stringContaining(part) });
  });
});
