import type { TrafficObserved, TrafficResource, TrafficStep } from "../shapes/running-system.ts";
import { isCanaryShare } from "./canary-window.ts";
import { figures, isAtLeast } from "./limits.ts";
import { HOUR, toMs } from "./time.ts";
import type { Finding, Measured } from "./types.ts";
import { figure, list, quoted } from "./words.ts";

interface Asked {
  /** Share of the traffic that the canary takes, percent. */
  percent: number;
  hours: number;
  /** When the run that is judged began, milliseconds since the epoch; undefined where there is none. */
  since: number | undefined;
}

const SHOWN = 6;

/**
 * What the files that steer the traffic say against the canary. They can only take away: a plan shows what was meant, and one moment of a
 * controller shows no window.
 */
export function trafficFindings(files: readonly Measured<"traffic">[], asked: Asked): Finding[] {
  return files.flatMap(({ path, measurement }) =>
    measurement.resources.flatMap((resource) => {
      const what = `${resource.kind} ${quoted(resource.name)}`;
      const found = [...planFindings(resource, what, asked), ...observedFindings(resource.observed, what, asked)];
      return (found.length > 0 ? found : [silent(resource, what)]).map((finding): Finding => Object.assign({ path }, finding));
    }),
  );
}

function planFindings({ steps, splits = [], skipped }: TrafficResource, what: string, asked: Asked): Finding[] {
  const { percent } = asked;
  const band = `${figure(0.8 * percent)} to ${figure(1.2 * percent)} % is asked for`;
  const remedy = `Let a new version take ${figure(percent)} % for ${figure(asked.hours)} h before it takes more, or take the file away if it steers something else.`;
  const against = (text: string): Finding => ({ state: "not-met", text: `${what} ${text}`, remedy });
  if (skipped) return [against(`skips its analysis, so a new version takes all the traffic at once; ${band}.`)];
  if (steps?.length === 0) return [against(`lets a new version take all the traffic at once; ${band}.`)];
  if (steps !== undefined && !steps.some((step) => isCanaryShare(shareOf(step), percent))) {
    return [against(`declares ${sharesInWords(steps)} of the traffic; ${band}.`)];
  }
  const held = steps === undefined ? undefined : longestHold(steps, percent);
  if (held !== undefined && !isAtLeast(held, asked.hours)) {
    const [done, all] = figures(held, asked.hours);
    return [
      against(
        `holds ${figure(0.8 * percent)} to ${figure(1.2 * percent)} % for ${done} h and then goes on by itself; ${all} h are asked for.`,
      ),
    ];
  }
  const others = splits.filter((split) => split.length > 1 && !split.some((share) => isCanaryShare(share.percent, percent)));
  return others.slice(0, SHOWN).map((split) => against(`splits the traffic ${inWords(split.map((share) => share.percent))}; ${band}.`));
}

/** Hours of the longest time at the canary's share that ends by itself; undefined where one waits for something else. */
function longestHold(steps: readonly TrafficStep[], percent: number): number | undefined {
  let longest = 0;
  let current = 0;
  for (const step of steps) {
    if (!isCanaryShare(shareOf(step), percent)) {
      current = 0;
      continue;
    }
    if (step.waitsFor !== undefined) return undefined;
    current += (step.pauseSeconds ?? 0) / 3600;
    longest = Math.max(longest, current);
  }
  return longest;
}

function observedFindings(observed: TrafficObserved | undefined, what: string, { since, percent, hours }: Asked): Finding[] {
  if (observed === undefined) return [];
  const { phase = "", aborted, percent: share = 0 } = observed;
  const at = toMs(observed.since ?? observed.to ?? "");
  const when = Number.isNaN(at) ? "" : ` at ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const remedy = "Mend the cause and deploy again, then give the file as it is now.";
  const against = (text: string): Finding => ({ state: "not-met", text: `${what} ${text}.`, remedy });
  const was = aborted ? "was aborted" : ["Failed", "Error", "Degraded"].includes(phase) ? `is ${quoted(phase)}` : undefined;
  if (was !== undefined && since !== undefined && at < since) {
    return [{ state: "note", text: `${what} ${was}${when}, before the canary that is judged began.` }];
  }
  if (was !== undefined) return [against(`${was}${when}`)];
  const isEarly = since !== undefined && at >= since && at - since < hours * HOUR;
  if (isEarly && share > 0 && !isCanaryShare(share, percent)) {
    return [against(`took ${figure(share)} % of the traffic${when}, ${figure((at - since) / HOUR)} h after the canary began`)];
  }
  if (phase !== "Inconclusive") return [];
  return [{ state: "inconclusive", text: `${what} is "Inconclusive"${when}.`, remedy: "Look at its measurements and let it run again." }];
}

/** What does not contradict proves nothing either, and says so. */
function silent({ steps, splits, observed }: TrafficResource, what: string): Finding {
  const proof = "the deployments are the evidence.";
  if (observed === undefined) {
    const isSplit = steps !== undefined || splits?.some((split) => split.length > 1) === true;
    return {
      state: "note",
      text: `${what} is ${isSplit ? "a plan, and a plan proves nothing" : "no plan that splits the traffic"}: ${proof}`,
    };
  }
  const { phase, percent, from, to } = observed;
  const hours = (toMs(to ?? "") - toMs(from ?? "")) / HOUR;
  const seen = [
    phase === undefined ? "" : `is ${quoted(phase)}`,
    percent === undefined ? "" : `takes ${figure(percent)} % of the traffic`,
    Number.isNaN(hours) ? "" : `was measured over ${figure(hours)} h`,
  ].filter((words) => words !== "");
  return { state: "note", text: `${what} ${seen.length === 0 ? "says nothing of itself" : list(seen)}; ${proof}` };
}

function shareOf({ percent, podPercent }: TrafficStep): number {
  return podPercent ?? percent;
}

function sharesInWords(steps: readonly TrafficStep[]): string {
  const words = inWords(steps.map(({ percent }) => percent));
  const inPods = inWords(steps.map(shareOf));
  return inPods === words ? words : `${words}, which whole pods make ${inPods},`;
}

/** `20 %, 40 % and 60 %`, the first few. */
function inWords(percents: readonly number[]): string {
  const shown = percents.slice(0, SHOWN).map((percent) => `${figure(percent)} %`);
  return list(percents.length > SHOWN ? [...shown, `${figure(percents.length - SHOWN)} more`] : shown);
}
