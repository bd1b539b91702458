import { absentField } from "../absent-field.ts";
import { defineCriterion } from "../define-criterion.ts";
import { documentPlace } from "../document-place.ts";
import { textField, textsField } from "../fields.ts";
import { listSome } from "../list-some.ts";
import { durationDays } from "../time.ts";
import type { Finding, ReadDocument } from "../types.ts";
import { vendorNames } from "../vendor-names.ts";
import { plural, quoted } from "../words.ts";

export default defineCriterion({
  id: "legal-privacy-architecture",
  gate: "governance",
  title: "Legal, privacy and architecture have cleared it",
  asks: [
    "What data is processed, where, how long, on what legal basis and by whom.",
    "Every processor has a vendor record.",
    "The architecture decision is recorded and accepted.",
    "Legal or privacy calls the processing lawful and proportionate; architecture calls the design acceptable.",
  ],
  suppliers: ["legal-privacy", "architecture"],
  places: ["legal-privacy.md", "architecture.md"],
  remedy: "Write `legal-privacy.md` and `architecture.md` in the documents folder and let the two roles approve them.",
  example: {
    path: "docs/readiness/legal-privacy.md",
    content: `---
status: approved
owner: "@octo-lea"
reviewed: 2026-10-01
review-by: 2027-04-01
data-categories: [personal]
regions: [eu-west-1]
retention: P90D
legal-basis: contract
processors: [openai]
---

## Purpose

Drafts of answers to questions of our customers; a person sends them.

## Data flow

Ticket text goes to the model through our gateway, which removes names and numbers first.

## Necessity and proportionality

The ticket text is needed to answer it; nothing else is sent.

## Risks and measures

Names can slip through the filter: a sample is read every week.
`,
  },
  needs: { documents: ["legal-privacy", "architecture"], optionalDocuments: ["vendor"], policy: ["documents", "models"] },
  decisions: [
    { role: "legal-privacy", question: "Is the processing lawful and proportionate?", declaration: { document: "legal-privacy" } },
    { role: "architecture", question: "Is the architecture acceptable?", declaration: { document: "architecture" } },
  ],
  judge({ documents, policy }) {
    const [legal] = documents["legal-privacy"];
    const [architecture] = documents.architecture;
    const processors = [...new Set(textsField(legal.frontMatter, "processors").map(fold))];
    const vendors = new Set(documents.vendor.flatMap(vendorNames));
    const without = processors.filter((processor) => !vendors.has(processor));
    const decision = judgeDecision(architecture);
    return {
      summary: `${plural(processors.length, "processor")}, ${without.length === 0 ? "each with a vendor record" : `${without.length} without a vendor record`}; architecture decision ${decision.words}`,
      findings: [
        ...fieldFindings(legal),
        ...processorFindings(legal),
        ...vendorFindings(legal, without, policy.documents),
        ...unnamedProviders(
          legal,
          processors,
          policy.models.map(({ provider }) => provider),
        ),
        ...decision.findings,
      ],
    };
  },
});

const fold = (name: string) => name.trim().toLowerCase();

/** Values that are there and say nothing. */
function fieldFindings(legal: ReadDocument): Finding[] {
  const { frontMatter } = legal;
  const findings: Finding[] = [];
  // An empty list says that no category of personal data is processed: an answer, and for people to judge.
  if (!Array.isArray(frontMatter["data-categories"]))
    findings.push(...absentField(legal, "data-categories", "which categories of data are processed"));
  if (textsField(frontMatter, "regions").length === 0)
    findings.push(...absentField(legal, "regions", "in which regions the data is processed"));
  if (textField(frontMatter, "legal-basis") === undefined)
    findings.push(...absentField(legal, "legal-basis", "on what legal basis the data is processed"));
  const retention = textField(frontMatter, "retention");
  if (retention === undefined || durationDays(retention) === undefined) {
    findings.push(
      ...absentField(
        legal,
        "retention",
        "how long the data is kept as an ISO 8601 duration",
        `Set \`retention\` in ${legal.path} to a duration such as P90D.`,
      ),
    );
  }
  return findings;
}

