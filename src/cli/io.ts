import type { Terminal } from "./terminal.ts";

/** What a command may touch of the process it runs in. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Colour on standard output, and on standard error. */
  color: { out: boolean; err: boolean };
  /** Columns to wrap text at. */
  width: number;
  /** May marks beyond ASCII be shown? */
  unicode: boolean;
  now(): Date;
  /** Puts a line in place of the one it put before, on a terminal only. */
  progress?(line: string): void;
  /** Opens the terminal for questions; absent where nobody can answer. */
  openTerminal?(): Promise<Terminal>;
  /** File for readings that the next run may use; absent where nothing is kept. */
  keptReadings?: string;
}

/** 0 pass or done, 1 hold, 2 wrong usage or policy, 3 a fault of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Wrong usage: one message that says what to do instead. Becomes exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** In a build `serve` and `demo` are scripts of their own, with a class of their own. */
export const isUsageError = (error: unknown): error is UsageError => error instanceof Error && error.name === "UsageError";

interface Stream {
  isTTY?: boolean;
  columns?: number;
}

/** Colour where a terminal shows it, or where FORCE_COLOR asks for it; never where NO_COLOR says no. */
export function wantsColor(env: Io["env"], stream: Stream): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** Bare consoles have no glyphs for the marks; everything that is not a terminal takes them. */
export function wantsUnicode(env: Io["env"], stream: Stream, platform: string): boolean {
  if (stream.isTTY !== true) return true;
  if (platform === "win32") return env["WT_SESSION"] !== undefined || env["TERM_PROGRAM"] !== undefined;
  return env["TERM"] !== "linux" && env["TERM"] !== "dumb";
}
