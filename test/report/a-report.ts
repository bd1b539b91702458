import type { CriterionReport, GateReport, Report, SystemReport } from "../../src/shapes/report.ts";
import { gateIds, gateTitles, type CriterionId, type GateId } from "../../src/shapes/vocabulary.ts";

/* Hand-written reports for the tests of this room: every field set, each open to an override. */

const titles: Record<CriterionId, string> = {
  "legal-privacy-architecture": "Legal, privacy and architecture reviews completed",
  "model-selection": "Model selected against the security policy",
  "business-baseline": "Business metrics defined with a baseline",
  "pilot-performance": "Pilot performance shown on representative data",
  "model-registry": "Model registry with version history",
  "vendor-terms": "Vendor terms cover production",
  observability: "Observability and alerts in place",
  guardrails: "Guardrails tested against attacks",
  "human-review": "Human review for high-stakes outputs",
  "load-test": "Load test completed at 2x expected peak traffic",
  "output-logging": "Outputs logged for audit",
  escalation: "Escalation path documented and exercised",
  "canary-stability": "Canary stable for 72 hours at 10 percent",
  "user-satisfaction": "User satisfaction above the threshold",
  "business-impact": "Business metric moves as targeted",
  "support-readiness": "Support team trained and staffed",
};

export function aCriterion(id: CriterionId, fields: Partial<CriterionReport> = {}): CriterionReport {
  return {
    id,
    title: titles[id],
    state: "met",
    level: "E2",
    summary: `${id} is as asked`,
    findings: [],
    details: [],
    deviations: [],
    waiver: null,
    decision: null,
    decisions: [],
    unseen: [],
    remedy: null,
    evidence: [],
    ...fields,
  };
}

export function aGate(id: GateId, criteria: CriterionReport[], fields: Partial<GateReport> = {}): GateReport {
  const open = criteria.some(({ state }) => !["met", "waived", "not-applicable"].includes(state));
  return {
    id,
    title: gateTitles[id],
    verdict: open ? "hold" : "pass",
    enforcement: "enforce",
    enforceFrom: null,
    entry: "open",
    blockedBy: [],
    holds: [],
    questions: [],
    criteria,
    ...fields,
  };
}

export function aSystem(gates: GateReport[], fields: Partial<SystemReport> = {}): SystemReport {
  return {
    id: "support-assistant",
    name: "Support assistant",
    risk: "high",
    verdict: gates.some((gate) => gate.verdict === "hold") ? "hold" : "pass",
    week: 12,
    due: "rollout by the end of week 13",
    schedule: {
      started: "2026-09-07",
      milestones: [
        { id: "governance", week: 4, date: "2026-10-04" },
        { id: "infrastructure", week: 9, date: "2026-11-08" },
        { id: "rollout", week: 13, date: "2026-12-06" },
        { id: "broad-release", week: 14, date: "2026-12-13" },
      ],
    },
    fingerprint: `sha256:${"f".repeat(64)}`,
    gates,
    signals: [],
    ...fields,
  };
}

export function aReport(systems: SystemReport[], fields: Partial<Report> = {}): Report {
  return {
    schema: "pilotgate/report/v1",
    toolVersion: "1.0.0",
    at: "2026-11-23T09:00:00Z",
    commit: "3f9c2d1e5b7a9c0d1e2f3a4b5c6d7e8f90a1b2c3",
    policyDigest: `sha256:${"a".repeat(64)}`,
    facts: "none",
    verdict: systems.some((system) => system.verdict === "hold") ? "hold" : "pass",
    systems,
    ...fields,
  };
}

const byGate: Record<GateId, CriterionId[]> = {
  governance: ["legal-privacy-architecture", "model-selection", "business-baseline", "pilot-performance", "model-registry", "vendor-terms"],
  infrastructure: ["observability", "guardrails", "human-review", "load-test", "output-logging", "escalation"],
  rollout: ["canary-stability", "user-satisfaction", "business-impact", "support-readiness"],
};

/** All three gates, every criterion met but those given. */
export function gatesWith(
  changed: Partial<Record<CriterionId, Partial<CriterionReport>>>,
  gates: Partial<Record<GateId, Partial<GateReport>>> = {},
): GateReport[] {
  return gateIds.map((id) =>
    aGate(
      id,
      byGate[id].map((criterion) => aCriterion(criterion, changed[criterion])),
      gates[id],
    ),
  );
}

const peak = {
  role: "product-owner" as const,
  question: "Is the peak credible?",
  command: "/pilotgate sign-off load-test",
  digest: null,
};

