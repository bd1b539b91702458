import { absentField } from "./absent-field.ts";
import { documentPlace } from "./document-place.ts";
import { recordsField, textField } from "./fields.ts";
import type { Finding, ReadDocument } from "./types.ts";
import { quoted } from "./words.ts";

/** Clauses of the security policy as the model selection answers them: each once, met, with evidence that is there. */
export function judgeClauses(
  document: ReadDocument,
  exists: (path: string) => boolean,
): { met: number; total: number; findings: Finding[] } {
  const place = documentPlace(document, "policy-clauses");
  const value = document.frontMatter["policy-clauses"];
  const total = Array.isArray(value) ? value.length : 0;
  const clauses = recordsField(document.frontMatter, "policy-clauses");
  if (total === 0) {
    return { met: 0, total, findings: absentField(document, "policy-clauses", "how it meets the clauses of the security policy") };
  }
  const findings: Finding[] = [];
  const seen = new Set<string>();
  let met = 0;
  for (const clause of clauses) {
    const id = clause["id"];
    const name = typeof id === "number" ? String(id) : textField(clause, "id");
    const problem =
      name === undefined ? { state: "missing" as const, text: "A policy clause has no id." } : clauseProblem(name, clause, seen, exists);
    if (name !== undefined) seen.add(fold(name));
    if (problem)
      findings.push({
        ...place,
        ...problem,
        remedy: "Answer each clause once with `answer: met` and evidence: words, or the path of a file in this repository.",
      });
    else met += 1;
  }
  if (clauses.length < total)
    findings.push({
      state: "not-met",
      ...place,
      text: "A policy clause is not a record of id, answer and evidence.",
      remedy: "Write each clause as `{ id, answer, evidence }`.",
    });
  return { met, total, findings };
}

function clauseProblem(
  name: string,
  clause: Readonly<Record<string, unknown>>,
  seen: ReadonlySet<string>,
  exists: (path: string) => boolean,
): { state: "not-met" | "missing"; text: string } | undefined {
  if (seen.has(fold(name))) return { state: "not-met", text: `The clause ${quoted(name)} is answered twice.` };
  const answer = textField(clause, "answer");
  if (answer === undefined) return { state: "missing", text: `The clause ${quoted(name)} has no answer.` };
  if (fold(answer) !== "met") return { state: "not-met", text: `The clause ${quoted(name)} is answered with ${quoted(answer)}.` };
  const evidence = textField(clause, "evidence");
  if (evidence === undefined) return { state: "missing", text: `The clause ${quoted(name)} has no evidence.` };
  if (!isPath(evidence) || exists(evidence.replace(/[#?].*$/, "").replace(/^\.\//, ""))) return undefined;
  return { state: "missing", text: `The evidence of the clause ${quoted(name)} is not there: ${quoted(evidence)}.` };
}

/** One word with a slash or a known ending is a path of this repository; an address or a sentence is not. */
function isPath(evidence: string): boolean {
  if (/\s/.test(evidence) || /^[a-z][a-z0-9+.-]*:/i.test(evidence)) return false;
  return evidence.includes("/") || /\.(?:md|pdf|json|ya?ml|csv|txt|xml|html?|docx?|xlsx?|png|tf)(?:[#?].*)?$/i.test(evidence);
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
