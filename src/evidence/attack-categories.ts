import type { AttackCategory } from "../shapes/measurements.ts";
import type { OwaspRisk } from "../shapes/vocabulary.ts";
import { nameOf } from "./fields.ts";

/**
 * What a probe stands for: a risk of the OWASP Top 10 for LLM applications (2025); `wrapped`, a request for what must not be said, which
 * attacks nothing when asked plainly and is prompt injection (`llm01`) when hidden in an attack on the prompt; or `none` of these.
 */
export type Standing = OwaspRisk | "wrapped" | "none";

/**
 * Names of probes by tool and standing, between blanks. Each probe stands once, under the risk that it is closest to; a name stands for all
 * that begin with it and a colon or a dot, unless a longer one is here too. A tool is added by adding a table.
 */
export const attackCategories = {
  /** Plugins of 0.114.7 and 0.121.20; by `metadata.pluginId`. https://www.promptfoo.dev/docs/red-team/plugins/ */
  promptfoo: {
    llm01: `ascii-smuggling cca coding-agent:repo-prompt-injection coding-agent:terminal-output-injection cyberseceval hijacking
      indirect-prompt-injection pliny prompt-injection special-token-injection system-prompt-override`,
    llm02: `coding-agent:delayed-ci-exfil coding-agent:procfs-credential-read coding-agent:secret-env-read coding-agent:secret-file-read
      coding-agent:steganographic-exfil cross-session-leak data-exfil ecommerce:pci-dss ferpa financial:confidential-disclosure
      financial:data-leakage harmful:privacy insurance:data-disclosure insurance:phi-disclosure pii telecom:cpni-disclosure
      telecom:location-disclosure`,
    llm04: "agentic:memory-poisoning",
    llm05: "coding-agent:generated-vulnerability debug-access shell-injection sql-injection ssrf",
    llm06: `bfla bola coding-agent:automation-poisoning coding-agent:network-egress-bypass coding-agent:sandbox-read-escape
      coding-agent:sandbox-write-escape coding-agent:verifier-sabotage ecommerce:order-fraud ecommerce:price-manipulation excessive-agency
      mcp medical:fda:cyber-access-control medical:fda:cyber-audit-tampering rbac telecom:account-takeover telecom:unauthorized-changes`,
    llm07: "prompt-extraction tool-discovery",
    llm08: "rag-document-exfiltration rag-poisoning",
    llm09: `financial:calculation-error financial:counterfactual financial:hallucination financial:sycophancy hallucination
      harmful:misinformation-disinformation harmful:specialized-advice insurance:network-misinformation medical:hallucination
      medical:incorrect-knowledge medical:sycophancy overreliance pharmacy:dosage-calculation pharmacy:drug-interaction
      rag-source-attribution telecom:billing-misinformation telecom:coverage-misinformation telecom:e911-misinformation
      telecom:porting-misinformation unverifiable-claims`,
    llm10: "divergent-repetition reasoning-dos",
    wrapped: `aegis beavertails bias donotanswer harmbench harmful intent policy teen-safety toxic-chat unsafebench vlguard vlsu wordplay`,
    none: `competitors contracts coppa ecommerce:compliance-bypass financial:compliance-violation financial:defamation
      financial:impartiality financial:japan-fiea-suitability financial:misconduct financial:sox-compliance goal-misalignment imitation
      insurance:coverage-discrimination medical:anchoring-bias medical:fda:ai-disclosure medical:off-label-use
      medical:prioritization-error model-identification off-topic pharmacy:controlled-substance-compliance politics realestate religion
      telecom:accessibility-violation telecom:fraud-enablement telecom:law-enforcement-request-handling telecom:tcpa-violation xstest`,
  },
  /** Modules of probes, and single probes that attack something else. https://reference.garak.ai/en/latest/probes.html */
  garak: {
    llm01: `audio badchars dan doctor dra encoding fitd gcg goat goodside.Tag grandma image_scaling latentinjection phrasing promptinject
      sata smuggling suffix tap visual_jailbreak`,
    llm02: "apikey divergence leakreplay propile replay",
    llm03: "fileformats",
    llm05: "ansiescape av_spam_scanning exploitation knownbadsignatures web_injection xss",
    llm06: "agent_breaker",
    llm07: "sysprompt_extraction",
    llm09: "goodside.WhoIsRiley misleading packagehallucination snowball",
    none: "atkgen continuation donotanswer glitch goodside lmrc malwaregen realtoxicityprompts test topic",
  },
  /** Risk categories; blanks and underscores read as hyphens. https://learn.microsoft.com/azure/ai-foundry/concepts/ai-red-teaming-agent */
  "azure-redteam": {
    llm01: "indirect-attack indirect-jailbreak xpia",
    llm02: "sensitive-data-leakage",
    llm05: "code-vulnerability",
    llm06: "prohibited-actions task-adherence",
    llm09: "ungrounded-attributes",
    wrapped: "hate-unfairness protected-material self-harm sexual violence",
  },
  /** Vulnerabilities; all but letters and digits reads as a hyphen. https://www.trydeepteam.com/docs/red-teaming-vulnerabilities */
  deepteam: {
    llm01: "indirect-instruction recursive-hijacking",
    llm02: "cross-context-retrieval pii-leakage",
    llm03: "mcp-server-trust-exploitation tool-metadata-poisoning",
    llm05: `debug-access path-traversal shell-command-payload-emission shell-injection sql-injection sql-injection-payload-emission ssrf
      unexpected-code-execution xss`,
    llm06: `agent-identity-trust-abuse autonomous-agent-drift bfla bola excessive-agency exploit-tool-agent external-system-abuse
      inter-agent-communication-compromise rbac tool-orchestration-abuse`,
    llm07: "goal-theft prompt-leakage system-reconnaissance",
    llm09: "hallucination misinformation",
    wrapped: `bias child-protection ethics fairness graphic-content illegal-activity intellectual-property personal-safety toxicity`,
    none: "competition robustness",
  },
} satisfies Record<string, Partial<Record<Standing, string>>>;

export type RedTeamTool = keyof typeof attackCategories;

/** Names of probes in a cell of the table. */
export function probesIn(names: string): string[] {
  return names.split(/\s+/);
}

const standings = new Map(Object.entries(attackCategories).map(([tool, table]) => [tool, byName(table)]));

function byName(table: Partial<Record<Standing, string>>): Map<string, string> {
  return new Map(Object.entries(table).flatMap(([standing, names]) => probesIn(names).map((name) => [name, standing] as const)));
}

/** No name in the table is as long; longer ones are not looked up piece by piece. */
const maxName = 80;

/** What the table says of a probe; undefined where it does not name it. */
export function standingOf(tool: RedTeamTool, probe: string): string | undefined {
  const known = standings.get(tool);
  if (probe.length > maxName) return undefined;
  for (let name = probe; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(":"), name.lastIndexOf(".")))) {
    const standing = known?.get(name);
    if (standing !== undefined) return standing;
  }
  return undefined;
}

/** `llm01` to `llm10`, or `unmapped:<probe>`. `isWrapped`: the probe was hidden in an attack on the prompt. */
export function categoryOf(tool: RedTeamTool, probe: string, isWrapped = false): AttackCategory {
  const standing = standingOf(tool, probe);
  if (standing === "wrapped") return isWrapped ? "llm01" : `unmapped:${nameOf(probe)}`;
  return standing === undefined || standing === "none" ? `unmapped:${nameOf(probe)}` : standing;
}
