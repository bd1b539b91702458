import { risks, type Role } from "../shapes/vocabulary.ts";
import { usualRisk, type Answers } from "./new-system.ts";
import type { Survey } from "./survey-types.ts";

export interface Question {
  text: string;
  /** What Enter stands for, as it is shown. */
  usual: string;
  /** What an answer other than the usual one must be, as the end of "It must be …". */
  expects: string;
  /** Answers with this one, or undefined where it is none. */
  answer(text: string, answers: Answers): Answers | undefined;
}

const later = "later";

/** What is asked on a terminal before a first policy is written: at most six questions. Every answer may be left for later, and is a question in the files then. */
export function questionsFor(survey: Survey, { systems, name, risk }: Asked): Question[] {
  const isOnly = systems === 1;
  return [
    ...(isOnly ? [nameQuestion(name)] : []),
    ...(risk === undefined ? [riskQuestion] : []),
    ownerQuestion(survey),
    ...(isOnly ? [publicQuestion, toolsQuestion(survey), peakQuestion] : []),
  ];
}

interface Asked {
  /** Systems that are to be declared. */
  systems: number;
  name: string;
  risk: Answers["risk"];
}

function nameQuestion(usual: string): Question {
  return {
    text: "What is the system called?",
    usual,
    expects: "at most 100 characters, at least one of them a letter or digit",
    answer: (name, answers) =>
      /[\p{L}\p{N}]/u.test(name) && name.length <= 100 && !/\p{C}/u.test(name) ? { ...answers, name } : undefined,
  };
}

const riskQuestion: Question = {
  text: "How much is at stake: low, medium or high?",
  usual: usualRisk,
  expects: "low, medium or high",
  answer(text, answers) {
    const risk = risks.find((one) => one === text.toLowerCase());
    return risk === undefined ? undefined : { ...answers, risk };
  },
};

function ownerQuestion({ owners }: Survey): Question {
  const role: Role = "product-owner";
  return {
    text: "Who is the product owner, as @login or @org/team?",
    usual: owners.find((owner) => owner.role === role)?.holder ?? later,
    expects: "a login or a team of GitHub",
    answer: (text, answers) =>
      /^@?[A-Za-z0-9][A-Za-z0-9-]{0,60}(?:\/[A-Za-z0-9._-]{1,78})?$/.test(text)
        ? { ...answers, productOwner: text.startsWith("@") ? text : `@${text}` }
        : undefined,
  };
}

const publicQuestion: Question = {
  text: "Can it be reached without sign-in, y or n?",
  usual: later,
  expects: "y or n",
  answer: (text, answers) => (toFlag(text) === undefined ? undefined : { ...answers, isPublic: toFlag(text) === true }),
};

function toolsQuestion({ sdks }: Survey): Question {
  return {
    text: "Does it call tools or act on other systems, y or n?",
    usual: sdks.some(({ shows }) => shows === "tools") ? "y" : later,
    expects: "y or n",
    answer: (text, answers) => (toFlag(text) === undefined ? undefined : { ...answers, usesTools: toFlag(text) === true }),
  };
}

const peakQuestion: Question = {
  text: "How many requests a second at the expected peak?",
  usual: later,
  expects: "a number over 0, such as 12 or 0.5",
  answer(text, answers) {
    const peak = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : 0;
    return peak > 0 ? { ...answers, peak } : undefined;
  },
};

function toFlag(text: string): boolean | undefined {
  if (/^y(?:es)?$/i.test(text)) return true;
  return /^no?$/i.test(text) ? false : undefined;
}

/** Answers with what was typed: Enter takes the usual answer, "later" leaves the question open; undefined where it is no answer. */
export function takeAnswer(question: Question, typed: string, answers: Answers): Answers | undefined {
  const text = typed.trim() === "" ? question.usual : typed.trim();
  return text.toLowerCase() === later ? answers : question.answer(text, answers);
}
