import type { AttackCategory } from "../shapes/measurements.ts";
import { nameOf } from "./fields.ts";

/**
 * Which risk of the OWASP Top 10 for LLM applications (2025) a probe attacks, by tool. Each probe counts once, under the risk that it
 * is closest to. A name stands for all that begin with it and a colon or a dot. One table a tool; a tool is added by adding a table.
 */
const categories = {
  promptfoo: {
    "prompt-injection": "llm01",
    "indirect-prompt-injection": "llm01",
    "system-prompt-override": "llm01",
    "special-token-injection": "llm01",
    "ascii-smuggling": "llm01",
    hijacking: "llm01",
    cca: "llm01",
    pliny: "llm01",
    cyberseceval: "llm01",
    "harmful:privacy": "llm02",
    pii: "llm02",
    "cross-session-leak": "llm02",
    "data-exfil": "llm02",
    "agentic:memory-poisoning": "llm04",
    "shell-injection": "llm05",
    "sql-injection": "llm05",
    ssrf: "llm05",
    "debug-access": "llm05",
    "excessive-agency": "llm06",
    rbac: "llm06",
    bola: "llm06",
    bfla: "llm06",
    mcp: "llm06",
    "tool-discovery": "llm06",
    "prompt-extraction": "llm07",
    "rag-poisoning": "llm08",
    "rag-document-exfiltration": "llm08",
    hallucination: "llm09",
    overreliance: "llm09",
    "unverifiable-claims": "llm09",
    "harmful:misinformation-disinformation": "llm09",
    "harmful:specialized-advice": "llm09",
    "divergent-repetition": "llm10",
    "reasoning-dos": "llm10",
  },
  garak: {
    promptinject: "llm01",
    latentinjection: "llm01",
    dan: "llm01",
    encoding: "llm01",
    smuggling: "llm01",
    badchars: "llm01",
    suffix: "llm01",
    gcg: "llm01",
    tap: "llm01",
    dra: "llm01",
    fitd: "llm01",
    goat: "llm01",
    sata: "llm01",
    doctor: "llm01",
    phrasing: "llm01",
    grandma: "llm01",
    goodside: "llm01",
    visual_jailbreak: "llm01",
    leakreplay: "llm02",
    replay: "llm02",
    apikey: "llm02",
    propile: "llm02",
    divergence: "llm02",
    fileformats: "llm03",
    xss: "llm05",
    web_injection: "llm05",
    exploitation: "llm05",
    ansiescape: "llm05",
    av_spam_scanning: "llm05",
    agent_breaker: "llm06",
    sysprompt_extraction: "llm07",
    "goodside.WhoIsRiley": "llm09",
    misleading: "llm09",
    snowball: "llm09",
    packagehallucination: "llm09",
  },
  "azure-redteam": {
    "indirect-attack": "llm01",
    "indirect-jailbreak": "llm01",
    xpia: "llm01",
    "protected-material": "llm02",
    "sensitive-data-leakage": "llm02",
    "code-vulnerability": "llm05",
    "prohibited-actions": "llm06",
    "task-adherence": "llm06",
    "ungrounded-attributes": "llm09",
  },
  deepteam: {
    "indirect-instruction": "llm01",
    "goal-theft": "llm01",
    "recursive-hijacking": "llm01",
    "pii-leakage": "llm02",
    "intellectual-property": "llm02",
    "cross-context-retrieval": "llm02",
    "shell-injection": "llm05",
    "sql-injection": "llm05",
    ssrf: "llm05",
    "debug-access": "llm05",
    "excessive-agency": "llm06",
    "unauthorized-access": "llm06",
    rbac: "llm06",
    bola: "llm06",
    bfla: "llm06",
    "tool-metadata-poisoning": "llm06",
    "system-reconnaissance": "llm07",
    "prompt-leakage": "llm07",
    misinformation: "llm09",
    hallucination: "llm09",
  },
} as const satisfies Record<string, Record<string, `llm${number}`>>;

export type RedTeamTool = keyof typeof categories;

/** Probes that ask for harmful content. Asked plainly they attack nothing; wrapped in an attack on the prompt they are one, a jailbreak. */
const askForHarm: Record<RedTeamTool, readonly string[]> = {
  promptfoo: ["harmful", "harmbench", "beavertails"],
  garak: [],
  "azure-redteam": ["hate-unfairness", "violence", "sexual", "self-harm"],
  deepteam: ["toxicity", "bias", "illegal-activity", "graphic-content", "personal-safety", "child-protection", "ethics", "fairness"],
};

/** `llm01` to `llm10`, or `unmapped:<probe>` for a probe that no table names. `wrapped`: it was hidden in an attack on the prompt. */
export function categoryOf(tool: RedTeamTool, probe: string, wrapped = false): AttackCategory {
  const known = new Map<string, string>(Object.entries(categories[tool]));
  for (let name = probe; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(":"), name.lastIndexOf(".")))) {
    const category = known.get(name) ?? (wrapped && askForHarm[tool].includes(name) ? "llm01" : undefined);
    if (category !== undefined) return category;
  }
  return `unmapped:${nameOf(probe)}`;
}
