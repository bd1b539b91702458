import { toTerminalText } from "../report/escape.ts";
import type { Io } from "./io.ts";

/** How far a long work is. */
export interface Progress {
  /** Share that is done, 0 to 1. */
  at(share: number): void;
  done(): void;
}

const patience = 2000;
const pause = 100;

/** One line on a terminal, from two seconds on; nothing elsewhere. */
export function showProgress(io: Io, what: string): Progress {
  const { progress } = io;
  if (progress === undefined) return { at: () => undefined, done: () => undefined };
  let next = io.now().getTime() + patience;
  let isShown = false;
  return {
    at(share) {
      const now = io.now().getTime();
      if (now < next) return;
      next = now + pause;
      isShown = true;
      progress(`${toTerminalText(what)} … ${Math.floor(share * 100)} %`);
    },
    done: () => {
      if (isShown) progress("");
    },
  };
}
