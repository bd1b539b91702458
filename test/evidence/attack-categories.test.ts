import { describe, expect, it } from "@jest/globals";
import { attackCategories, categoryOf, probesIn, standingOf, type RedTeamTool } from "../../src/evidence/attack-categories.ts";
import { owaspRisks } from "../../src/shapes/vocabulary.ts";

/** What each tool can run: the names that its own package or documentation lists. */
const known: Record<RedTeamTool, string> = {
  // Every plugin of promptfoo 0.121.20; those of 0.114.7 are among them.
  promptfoo: `
  aegis agentic:memory-poisoning ascii-smuggling beavertails bfla bias:age bias:disability bias:gender bias:race bola cca
  coding-agent:automation-poisoning coding-agent:delayed-ci-exfil coding-agent:generated-vulnerability
  coding-agent:network-egress-bypass coding-agent:procfs-credential-read coding-agent:repo-prompt-injection
  coding-agent:sandbox-read-escape coding-agent:sandbox-write-escape coding-agent:secret-env-read coding-agent:secret-file-read
  coding-agent:steganographic-exfil coding-agent:terminal-output-injection coding-agent:verifier-sabotage competitors contracts
  coppa cross-session-leak cyberseceval data-exfil debug-access divergent-repetition donotanswer ecommerce:compliance-bypass
  ecommerce:order-fraud ecommerce:pci-dss ecommerce:price-manipulation excessive-agency ferpa financial:calculation-error
  financial:compliance-violation financial:confidential-disclosure financial:counterfactual financial:data-leakage
  financial:defamation financial:hallucination financial:impartiality financial:japan-fiea-suitability financial:misconduct
  financial:sox-compliance financial:sycophancy goal-misalignment hallucination harmbench harmful:chemical-biological-weapons
  harmful:child-exploitation harmful:copyright-violations harmful:cybercrime harmful:cybercrime:malicious-code
  harmful:graphic-content harmful:harassment-bullying harmful:hate harmful:illegal-activities harmful:illegal-drugs
  harmful:illegal-drugs:meth harmful:indiscriminate-weapons harmful:insults harmful:intellectual-property
  harmful:misinformation-disinformation harmful:non-violent-crime harmful:privacy harmful:profanity harmful:radicalization
  harmful:self-harm harmful:sex-crime harmful:sexual-content harmful:specialized-advice harmful:unsafe-practices
  harmful:violent-crime harmful:weapons:ied hijacking imitation indirect-prompt-injection insurance:coverage-discrimination
  insurance:data-disclosure insurance:network-misinformation insurance:phi-disclosure intent mcp medical:anchoring-bias
  medical:fda:ai-disclosure medical:fda:cyber-access-control medical:fda:cyber-audit-tampering medical:hallucination
  medical:incorrect-knowledge medical:off-label-use medical:prioritization-error medical:sycophancy model-identification off-topic
  overreliance pharmacy:controlled-substance-compliance pharmacy:dosage-calculation pharmacy:drug-interaction pii:api-db
  pii:direct pii:session pii:social pliny policy politics prompt-extraction rag-document-exfiltration rag-poisoning
  rag-source-attribution rbac realestate:accessibility-discrimination realestate:advertising-discrimination
  realestate:discriminatory-listings realestate:fair-housing-discrimination realestate:lending-discrimination
  realestate:source-of-income realestate:steering realestate:valuation-bias reasoning-dos religion shell-injection
  special-token-injection sql-injection ssrf system-prompt-override teen-safety:age-restricted-goods-and-services
  teen-safety:dangerous-content teen-safety:dangerous-roleplay teen-safety:harmful-body-ideals telecom:accessibility-violation
  telecom:account-takeover telecom:billing-misinformation telecom:coverage-misinformation telecom:cpni-disclosure
  telecom:e911-misinformation telecom:fraud-enablement telecom:law-enforcement-request-handling telecom:location-disclosure
  telecom:porting-misinformation telecom:tcpa-violation telecom:unauthorized-changes tool-discovery toxic-chat unsafebench
  unverifiable-claims vlguard vlsu wordplay xstest`,
  // Modules of garak 0.16, and those that older versions called otherwise.
  garak: `
  agent_breaker ansiescape apikey atkgen audio av_spam_scanning badchars continuation dan divergence doctor donotanswer dra encoding
  exploitation fileformats fitd glitch goat goodside grandma image_scaling latentinjection leakreplay lmrc malwaregen misleading
  packagehallucination phrasing promptinject propile realtoxicityprompts sata smuggling snowball suffix sysprompt_extraction tap test
  topic visual_jailbreak web_injection gcg knownbadsignatures replay xss`,
  // Risk categories of azure-ai-evaluation, and the indirect attacks of its documentation.
  "azure-redteam": `
  hate-unfairness violence sexual self-harm protected-material code-vulnerability ungrounded-attributes prohibited-actions
  sensitive-data-leakage task-adherence xpia indirect-jailbreak indirect-attack`,
  // Vulnerabilities of DeepTeam, in our spelling.
  deepteam: `
  bias toxicity child-protection ethics fairness misinformation illegal-activity prompt-leakage pii-leakage bfla bola rbac debug-access
  shell-injection sql-injection ssrf path-traversal intellectual-property competition graphic-content personal-safety goal-theft
  recursive-hijacking robustness excessive-agency indirect-instruction tool-orchestration-abuse agent-identity-trust-abuse
  tool-metadata-poisoning unexpected-code-execution inter-agent-communication-compromise autonomous-agent-drift exploit-tool-agent
  external-system-abuse cross-context-retrieval system-reconnaissance hallucination xss shell-command-payload-emission
  sql-injection-payload-emission mcp-server-trust-exploitation`,
};
const tools = Object.keys(attackCategories) as RedTeamTool[];
const probesOf = (tool: RedTeamTool) => known[tool].trim().split(/\s+/);

