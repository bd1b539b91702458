import type { PullState } from "./forge.ts";
import type { PullHint } from "./ports.ts";

/*
 * GitHub sends several events for one change. What they told arrives here before the job is stored; a job that begins then knows whether
 * anything in it is news to the evaluation that ran while it waited. Only complete knowledge may skip: whatever is unknown is judged.
 */

export interface News {
  /** To be called before the job is stored. `hint` is null for an event that may be news whatever the pull request looks like. */
  arrived(key: string, hint: PullHint | null): void;
  /** Takes what arrived for the key; true when the last evaluation saw all of it. */
  isOld(key: string): boolean;
  judged(key: string, state: PullState): void;
  failed(key: string): void;
}

interface Entry {
  /** Arrived since the last evaluation began. */
  hints: (PullHint | null)[];
  state: PullState | null;
  /** Milliseconds; what was seen long ago proves nothing. */
  until: number;
}

const LASTS_MS = 30_000;

const isSeen = (hint: PullHint | null, state: PullState) =>
  hint !== null &&
  hint.headSha === state.headSha &&
  hint.baseRef === state.baseRef &&
  hint.defaultBranch === state.defaultBranch &&
  hint.open === state.open &&
  hint.draft === state.draft;

/** Knowledge of this process: to be used only where all events arrive in this process. Keys beyond `room` are forgotten, oldest first. */
export function createNews({ room = 5000, now = Date.now }: { room?: number; now?: () => number } = {}): News {
  const entries = new Map<string, Entry>();
  function touch(key: string): Entry {
    const entry = entries.get(key) ?? { hints: [], state: null, until: 0 };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > room) for (const oldest of entries.keys()) if (entries.delete(oldest)) break;
    return entry;
  }
  return {
    arrived(key, hint) {
      touch(key).hints.push(hint);
    },
    isOld(key) {
      const entry = touch(key);
      const { hints, state } = entry;
      entry.hints = [];
      // What was seen counts for what waited behind that evaluation, and is no longer known afterwards.
      entry.state = null;
      return state !== null && now() < entry.until && hints.length > 0 && hints.every((hint) => isSeen(hint, state));
    },
    judged(key, state) {
      const entry = touch(key);
      entry.state = entry.hints.length > 0 ? state : null;
      entry.until = now() + LASTS_MS;
    },
    failed(key) {
      touch(key).state = null;
    },
  };
}
