import { createInterface } from "node:readline";

export interface Terminal {
  /** What was typed; null at the end of the input and where it was broken off. */
  ask(question: string): Promise<string | null>;
  close(): void;
}

/** The terminal that the process runs in, for questions. Lines that are typed ahead answer the next ones. */
export function openTerminal(): Terminal {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  lines.once("SIGINT", () => lines.close());
  const typed = lines[Symbol.asyncIterator]();
  return {
    async ask(question) {
      lines.setPrompt(question);
      lines.prompt();
      const next = await typed.next();
      return next.done === true ? null : next.value;
    },
    close: () => lines.close(),
  };
}
