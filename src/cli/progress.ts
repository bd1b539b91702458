import { toTerminalText } from "../report/escape.ts";
import type { Tree } from "../app/ports.ts";
import type { Io } from "./io.ts";

/** How far a long work is. */
export interface Progress {
  /** How far, in words: `35 %`. */
  at(howFar: string): void;
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
    at(howFar) {
      const now = io.now().getTime();
      if (now < next) return;
      next = now + pause;
      isShown = true;
      progress(`${toTerminalText(what)} … ${howFar}`);
    },
    done: () => {
      if (isShown) progress("");
    },
  };
}

/** The same tree; where a file of it is read in pieces, a terminal shows how much was read. */
export function withProgress(tree: Tree, io: Io): Tree {
  const { pieces } = tree;
  if (pieces === undefined || io.progress === undefined) return tree;
  return {
    ...tree,
    *pieces(path) {
      const progress = showProgress(io, `reading ${path}`);
      let bytes = 0;
      for (const piece of pieces(path)) {
        bytes += piece.byteLength;
        progress.at(`${Math.floor(bytes / 1024 / 1024)} MiB`);
        yield piece;
      }
      progress.done();
    },
  };
}