function processorFindings(legal: ReadDocument): Finding[] {
  const value = legal.frontMatter["processors"];
  if (!Array.isArray(value))
    return absentField(
      legal,
      "processors",
      "who processes the data",
      `List every processor under \`processors\` in ${legal.path}; \`[]\` says that there is none.`,
    );
  if (textsField(legal.frontMatter, "processors").length === value.length) return [];
  return [
    {
      state: "not-met",
      ...documentPlace(legal, "processors"),
      text: `${legal.path} lists a processor that is not a name.`,
      remedy: `Write the names of the processors under \`processors\` in ${legal.path}, each as text.`,
      roles: ["legal-privacy"],
    },
  ];
}

function vendorFindings(legal: ReadDocument, without: readonly string[], folder: string): Finding[] {
  if (without.length === 0) return [];
  const verb = without.length === 1 ? "is a processor and has" : "are processors and have";
  const first = without[0] ?? "";
  const file = /^[a-z0-9][a-z0-9._-]{0,60}$/.test(first) ? `${folder}/vendors/${first}.md` : `${folder}/vendors/<name>.md`;
  return [
    {
      state: "missing",
      ...documentPlace(legal, "processors"),
      text: `${listSome(without)} ${verb} no vendor record.`,
      remedy: `Write ${file}; \`pilotgate explain vendor-terms\` shows an example.`,
      roles: ["legal-privacy", "product-owner"],
    },
  ];
}

/** Whoever serves a model sees the data; whether that makes it a processor is for people to say. */
function unnamedProviders(legal: ReadDocument, processors: readonly string[], providers: readonly string[]): Finding[] {
  const unnamed = [...new Set(providers.map(fold))].filter((provider) => !processors.includes(provider));
  if (unnamed.length === 0) return [];
  return [
    {
      state: "note",
      ...documentPlace(legal, "processors"),
      text: `The policy's models are served by ${listSome(unnamed)}, not listed among the processors.`,
    },
  ];
}

/**
 * `decision` of the front matter, the status of a MADR record, or the text of a Nygard record's section "Status"; `approved` as status
 * speaks of the document only. All that is said must say "accepted".
 */
function judgeDecision(architecture: ReadDocument): { words: string; findings: Finding[] } {
  const { frontMatter, sections, path } = architecture;
  const status = textField(frontMatter, "status")?.toLowerCase();
  const section = sections.find(({ title }) => title.trim().toLowerCase() === "status")?.text.trim();
  const said: { text: string; key: string }[] = [
    { text: textField(frontMatter, "decision") ?? "", key: "decision" },
    { text: status === "approved" || status === "draft" ? "" : (status ?? ""), key: "status" },
    { text: section?.split("\n")[0] ?? "", key: "status" },
  ].filter(({ text }) => text !== "");
  if (said.length === 0) {
    const remedy = `Set \`decision: accepted\` in ${path} once the decision stands.`;
    return {
      words: "not recorded",
      findings: absentField(architecture, "decision", "whether the decision was accepted", remedy).map(withRole),
    };
  }
  const open = said.find(({ text }) => !isAccepted(text));
  if (!open) return { words: "accepted", findings: [] };
  return {
    words: "not accepted",
    findings: [
      withRole({
        state: "not-met",
        ...documentPlace(architecture, open.key),
        text: `The architecture decision in ${path} is not accepted: it says ${quoted(open.text)}.`,
        remedy: `Bring the decision in ${path} to an end and set \`decision: accepted\`.`,
      }),
    ],
  };
}

/** `Accepted, supersedes 3` stands; `Accepted, superseded by 9` does not. */
function isAccepted(text: string): boolean {
  return /^[*_`\s]*(?:accepted|approved)\b/i.test(text) && !/superseded|deprecated|rejected|withdrawn/i.test(text);
}

function withRole(finding: Finding): Finding {
  return { ...finding, roles: ["architecture"] };
}
