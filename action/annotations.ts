import { isOpen, nextStep, sentence, stateWords } from "../src/report/phrases.ts";
import type { CriterionReport } from "../src/shapes/report.ts";
import type { Annotation } from "./commands.ts";
import type { Guarding } from "./blocking.ts";

/** GitHub shows so many of each level for a step. */
const SHOWN = 10;
const PLACES = 3;

/**
 * What holds the gates that count here, on the files at fault: an error where it fails the job, a notice where it is only unseen, else a
 * warning. `isFile` tells which paths are in the checkout.
 */
export function toAnnotations(
  counting: readonly Guarding[],
  blocking: readonly Guarding[],
  isFile: (path: string) => boolean,
  several: boolean,
): Annotation[] {
  const all = counting.flatMap(({ system, gate }) => {
    const blocks = blocking.some((one) => one.system === system && one.gate.id === gate.id);
    return gate.criteria.filter(isOpen).flatMap((criterion) => {
      const level = criterion.unseen.length > 0 ? "notice" : blocks ? "error" : "warning";
      const title = `${several ? `${system}/` : ""}${criterion.id}: ${stateWords[criterion.state]}`;
      return placesOf(criterion, isFile).map((place): Annotation => ({ level, title, ...place }));
    });
  });
  return (["error", "warning", "notice"] as const).flatMap((level) => capped(all.filter((one) => one.level === level)));
}

function placesOf(criterion: CriterionReport, isFile: (path: string) => boolean): Pick<Annotation, "message" | "place">[] {
  const found = criterion.details.flatMap(({ state, path, line, text, remedy, roles }) => {
    if (state === "note" || path === null || !isFile(path)) return [];
    return [{ message: toMessage(text, remedy, roles), place: { file: path, ...(line === null ? {} : { line }) } }];
  });
  if (found.length > 0) return found.slice(0, PLACES);
  const next = nextStep(criterion);
  return [{ message: toMessage(criterion.summary, next?.text ?? null, next?.roles ?? []) }];
}

function toMessage(text: string, remedy: string | null, roles: readonly string[]): string {
  if (remedy === null) return sentence(text);
  return `${sentence(text)} Next${roles.length === 0 ? "" : ` (${roles.join(", ")})`}: ${sentence(remedy)}`;
}

function capped(annotations: readonly Annotation[]): Annotation[] {
  const [first] = annotations;
  if (first === undefined || annotations.length <= SHOWN) return [...annotations];
  const message = `${annotations.length - SHOWN + 1} more are in the job's summary.`;
  return [...annotations.slice(0, SHOWN - 1), { level: first.level, title: "Pilotgate", message }];
}
