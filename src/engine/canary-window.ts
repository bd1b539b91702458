import type { Facts } from "../shapes/facts.ts";
import { isAtLeast, isAtMost } from "./limits.ts";
import type { TimeSpan } from "./time-spans.ts";
import { toMs } from "./time.ts";

export type Deployment = NonNullable<Facts["deployments"]>[number];

/** One unbroken run of one deployment, milliseconds since the epoch. */
export interface CanaryWindow {
  deployment: Deployment;
  start: number;
  end: number;
  /** Still running at the instant of the judgement; else something ended it. */
  running: boolean;
}

/** What runs, or ran last, in the environment that takes the canary's share of the traffic. */
export interface Canary {
  environment: string;
  /** Commit that was deployed there last. */
  commit: string;
  /** Share of the traffic of its last deployment, percent; undefined where nobody says. */
  share: number | undefined;
  /** Unbroken runs of that commit at the canary's share, oldest first. */
  windows: CanaryWindow[];
  /** All unbroken runs in the environment, of any commit and share, oldest first. */
  history: (CanaryWindow & { share: number | undefined })[];
  /** The last deployment is not finished. */
  pending: boolean;
  /** Deployments that cannot be placed in time. */
  undated: number;
}

interface Stage {
  environment: string;
  trafficPercent: number;
}

interface Event {
  at: number;
  state: string;
  deployment: Deployment;
}

const waiting = new Set(["queued", "pending", "waiting"]);

/** The canary, found by its share of the traffic: 0.8 to 1.2 times `percent`. Undefined where nothing was deployed at that share. What comes after `at` has not happened yet. */
export function findCanary(deployments: readonly Deployment[], stages: readonly Stage[], percent: number, at: string): Canary | undefined {
  const share = trafficShares(stages);
  const now = toMs(at);
  let newest: { deployed: number; canary: Canary } | undefined;
  for (const group of byEnvironment(deployments)) {
    const events = group.flatMap((deployment) => eventsOf(deployment)).filter((event) => event.at <= now);
    const last = lastDeployed(events);
    if (last === undefined || !group.some((one) => isCanaryShare(share(one), percent))) continue;
    if (newest !== undefined && newest.deployed >= last.at) continue;
    const { commit, id } = last.deployment;
    const history = unbrokenRuns(events, now).map((run) => ({ ...run, share: share(run.deployment) }));
    const windows = history.filter((run) => run.deployment.commit === commit && isCanaryShare(run.share, percent));
    newest = {
      deployed: last.at,
      canary: {
        environment: last.deployment.environment,
        commit,
        share: share(last.deployment),
        windows,
        history,
        pending: isPending(events, id),
        undated: group.filter((one) => isUndated(one, id)).length,
      },
    };
  }
  return newest?.canary;
}

/** From the first to the last instant at which anything ran at the canary's share; undefined where nothing did. */
export function canaryDates(
  deployments: readonly Deployment[],
  stages: readonly Stage[],
  percent: number,
  at: string,
): TimeSpan | undefined {
  const share = trafficShares(stages);
  const now = toMs(at);
  const runs = byEnvironment(deployments)
    .flatMap((group) =>
      unbrokenRuns(
        group.flatMap(eventsOf).filter((event) => event.at <= now),
        now,
      ),
    )
    .filter(({ deployment }) => isCanaryShare(share(deployment), percent));
  if (runs.length === 0) return undefined;
  return {
    from: runs.reduce((from, { start }) => Math.min(from, start), Infinity),
    to: runs.reduce((to, { end }) => Math.max(to, end), 0),
  };
}

export function isCanaryShare(share: number | undefined, percent: number): boolean {
  return share !== undefined && isAtLeast(share, 0.8 * percent) && isAtMost(share, 1.2 * percent);
}

/** A deployment's own share goes before its environment's stage. */
export function trafficShares(stages: readonly Stage[]): (deployment: Deployment) => number | undefined {
  const byName = new Map(stages.map(({ environment, trafficPercent }) => [key(environment), trafficPercent]));
  return ({ environment, trafficPercent }) => trafficPercent ?? byName.get(key(environment));
}

function byEnvironment(deployments: readonly Deployment[]): Deployment[][] {
  const groups = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    const group = groups.get(key(deployment.environment));
    if (group) group.push(deployment);
    else groups.set(key(deployment.environment), [deployment]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function key(environment: string): string {
  return environment.trim().toLowerCase();
}

function eventsOf(deployment: Deployment): Event[] {
  return deployment.statuses.map(({ state, at }) => ({ at: toMs(at), state: state.trim().toLowerCase(), deployment }));
}

/** Of statuses at one instant the earlier steps come first, so that a deployment that took no second is not its own redeploy. */
function inOrder(events: readonly Event[]): Event[] {
  const rank = ({ state }: Event) => (waiting.has(state) ? 0 : state === "in_progress" ? 1 : state === "success" ? 2 : 3);
  return events.toSorted((a, b) => a.at - b.at || rank(a) - rank(b) || a.deployment.id - b.deployment.id);
}

/** What last changed the environment. Waiting deployments have changed nothing yet, and a replaced one is only put away. */
function lastDeployed(events: readonly Event[]): Event | undefined {
  return inOrder(events).findLast(({ state }) => !waiting.has(state) && state !== "inactive");
}

/** Any other deployment, and any status of its own that is not a success, ends a run: a redeploy restarts the clock. */
function unbrokenRuns(events: readonly Event[], now: number): CanaryWindow[] {
  const runs: CanaryWindow[] = [];
  let current: { deployment: Deployment; start: number } | undefined;
  const close = (end: number, running: boolean) => {
    if (current) runs.push({ ...current, end, running });
    current = undefined;
  };
  for (const { at, state, deployment } of inOrder(events)) {
    const own = current?.deployment.id === deployment.id;
    if (!own && (waiting.has(state) || state === "inactive")) continue;
    if (own && state === "success") continue;
    close(at, false);
    if (state === "success") current = { deployment, start: at };
  }
  close(now, true);
  return runs;
}

function isPending(events: readonly Event[], id: number): boolean {
  const last = inOrder(events).findLast(({ deployment }) => deployment.id === id)?.state;
  return last === "in_progress" || (last !== undefined && waiting.has(last));
}

/** A status without a time, or a later deployment without any status: either may have been a redeploy. */
function isUndated({ id, statuses }: Deployment, last: number): boolean {
  return statuses.length === 0 ? id > last : statuses.some(({ at }) => Number.isNaN(toMs(at)));
}
