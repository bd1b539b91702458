import { setTimeout as pause } from "node:timers/promises";
import { PortError } from "../app/ports.ts";
import type { Answer } from "./transport.ts";

/* The one place that cares for GitHub's limits, one for each installation: calls at once, the pauses that GitHub asks for, and repeats. */

export interface RateCare {
  /** Runs `attempt` when there is room; repeats it after a fault only when `repeatable`. Throws PortError. */
  run(repeatable: boolean, attempt: () => Promise<Answer>): Promise<Answer>;
}

export interface RateCareOptions {
  /** Calls at once; GitHub allows 100 for everything that acts for an installation. */
  concurrency?: number;
  /** Longest pause that a call waits out itself; longer ones are left to the queue. */
  patienceMs?: number;
  /** Pauses before the repeats of a call that failed at GitHub's side. */
  repeatAfterMs?: readonly number[];
  now?: () => number;
}

const DEFAULT_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 3_600_000;

function pauseAsked(answer: Answer, now: number): number | undefined {
  const retryAfter = Number(answer.headers.get("retry-after") ?? Number.NaN);
  if (Number.isFinite(retryAfter) && retryAfter >= 0) return Math.min(retryAfter * 1000, MAX_PAUSE_MS);
  if (answer.headers.get("x-ratelimit-remaining") === "0") {
    const reset = Number(answer.headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000;
    return Number.isFinite(reset) ? Math.min(Math.max(reset - now, 1000), MAX_PAUSE_MS) : DEFAULT_PAUSE_MS;
  }
  return undefined;
}

/** Is a refusal about limits rather than rights? A secondary limit may say so only in its text. */
function isLimited(answer: Answer, asked: number | undefined): boolean {
  if (answer.status === 429) return true;
  return answer.status === 403 && (asked !== undefined || /rate limit|abuse detection/i.test(answer.body.toString("utf8", 0, 4096)));
}

export function createRateCare(options: RateCareOptions = {}): RateCare {
  const { concurrency = 96, patienceMs = 5000, repeatAfterMs = [300, 1200], now = Date.now } = options;
  const waiting: (() => void)[] = [];
  let running = 0;
  let pausedUntil = 0;

  async function enter(): Promise<void> {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
  }
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
  async function waitOutPause(): Promise<void> {
    const rest = pausedUntil - now();
    if (rest <= 0) return;
    if (rest > patienceMs) throw new PortError("rate-limited", "GitHub asked for a pause.", { retryable: true, retryAfterMs: rest });
    await pause(rest);
  }

  async function once(attempt: () => Promise<Answer>): Promise<Answer> {
    await waitOutPause();
    const answer = await attempt();
    const asked = pauseAsked(answer, now());
    if (isLimited(answer, asked)) {
      const wait = asked ?? DEFAULT_PAUSE_MS;
      pausedUntil = Math.max(pausedUntil, now() + wait);
      throw new PortError("rate-limited", "GitHub refused the call because of its limits.", { retryable: true, retryAfterMs: wait });
    }
    // The last call of the budget succeeded: the next ones wait for the reset.
    if (asked !== undefined && answer.headers.get("x-ratelimit-remaining") === "0") pausedUntil = Math.max(pausedUntil, now() + asked);
    return answer;
  }

  async function run(repeatable: boolean, attempt: () => Promise<Answer>): Promise<Answer> {
    await enter();
    try {
      for (let turn = 0; ; turn += 1) {
        const rest = repeatable ? repeatAfterMs[turn] : undefined;
        try {
          const answer = await once(attempt);
          if (answer.status < 500 || rest === undefined) return answer;
        } catch (error) {
          if (rest === undefined || !(error instanceof PortError && error.code === "unavailable")) throw error;
        }
        await pause(rest);
      }
    } finally {
      leave();
    }
  }
  return { run };
}
