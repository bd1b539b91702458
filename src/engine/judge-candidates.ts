import { documentPlace } from "./document-place.ts";
import { recordsField, textField } from "./fields.ts";
import { isDeclaredModel } from "./measurement-origin.ts";
import { namedEvaluation } from "./named-evaluation.ts";
import type { FileEvidence, Finding, FindingState, ReadDocument } from "./types.ts";
import { figure, plural, quoted } from "./words.ts";

interface AskedCandidates {
  wanted: number;
  risk: "low" | "medium" | "high";
  referenced: (path: string) => FileEvidence | undefined;
}

/** Candidates that count were evaluated, each on its own model and all on the same data. Where none is asked for, gaps only inform. */
export function judgeCandidates(
  document: ReadDocument,
  chosen: string | undefined,
  { wanted, risk, referenced }: AskedCandidates,
): { evaluated: number; findings: Finding[] } {
  const place = documentPlace(document, "candidates");
  const state = (asked: FindingState): FindingState => (wanted > 0 ? asked : "note");
  const findings: Finding[] = [];
  const evaluated = new Set<string>();
  const digests = new Set<string>();
  let unbound = 0;
  for (const candidate of recordsField(document.frontMatter, "candidates")) {
    const model = textField(candidate, "model");
    if (model === undefined) {
      findings.push({
        state: state("missing"),
        ...place,
        text: `A candidate in ${document.path} names no model.`,
        remedy: "Name the model of each candidate.",
      });
      continue;
    }
    const named = namedEvaluation(model, textField(candidate, "evaluation"), referenced);
    if (!named.ok) {
      findings.push({ state: state("missing"), ...place, text: named.text, remedy: named.remedy });
      continue;
    }
    const { model: measured, data } = named.origin;
    if (measured !== undefined && !isDeclaredModel(measured, [model])) {
      findings.push({
        state: state("not-met"),
        ...place,
        text: `The evaluation of ${quoted(model)} was measured on ${quoted(measured)}.`,
        remedy: `Name under \`evaluation\` the result of ${quoted(model)}.`,
      });
      continue;
    }
    evaluated.add(fold(model));
    if (data === undefined) unbound += 1;
    else digests.add(fold(data));
  }
  if (evaluated.size < wanted) {
    findings.push({
      state: evaluated.size === 0 ? "missing" : "not-met",
      ...place,
      text: `${plural(evaluated.size, "candidate")} evaluated; ${figure(wanted)} are asked for.`,
      remedy: "Evaluate another candidate on the same data and list it under `candidates`.",
    });
  }
  if (digests.size > 1) {
    findings.push({
      state: state("not-met"),
      ...place,
      text: `The candidates were evaluated on ${figure(digests.size)} different sets of data.`,
      remedy: "Evaluate all candidates on the same data.",
    });
  } else if (unbound > 0 && evaluated.size > 1) {
    findings.push({
      state: risk === "high" ? state("inconclusive") : "note",
      ...place,
      text: `${plural(unbound, "evaluation does", "evaluations do")} not say on which data, so whether all had the same is not known.`,
      remedy: "Add `data: sha256:…` to the `.evidence.yml` file beside each evaluation.",
    });
  }
  if (chosen !== undefined && evaluated.size > 0 && !evaluated.has(fold(chosen))) {
    findings.push({
      state: state("not-met"),
      ...place,
      text: `The chosen model is none of the evaluated candidates.`,
      remedy: `Evaluate ${quoted(chosen)} like the others and list it under \`candidates\`.`,
    });
  }
  return { evaluated: evaluated.size, findings };
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
