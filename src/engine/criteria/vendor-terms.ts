import { defineCriterion } from "../define-criterion.ts";
import { listSome } from "../list-some.ts";
import { isSelfHosted } from "../self-hosted.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { vendorNames } from "../vendor-names.ts";
import { dpaFindings, exitFindings, priceFindings, priceRatio, quotaFindings, slaFindings, type VendorAsked } from "../vendor-record.ts";
import { figure, plural } from "../words.ts";

export default defineCriterion({
  id: "vendor-terms",
  gate: "governance",
  title: "Vendor terms that hold at production scale",
  asks: [
    "A record for every vendor that serves one of the policy's models.",
    "SLA: a number, the tier that was bought, a contract that still runs.",
    "Data processing agreement: signed, regions, retention, no training on our data.",
    "Quota of at least twice the expected peak, in requests and in tokens.",
    "Unit cost at 1x, 2x and 5x the volume, against what the pilot estimated.",
    "A way out: an alternative with an evaluation of its own, or a switch drill.",
  ],
  suppliers: ["product-owner", "legal-privacy"],
  places: ["vendors/"],
  remedy: "Write `vendors/<name>.md` in the documents folder for every vendor.",
  example: {
    path: "docs/readiness/vendors/openai.md",
    content: `---
status: approved
owner: "@octo-mia"
reviewed: 2026-10-01
review-by: 2027-04-01
vendor: openai
sla: { availability: 0.999, tier: enterprise, contract-until: 2027-12-31 }
dpa: { signed: 2026-08-14, regions: [eu-west-1], retention: P30D, trains-on-our-data: false }
rate-limits: { requests-per-minute: 6000, tokens-per-minute: 2000000 }
pricing: { currency: EUR, unit-cost: { 1x: 0.021, 2x: 0.020, 5x: 0.018 }, pilot-estimate: 0.015, as-of: 2026-10-01 }
exit: { alternative: mistral-large-2411, evaluation: docs/readiness/evidence/model-selection/mistral.json }
---

## Gaps

Support answers within four hours, not one.
`,
  },
  needs: { optionalDocuments: ["vendor"], policy: ["models", "traffic", "documents"] },
  decisions: [
    { role: "product-owner", question: "Is the residual gap in these vendor terms accepted?", declaration: { document: "vendor" } },
    {
      role: "legal-privacy",
      question: "Is the residual gap in this data processing agreement accepted?",
      declaration: { document: "vendor" },
    },
  ],
  judge({ at, thresholds, documents, policy, referenced }) {
    const records = documents.vendor;
    const providers = [...new Set(policy.models.map(({ provider }) => fold(provider)))];
    const outside = providers.filter((provider) => !isSelfHosted(provider));
    const known = new Set(records.flatMap(vendorNames));
    const without = outside.filter((provider) => !known.has(provider));
    const peak = policy.traffic?.expectedPeak;
    const asked = { at, thresholds, models: policy.models.map(({ model }) => model), peak, referenced };
    const ratios = records.flatMap((record) => priceRatio(record) ?? []);
    const ratio =
      ratios.length === 0
        ? "unit cost not known"
        : `unit cost up to ${figure(ratios.reduce((most, one) => Math.max(most, one), 0))} times the pilot's estimate`;
    return {
      summary: `${plural(records.length, "vendor record")} for ${plural(outside.length, "vendor")} of the policy's models; ${ratio}`,
      findings: [
        ...absentRecords(without, policy.documents),
        ...(records.length === 0 && providers.length === 0 ? [noVendor(policy.documents)] : []),
        ...exempt(providers),
        ...twice(records),
        ...(outside.length > 0 ? peakFindings(peak) : []),
        ...records.flatMap((record) =>
          recordFindings(record, { ...asked, serves: vendorNames(record).some((name) => outside.includes(name)) }),
        ),
      ],
    };
  },
});

const fold = (name: string) => name.trim().toLowerCase();

function recordFindings(record: ReadDocument, asked: VendorAsked): Finding[] {
  return [slaFindings, dpaFindings, quotaFindings, priceFindings, exitFindings].flatMap((judge) => judge(record, asked));
}

function absentRecords(without: readonly string[], folder: string): Finding[] {
  if (without.length === 0) return [];
  const first = without[0] ?? "";
  const path = `${folder}/vendors/${/^[a-z0-9][a-z0-9._-]{0,60}$/.test(first) ? first : "<name>"}.md`;
  const text = `${listSome(without)} ${without.length === 1 ? "serves a model and has" : "serve models and have"} no vendor record.`;
  return [{ state: "missing", path, text, remedy: `Write ${path}; \`pilotgate explain vendor-terms\` shows an example.` }];
}

function noVendor(folder: string): Finding {
  return {
    state: "missing",
    text: "The policy names no model, so nobody knows which vendors answer.",
    remedy: `Name the models in the policy and write a record for each vendor in ${folder}/vendors/.`,
  };
}

function exempt(providers: readonly string[]): Finding[] {
  const own = providers.filter(isSelfHosted);
  return own.length === 0 ? [] : [{ state: "note", text: `${listSome(own)} is no vendor: no terms are asked for.` }];
}

/** Two records of one vendor: the weaker one would be hidden behind the stronger one. */
function twice(records: readonly ReadDocument[]): Finding[] {
  const known = new Map<string, string>();
  const findings: Finding[] = [];
  for (const record of records) {
    for (const name of new Set(vendorNames(record))) {
      const other = known.get(name);
      if (other !== undefined)
        findings.push({
          state: "not-met",
          path: record.path,
          text: `${other} and ${record.path} are records of one vendor.`,
          remedy: "Keep one record for each vendor.",
        });
      known.set(name, record.path);
    }
  }
  return findings;
}

function peakFindings(peak: { requestsPerSecond: number; tokensPerMinute?: number } | undefined): Finding[] {
  const absent = peak === undefined ? "requests and tokens" : peak.tokensPerMinute === undefined ? "tokens" : undefined;
  if (absent === undefined) return [];
  return [
    {
      state: "missing",
      text: `The policy does not say the expected peak in ${absent}, so no quota can be compared with it.`,
      remedy: "Set `traffic.expectedPeak` in the policy: `requestsPerSecond` and `tokensPerMinute`.",
      roles: ["product-owner"],
    },
  ];
}
