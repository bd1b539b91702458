import { describe, expect, it } from "@jest/globals";
import { canonicalJson, fragmentDigest } from "../../src/policy/canonical.ts";
import { policyDigest, resolvePolicy } from "../../src/policy/resolve.ts";
import { criterionIds } from "../../src/shapes/vocabulary.ts";
import { fullPolicy, organizationPolicy, policyFrom, smallPolicy } from "./examples.ts";

const resolved = (text: string) => resolvePolicy(policyFrom(text));

describe("resolvePolicy", () => {
  it("fills every default", () => {
    const [system] = resolved(smallPolicy).systems;
    expect(system).toEqual({
      id: "bot",
      name: "bot",
      risk: "low",
      paths: ["**"],
      documents: "docs/readiness",
      relevantPaths: [],
      architecture: { retrieval: false, tools: false, public: false },
      models: [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }],
      fingerprint: { prompts: [], guardrails: [], retrieval: [] },
      roles: {},
      integrations: [],
      stages: [],
      severities: { critical: ["critical", "page", "sev1", "p1"] },
      gates: {
        governance: {
          branches: ["~DEFAULT_BRANCH"],
          environments: [],
          enforcement: "enforce",
          enforceFrom: null,
          onHold: "reject",
          waitDays: 7,
        },
        infrastructure: {
          branches: ["release/**"],
          environments: ["staging"],
          enforcement: "enforce",
          enforceFrom: null,
          onHold: "reject",
          waitDays: 7,
        },
        rollout: { branches: [], environments: ["production"], enforcement: "enforce", enforceFrom: null, onHold: "reject", waitDays: 7 },
      },
      criteria: Object.fromEntries(
        criterionIds.map((id) => [id, { evidence: [], format: null, thresholds: {}, columns: {}, scale: null }]),
      ),
      notApplicable: [],
      waivers: [],
      schedule: { governance: 4, infrastructure: 9, rollout: 13 },
      decisions: { remindAfterDays: 10 },
    });
  });

  it("gives several systems a folder each and cleans what is written", () => {
    const { systems } = resolved(`${smallPolicy}  - { id: b, risk: low, models: [], documents: docs/b/ }\n`);
    expect(systems.map(({ documents }) => documents)).toEqual(["docs/readiness/bot", "docs/b"]);
  });

  it("keeps guards as written and adds the canary's own environment once", () => {
    const gates = (lines: string) => resolved(`${smallPolicy}    ${lines}\n`).systems[0]?.gates;
    expect(gates("gates: { rollout: { branches: [main] } }")?.rollout).toMatchObject({ branches: ["main"], environments: [] });
    expect(gates("gates: { rollout: { onHold: wait } }")?.rollout).toMatchObject({
      branches: [],
      environments: ["production"],
      onHold: "wait",
    });
    expect(gates("stages: [{ environment: canary, trafficPercent: 10 }]")?.infrastructure.environments).toEqual(["staging", "canary"]);
    const full = resolved(fullPolicy).systems[0];
    expect(full?.gates.infrastructure.environments).toEqual(["staging", "production-canary"]);
  });

  it("makes a list of a single source", () => {
    const criteria = resolved(fullPolicy).systems[0]?.criteria;
    expect(criteria?.["load-test"].evidence).toEqual([{ artifact: { workflow: ".github/workflows/load-test.yml", name: "load-test" } }]);
    expect(criteria?.guardrails.evidence).toHaveLength(2);
    expect(criteria?.["user-satisfaction"]).toMatchObject({ scale: "1-5", format: "survey-csv", columns: { score: "csat" } });
  });

  it("has no systems for an organisation", () => {
    expect(resolvePolicy(policyFrom(organizationPolicy, "organization")).systems).toEqual([]);
  });

  it("gives one digest whether a default is written or not, and another for every other value", () => {
    const digest = (text: string) => policyDigest(resolved(text));
    expect(digest(smallPolicy)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(
      digest(`${smallPolicy}    paths: ["**"]\n    schedule: { rollout: 13 }\n    gates: { rollout: { enforcement: enforce } }\n`),
    ).toBe(digest(smallPolicy));
    expect(digest(smallPolicy.replace("low", "high"))).not.toBe(digest(smallPolicy));
  });
});

describe("canonicalJson", () => {
  it("sorts keys, keeps lists, leaves out what is not set", () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: "ü\n" }, e: undefined })).toBe('{"a":{"c":"ü\\n","d":null},"b":[2,1]}');
    expect(canonicalJson({ "\u20ac": 1, "\ud83d\ude00": 2, a: 3, A: 4 })).toBe('{"A":4,"a":3,"€":1,"😀":2}');
    expect(canonicalJson([1e21, 0.1, -0, 1e-7])).toBe("[1e+21,0.1,0,1e-7]");
  });

  it("refuses what JSON cannot say", () => {
    for (const value of [Number.NaN, Infinity, () => 1, { a: Symbol("x") }]) expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it("digests equal values alike", () => {
    expect(fragmentDigest({ a: 1, b: 2 })).toBe(fragmentDigest({ b: 2, a: 1 }));
    expect(fragmentDigest({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});
