import { whyNotPinned } from "../engine/pinned-model.ts";
import type { Created } from "../local/create-files.ts";
import { clip, toTerminalText } from "../report/escape.ts";
import { flow, type Span } from "../report/flow.ts";
import { countQuestions } from "../scaffold/count-questions.ts";
import type { NewFile } from "../scaffold/new-document.ts";
import type { Plan } from "../scaffold/plan.ts";
import type { Place, Survey, TestUse } from "../scaffold/survey-types.ts";
import type { Io } from "./io.ts";

const COLUMN = 15;
const MAX_SHOWN = 6;

/** What was found, each with the place that it rests on. */
export function foundText(found: Survey, io: Io): string {
  const tools = (use: TestUse) => found.tools.filter((seen) => seen.use === use).map((seen) => named(seen.tool, seen));
  const rows: [string, string[]][] = [
    ["languages", found.languages.map((seen) => named(seen.name, seen))],
    ["libraries", byName(found.sdks, ({ name }) => name).map(({ seen, more }) => named(seen.name, seen, more))],
    [
      "models",
      byName(found.models, ({ provider, model }) => `${provider} ${model}`).map(
        ({ seen, more }) =>
          `${named(seen.model, seen, more)}${whyNotPinned(seen.model) === undefined && !seen.isDeployment ? "" : ", not pinned"}`,
      ),
    ],
    ["load tests", tools("load-test")],
    ["red teams", tools("red-team")],
    ["evaluations", tools("evaluation")],
    ["watching", found.watches.map((seen) => named(seen.kind, seen))],
    ["workflows", found.workflows.map((seen) => named(seen.tools.map(({ tool }) => tool).join(" and "), seen))],
    ["code owners", found.owners.map((seen) => named(`${seen.holder} as ${seen.role}?`, seen))],
    ["fingerprint", found.globs.map(({ part, glob }) => `${part} ${toTerminalText(glob)}`)],
  ];
  const seen = rows.filter(([, items]) => items.length > 0);
  const unseen = rows.filter(([, items]) => items.length === 0).map(([name]) => name);
  return lines(io, [
    [{ text: "Found", style: "bold" }],
    ...seen.map(([name, items]) => row(name, items)),
    ...(unseen.length === 0 ? [] : [row("nothing seen", [unseen.join(", ")])]),
  ]);
}

interface Result {
  plan: Plan;
  wanted: readonly NewFile[];
  there: readonly string[];
  /** Null where nothing was to be written. */
  created: Created | null;
  notes: readonly string[];
  dir: string;
}

/** What was written, what was left alone, and what to do next. */
export function resultText({ plan, wanted, there, created, notes, dir }: Result, io: Io): string {
  const written = created === null ? wanted : wanted.filter(({ path }) => created.written.includes(path));
  const kept = [...there, ...(created?.present ?? [])];
  const head = created === null ? "Would write" : "Wrote";
  const open = written.reduce((sum, { text }) => sum + countQuestions(text), 0);
  const where = dir === "." ? "" : ` ${toTerminalText(dir)}`;
  const isWhole = created === null || created.failed === null;
  return [
    lines(io, [
      [{ text: written.length === 0 ? `${head} nothing` : `${head} ${count(written.length, "file")}`, style: "bold" }],
      ...written.map(({ path }): Row => ({ spans: [{ text: `+ ${toTerminalText(path)}`, whole: true }], indent: 2 })),
      ...(kept.length === 0
        ? []
        : [[{ text: `Left ${count(kept.length, "file")} as ${kept.length === 1 ? "it is" : "they are"}`, style: "bold" as const }]]),
      ...kept.map((path): Row => ({ spans: [{ text: `= ${toTerminalText(path)}`, style: "dim", whole: true }], indent: 2 })),
    ]),
    ...(created === null
      ? written.filter(({ path }) => path.endsWith("pilotgate.yml")).map(({ path, text }) => `\n${path}:\n\n${text}\n`)
      : []),
    ...(plan.addition === null ? [] : [`\nThe policy is never rewritten. Add this to its \`systems\`:\n\n${plan.addition}\n`]),
    lines(io, [
      ...plan.unnamed.slice(0, MAX_SHOWN).map((seen): Row => ({
        spans: [{ text: `No system of the policy names ${named(seen.model, seen)}.`, style: "yellow" }],
        indent: 0,
      })),
      ...notes.map((text): Row => ({ spans: [{ text, style: "dim" }], indent: 0 })),
      ...(open === 0
        ? []
        : [
            [
              {
                text: `${count(open, "question")} ${open === 1 ? "is" : "are"} left in ${written.length === 1 ? "it" : "them"}, each marked.`,
              },
            ],
          ]),
      ...(isWhole && created !== null
        ? [[{ text: "Next:" }, { text: `pilotgate check${where}`, style: "cyan" as const, whole: true }]]
        : []),
    ]),
  ].join("");
}

type Row = Span[] | { spans: Span[]; indent: number };

function lines(io: Io, rows: readonly Row[]): string {
  const page = { width: Math.min(100, io.width), color: io.color.out };
  return rows
    .flatMap((one) => ("spans" in one ? flow(one.spans, { ...page, indent: one.indent, hanging: one.indent + 2 }) : flow(one, page)))
    .map((line) => `${line}\n`)
    .join("");
}

function row(name: string, items: readonly string[]): Row {
  const shown = items.length > MAX_SHOWN ? [...items.slice(0, MAX_SHOWN), `and ${items.length - MAX_SHOWN} more`] : items;
  return {
    spans: [
      { text: `${name}:`.padEnd(COLUMN), style: "dim" },
      ...shown.map((text, index) => ({ text: index < shown.length - 1 ? `${text},` : text })),
    ],
    indent: 2,
  };
}

function named(name: string, { path, line }: Place, more = 0): string {
  const place = `${clip(toTerminalText(path), 120)}${line === undefined ? "" : `:${line}`}`;
  return `${clip(toTerminalText(name), 80)} (${place}${more === 0 ? "" : ` and ${count(more, "more place")}`})`;
}

/** Each once, where it was seen first, with the number of other places. */
function byName<T>(items: readonly T[], nameOf: (item: T) => string): { seen: T; more: number }[] {
  const found = new Map<string, { seen: T; more: number }>();
  for (const seen of items) {
    const known = found.get(nameOf(seen));
    if (known === undefined) found.set(nameOf(seen), { seen, more: 0 });
    else known.more += 1;
  }
  return [...found.values()];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