describe("the table of attack categories", () => {
  it.each(tools)("places every probe of %s, so that one without a category is so by decision", (tool) => {
    expect(probesOf(tool).filter((probe) => standingOf(tool, probe) === undefined)).toEqual([]);
  });

  it.each(tools)("names each probe of %s once", (tool) => {
    const names = Object.values(attackCategories[tool]).flatMap((cell) => probesIn(cell));
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it.each(tools)("names nothing that %s does not have", (tool) => {
    const probes = [...probesOf(tool), "prompt-injection"];
    const names = Object.values(attackCategories[tool]).flatMap((cell) => probesIn(cell));
    const isReal = (name: string) => probes.some((probe) => probe === name || probe.startsWith(`${name}:`) || name.startsWith(`${probe}.`));
    expect(names.filter((name) => !isReal(name))).toEqual([]);
  });

  it.each(tools)("sorts those of %s under risks of the OWASP list alone, or none", (tool) => {
    const ids = new Set(probesOf(tool).flatMap((probe) => [categoryOf(tool, probe), categoryOf(tool, probe, true)]));
    expect([...ids].filter((id) => !id.startsWith("unmapped:") && !Object.hasOwn(owaspRisks, id))).toEqual([]);
  });

  it.each<[RedTeamTool, string, string]>([
    ["promptfoo", "pii:direct", "llm02"],
    ["promptfoo", "pii", "llm02"],
    ["promptfoo", "pii:anything:new", "llm02"],
    ["promptfoo", "harmful:privacy", "llm02"],
    ["promptfoo", "harmful:misinformation-disinformation", "llm09"],
    ["promptfoo", "harmful:illegal-drugs:meth", "unmapped:harmful:illegal-drugs:meth"],
    ["promptfoo", "harmbench", "unmapped:harmbench"],
    ["promptfoo", "prompt-extraction", "llm07"],
    ["promptfoo", "indirect-prompt-injection", "llm01"],
    ["promptfoo", "excessive-agency", "llm06"],
    ["promptfoo", "sql-injection", "llm05"],
    ["promptfoo", "rag-poisoning", "llm08"],
    ["promptfoo", "reasoning-dos", "llm10"],
    ["promptfoo", "financial:hallucination", "llm09"],
    ["promptfoo", "competitors", "unmapped:competitors"],
    ["promptfoo", "none", "unmapped:none"],
    ["promptfoo", "constructor", "unmapped:constructor"],
    ["promptfoo", "<b>x</b>", "unmapped:<b>x</b>"],
    ["garak", "latentinjection.LatentJailbreak", "llm01"],
    ["garak", "goodside.WhoIsRiley", "llm09"],
    ["garak", "goodside.Tag", "llm01"],
    ["garak", "goodside.Davidjl", "unmapped:goodside.Davidjl"],
    ["garak", "sysprompt_extraction.SystemPromptExtraction", "llm07"],
    ["garak", "lmrc.Profanity", "unmapped:lmrc.Profanity"],
    ["garak", "constructor.X", "unmapped:constructor.X"],
    ["azure-redteam", "code-vulnerability", "llm05"],
    ["azure-redteam", "violence", "unmapped:violence"],
    ["deepteam", "goal-theft", "llm07"],
  ])("puts %s %s under %s", (tool, probe, category) => {
    expect(categoryOf(tool, probe)).toBe(category);
  });

  it("takes a request for what must not be said for an attack only where it is wrapped in one", () => {
    expect(categoryOf("promptfoo", "harmful:hate", true)).toBe("llm01");
    expect(categoryOf("azure-redteam", "violence", true)).toBe("llm01");
    expect(categoryOf("deepteam", "toxicity", true)).toBe("llm01");
    expect(categoryOf("promptfoo", "pii:direct", true)).toBe("llm02");
    expect(categoryOf("promptfoo", "competitors", true)).toBe("unmapped:competitors");
  });

  it("bears a name without end", () => {
    expect(categoryOf("promptfoo", "pii:".repeat(5_000_000))).toMatch(/^unmapped:pii:pii:.*\.\.\.$/);
  });
});
