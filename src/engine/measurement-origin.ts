import type { Origin } from "../shapes/measurements.ts";
import type { Risk } from "../shapes/vocabulary.ts";
import { DAY, toDate, toMs } from "./time.ts";
import type { CriterionInput, Finding, Needs } from "./types.ts";
import { figure, list, quoted } from "./words.ts";

interface Asked {
  /** ISO 8601 instant of the judgement. */
  at: string;
  /** Days after which the measurement counts as stale; not judged where absent. */
  maxAgeDays?: number;
  /** Pinned models of the policy; a measurement on another one is stale. */
  models: readonly string[];
  /** Latest change of what was measured, as the criterion's input gives it. */
  changedAt: CriterionInput<never, Needs>["changedAt"];
  risk: Risk;
}

/** A number counts only with what it was measured on: its time, its model, and no change of the measured system since. */
export function originFindings(measured: { path: string; origin: Origin }, asked: Asked): Finding[] {
  const measuredAt = measured.origin.measuredAt;
  const time = measuredAt === undefined ? NaN : toMs(measuredAt);
  return [...ageFindings(measured, time, asked), ...modelFindings(measured, asked), ...changeFindings(measured.path, time, asked)];
}

/** What to write beside a file that does not say where it comes from. */
export function sidecarRemedy(path: string, models: readonly string[]): string {
  const model = models[0] ?? "<the pinned model>";
  return `Write ${path}.evidence.yml with the lines \`commit: <the commit that was measured>\`, \`measured-at: <2026-01-31T10:00:00Z>\` and \`model: ${model}\`.`;
}

/** Is a measured model one of the policy's? Tools put the provider in front (`openai/…`, `openai:chat:…`). */
export function isDeclaredModel(measured: string, models: readonly string[]): boolean {
  const name = measured.trim().toLowerCase();
  return models.some((model) => {
    const wanted = model.trim().toLowerCase();
    return wanted !== "" && (name === wanted || name.endsWith(`/${wanted}`) || name.endsWith(`:${wanted}`));
  });
}

function ageFindings({ path }: { path: string }, time: number, { at, maxAgeDays, models }: Asked): Finding[] {
  if (Number.isNaN(time)) {
    return [
      {
        state: "inconclusive",
        path,
        text: `${path} does not say when it was measured, so its age is unknown.`,
        remedy: sidecarRemedy(path, models),
      },
    ];
  }
  if (time > toMs(at)) {
    return [
      {
        state: "not-met",
        path,
        text: `${path} says that it was measured on ${toDate(time)}, which lies ahead.`,
        remedy: `Correct the time of measurement of ${path}.`,
      },
    ];
  }
  if (maxAgeDays === undefined || time + maxAgeDays * DAY >= toMs(at)) return [];
  const days = Math.floor((toMs(at) - time) / DAY);
  return [
    {
      state: "stale",
      path,
      text: `${path} was measured on ${toDate(time)}, ${figure(days)} days ago; at most ${figure(maxAgeDays)} are accepted.`,
      remedy: `Measure again and replace ${path}.`,
    },
  ];
}

function modelFindings({ path, origin }: { path: string; origin: Origin }, { models, changedAt, risk }: Asked): Finding[] {
  if (models.length === 0) return [];
  if (origin.model === undefined || origin.model.trim() === "") {
    // Where the history shows no change since, the model is the one declared: its pin is part of what did not change.
    const state = changedAt === undefined && risk === "high" ? "inconclusive" : "note";
    const text = `${path} does not say which model was measured.`;
    return [{ state, path, text, remedy: sidecarRemedy(path, models), ...(changedAt === undefined ? { unseen: "lineage" } : {}) }];
  }
  if (isDeclaredModel(origin.model, models)) return [];
  return [
    {
      state: "stale",
      path,
      text: `${path} was measured on ${quoted(origin.model)}; the policy runs ${list(models.slice(0, 5).map((model) => quoted(model)))}.`,
      remedy: `Measure again on the model that the policy pins and replace ${path}.`,
    },
  ];
}

function changeFindings(path: string, time: number, { changedAt, risk }: Asked): Finding[] {
  if (changedAt === null || Number.isNaN(time)) return [];
  if (changedAt === undefined) {
    const state = risk === "high" ? "inconclusive" : "note";
    return [
      {
        state,
        path,
        text: `Whether anything changed since ${path} was measured is not checked: no history.`,
        remedy: "Give the history of the files with the facts (`lineage`).",
        unseen: "lineage",
      },
    ];
  }
  const changed = toMs(changedAt.at);
  // An unreadable time of change is not "unchanged".
  if (changed <= time) return [];
  const when = Number.isNaN(changed) ? "at an unknown time" : `on ${toDate(changed)}`;
  return [
    {
      state: "stale",
      path,
      text: `${changedAt.path} changed ${when}, after ${path} was measured on ${toDate(time)}.`,
      remedy: `Measure again and replace ${path}.`,
    },
  ];
}