/** A system that is held as systems usually are. */
export function heldReport(): Report {
  const gates = gatesWith(
    {
      "legal-privacy-architecture": {
        state: "needs-decision",
        level: "E1",
        summary: "legal-privacy.md waits for an approval of its present content",
        decision: {
          role: "legal-privacy",
          question: "Is it lawful and proportionate?",
          command: "/pilotgate sign-off legal-privacy-architecture",
          digest: null,
        },
        remedy: {
          summary: "Ask for the review",
          roles: ["legal-privacy"],
          paths: ["docs/readiness/legal-privacy.md"],
          docs: "docs/criteria/legal-privacy-architecture.md",
        },
      },
      "vendor-terms": { state: "not-applicable", level: null, summary: "self-hosted weights, no vendor" },
      "load-test": {
        state: "not-met",
        level: "E3",
        summary: "61.2 requests/s sustained; 2x the expected peak of 40 is 80",
        findings: [
          "61.2 requests/s sustained; 2x the expected peak of 40 is 80",
          "p95 is 2,140 ms; 1,800 ms are asked for",
          "20 minutes at load; 60 are asked for",
          "measured on another prompt than the one in this commit",
        ],
        decision: peak,
        decisions: [peak],
        deviations: ["load is proven at 1.5x the expected peak; the framework says 2x (set in policy)"],
        remedy: {
          summary: "Run the load test at 80 requests/s for 60 minutes and commit the result.",
          roles: ["sre"],
          paths: ["docs/readiness/evidence/load-test/"],
          docs: "docs/criteria/load-test.md",
        },
        evidence: [
          {
            source: "file",
            path: "docs/readiness/evidence/load-test/summary.json",
            digest: `sha256:${"b".repeat(64)}`,
            format: "k6-summary",
            level: "E1",
          },
        ],
      },
      escalation: {
        state: "stale",
        summary: "stop switch last exercised 2026-05-02; 90 days are the most",
        remedy: {
          summary: "Exercise the stop switch and note the date in escalation.md.",
          roles: ["sre", "product-owner"],
          paths: [],
          docs: "docs/criteria/escalation.md",
        },
      },
      "canary-stability": {
        state: "missing",
        level: null,
        summary: "no deployment to production-canary is known",
        remedy: {
          summary: "Deploy to production-canary at 10 percent.",
          roles: ["sre"],
          paths: [],
          docs: "docs/criteria/canary-stability.md",
        },
      },
      "user-satisfaction": {
        state: "waived",
        summary: "no survey export found",
        waiver: { until: "2026-12-15", reason: "survey tool migration", approvedBy: "@octo-mia" },
      },
    },
    {
      infrastructure: {
        questions: [{ role: "sre", question: "Can you detect, contain and switch off at 03:00 without the authors?" }],
        holds: [{ role: "security", by: "octo-kim", at: "2026-11-20T10:00:00Z", reason: "waiting for the second red team" }],
      },
      rollout: { enforcement: "warn", enforceFrom: "2026-12-01", entry: "closed", blockedBy: ["governance", "infrastructure"] },
    },
  );
  const signals: SystemReport["signals"] = [
    {
      id: "adoption-vacuum",
      summary: "no training record and no note on changed work",
      remedy: "Write adoption.md with the training that users get.",
    },
  ];
  return aReport([aSystem(gates, { signals })]);
}

export function passingReport(): Report {
  return aReport([aSystem(gatesWith({}), { due: null })], { facts: "file" });
}

const HOSTILE =
  "\u001B[32mPASS\u001B[0m @octocat #1 <img src=x> [a](https://evil.example) `x` | \u202Etxt\u202C\r\n# all met <!-- pilotgate -->";

/** Puts the text into every place of a report that a stranger can write to. */
export function withForeignText(report: Report, text: string): Report {
  const criterion = (original: CriterionReport): CriterionReport => ({
    ...original,
    summary: text,
    findings: original.findings.map((_, index) => `${index} ${text}`),
    deviations: original.deviations.map(() => text),
    waiver: original.waiver && { ...original.waiver, reason: text, approvedBy: text },
    remedy: original.remedy && { ...original.remedy, summary: text, paths: [text] },
    evidence: original.evidence.map((file) => ({ ...file, path: text, format: text })),
  });
  return {
    ...report,
    systems: report.systems.map((system) => ({
      ...system,
      name: text,
      gates: system.gates.map((gate) => ({
        ...gate,
        holds: gate.holds.map((hold) => ({ ...hold, by: text, reason: text })),
        criteria: gate.criteria.map(criterion),
      })),
      signals: system.signals.map((signal) => ({ ...signal, summary: text, remedy: text })),
    })),
  };
}

export function hostileReport(): Report {
  return withForeignText(heldReport(), HOSTILE);
}
