import { flow } from "../report/flow.ts";
import { toTerminalText } from "../report/escape.ts";
import type { Answers } from "../scaffold/new-system.ts";
import { takeAnswer, type Question } from "../scaffold/questions.ts";
import type { Io } from "./io.ts";
import type { Terminal } from "./terminal.ts";

const MAX_TRIES = 3;

/** Asks each question until it has an answer, a few times at most, and leaves it open then. Null where the questions were broken off. */
export async function askAll(questions: readonly Question[], given: Answers, terminal: Terminal, io: Io): Promise<Answers | null> {
  const intro = `${questions.length} questions. Enter takes what stands in brackets; "later" leaves a question in the files.`;
  io.out(`${flow([{ text: intro, style: "dim" }], { width: Math.min(100, io.width), color: io.color.out }).join("\n")}\n`);
  try {
    let answers = given;
    for (const question of questions) {
      const next = await ask(question, answers, terminal, io);
      if (next === null) return null;
      answers = next;
    }
    return answers;
  } finally {
    terminal.close();
  }
}

async function ask(question: Question, answers: Answers, terminal: Terminal, io: Io): Promise<Answers | null> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const typed = await terminal.ask(`${question.text} [${toTerminalText(question.usual)}] `);
    if (typed === null) return null;
    const taken = takeAnswer(question, typed, answers);
    if (taken !== undefined) return taken;
    io.out(`It must be ${question.expects}.\n`);
  }
  return answers;
}
