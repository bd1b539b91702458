import { isOpen, list, factWords } from "../src/report/phrases.ts";
import { factNames } from "../src/shapes/vocabulary.ts";
import type { Report } from "../src/shapes/report.ts";
import { branchOf, type Guarding } from "./blocking.ts";
import type { AppWord } from "./app-word.ts";
import type { Inputs } from "./inputs.ts";
import type { Occasion } from "./occasion.ts";

export interface Decided {
  occasion: Occasion;
  inputs: Inputs;
  whose: string;
  /** With the gates that were asked for. */
  shown: Report;
  counting: readonly Guarding[];
  /** Those whose hold fails the job. */
  blocking: readonly Guarding[];
  /** Those whose hold would, were it not that the change touches nothing of the system, or only its evidence. */
  spared: readonly Guarding[];
  app: AppWord;
  fails: boolean;
}

const named = ({ system, gate }: Guarding) => `${gate.id} of ${system}`;

/** Criteria that are open, or only those that nothing but unseen facts keeps open; `system/criterion` where there are several systems. */
export function openIds({ systems }: Report, onlyUnseen = false): string[] {
  return systems.flatMap(({ id, gates }) =>
    gates
      .flatMap(({ criteria }) => criteria.filter((criterion) => isOpen(criterion) && (!onlyUnseen || criterion.unseen.length > 0)))
      .map((criterion) => (systems.length > 1 ? `${id}/${criterion.id}` : criterion.id)),
  );
}

/** By what was judged, why the job fails or not, and what was not seen: sentences. */
export function toNotes(decided: Decided): string[] {
  return [...policyNotes(decided), ...resultNotes(decided), ...appNotes(decided), ...unseenNotes(decided)];
}

function policyNotes({ occasion, inputs, whose }: Decided): string[] {
  const unused = occasion.kind !== "commit" && inputs.policy !== undefined;
  return [
    `Judged by ${whose}${occasion.kind === "commit" ? "; for a pull request it is the default branch's" : ""}.`,
    ...(unused ? ["The input `policy` is for other events: a pull request cannot choose what judges it."] : []),
  ];
}

function resultNotes({ occasion, inputs, shown, counting, blocking, spared, app, fails }: Decided): string[] {
  if (inputs.failOn === "never") return ["The job does not fail for a hold (`fail-on: never`)."];
  if (inputs.failOn === "hold") return fails ? ["The job fails for this hold (`fail-on: hold`)."] : [];
  const branch = branchOf(occasion);
  return [
    ...(blocking.length > 0
      ? [`The job fails: ${list(blocking.map(named))} ${blocking.length === 1 ? "holds and blocks" : "hold and block"} here.`]
      : []),
    ...(spared.length > 0
      ? [
          `The job does not fail for ${list(spared.map(named))}: the change touches nothing of the system but documents, evidence or policy. The hold stands.`,
        ]
      : []),
    ...(counting.length === 0 && branch !== null
      ? [`No gate guards ${branch}, so no hold fails the job; the input \`gate\` names one that shall.`]
      : []),
    ...(shown.verdict === "hold" && !fails && spared.length === 0 && counting.length > 0 && app.holds.length === 0
      ? ["The job does not fail: nothing that is seen here holds a gate that blocks."]
      : []),
  ];
}

function appNotes({ app }: Decided): string[] {
  return [
    ...(app.holds.length > 0 ? [`The App's check holds on this commit, so the job fails: ${list(app.holds)}.`] : []),
    ...(app.passes.length > 0 ? [`The App's check does not hold on this commit: ${list(app.passes)}.`] : []),
    ...(app.absent.length > 0 ? [`The App's check is not finished on this commit: ${list(app.absent)}.`] : []),
    ...(app.unseen ? ["The App's checks are not seen here; the permission `checks: read` shows them."] : []),
  ];
}

function unseenNotes({ shown, inputs }: Decided): string[] {
  if (shown.facts !== "none") return [];
  const waiting = openIds(shown, true);
  const gaps = new Set(shown.systems.flatMap(({ gates }) => gates.flatMap(({ criteria }) => criteria.flatMap(({ unseen }) => unseen))));
  const words = factNames.filter((name) => gaps.has(name)).map((name) => factWords[name]);
  const effect = inputs.failOn === "enforced" ? "and no reason for this job to fail" : "and no pass";
  return [
    "The Action sees no approvals, no holds that people set, no deployments and no alerts: these are for the App, whose check is the one to require.",
    ...(waiting.length === 0 ? [] : [`Nothing is wanting of ${list(waiting)} but what is unseen (${list(words)}): not met, ${effect}.`]),
  ];
}
