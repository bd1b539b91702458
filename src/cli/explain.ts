import { criteria } from "../engine/criteria/index.ts";
import { profiles } from "../engine/profile.ts";
import type { AnyCriterion } from "../engine/types.ts";
import { resolveRef, type SchemaNode } from "../policy/json-schema.ts";
import { nearestWord } from "../policy/explain-violation.ts";
import { policySchema } from "../policy/schemas.ts";
import { clip, toTerminalText } from "../report/escape.ts";
import { flow, paint, type Span } from "../report/flow.ts";
import { criterionIds, gateIds, gateTitles, nonNegotiable, risks, type CriterionId, type GateId } from "../shapes/vocabulary.ts";
import { UsageError, type ExitCode, type Io } from "./io.ts";

/** `pilotgate explain [CRITERION]`: the list, or one criterion with what it asks at which risk and an example that satisfies it. */
export async function explain(id: string | undefined, io: Io): Promise<ExitCode> {
  const page = { width: Math.min(100, io.width), color: io.color.out };
  if (id === undefined) {
    io.out(`${listLines(page).join("\n")}\n`);
    return 0;
  }
  const criterion = criteria.find((candidate) => candidate.id === id);
  if (criterion === undefined) throw new UsageError(unknown(id));
  io.out(`${criterionLines(criterion, page).join("\n")}\n`);
  return 0;
}

const LONGEST_ID = Math.max(...criterionIds.map((id) => id.length));

interface Page {
  width: number;
  color: boolean;
}

function unknown(id: string): string {
  const near = nearestWord(id, criterionIds);
  const name = clip(toTerminalText(id), 60);
  return `there is no criterion \`${name}\`${near === undefined ? "; `pilotgate explain` lists them all." : `, did you mean \`${near}\`?`}`;
}

const isFixed = (id: CriterionId) => nonNegotiable.some((fixed) => fixed === id);

function entryLines({ id, title }: AnyCriterion, page: Page): string[] {
  const spans: Span[] = [{ text: `${title}${isFixed(id) ? " *" : ""}`, style: "dim" }];
  if (page.width < 60) return [`  ${id}`].concat(flow(spans, { ...page, indent: 4 }));
  const [first = "", ...more] = flow(spans, { ...page, indent: LONGEST_ID + 4 });
  return [`  ${id}${first.slice(id.length + 2)}`].concat(more);
}

function gateLines(gate: GateId, page: Page): string[] {
  const entries = criteria.filter((criterion) => criterion.gate === gate).flatMap((criterion) => entryLines(criterion, page));
  return [...flow([{ text: `${gate}: ${gateTitles[gate]}`, style: "bold" }], page), ...entries, ""];
}

function listLines(page: Page): string[] {
  const gates = gateIds.flatMap((gate) => gateLines(gate, page));
  return [...gates, ...flow([{ text: "* no risk level and no waiver removes it. More: pilotgate explain CRITERION", style: "dim" }], page)];
}

function heading(text: string, page: Page): string[] {
  return ["", ...flow([{ text, style: "bold" }], page)];
}

function bullets(texts: readonly string[], page: Page): string[] {
  return texts.flatMap((text) => flow([{ text: `- ${text}` }], { ...page, indent: 2, hanging: 4 }));
}

function criterionLines(criterion: AnyCriterion, page: Page): string[] {
  const { id, gate, title, asks, suppliers, places, decisions, example } = criterion;
  return [
    ...flow([{ text: title, style: "bold" }], page),
    ...flow([{ text: `${id}, of the gate ${gate}${isFixed(id) ? "; no risk level and no waiver removes it" : ""}`, style: "dim" }], page),
    ...(asks.length === 0 ? [] : [...heading("What it asks", page), ...bullets(asks, page)]),
    ...thresholdLines(id, page),
    ...(places.length === 0
      ? []
      : [...heading("Where it looks (below `documents`, unless the policy names files)", page), ...bullets(places, page)]),
    ...heading("Who can supply it", page),
    ...bullets([suppliers.join(", ")], page),
    ...(decisions.length === 0 ? [] : heading("What people decide", page)),
    ...decisions.flatMap(({ role, question }) =>
      flow([{ text: `- ${role}:` }, { text: question }, { text: `/pilotgate sign-off ${id}`, style: "cyan", whole: true }], {
        ...page,
        indent: 2,
        hanging: 4,
      }),
    ),
    ...(example.content === "" ? [] : [...heading(`Example: ${example.path}`, page), ...exampleLines(example.content)]),
    "",
    ...flow([{ text: `More: docs/criteria/${id}.md`, style: "dim" }], page),
  ];
}

/* As it stands: it is there to be copied. */
function exampleLines(content: string): string[] {
  return content
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`));
}

/** What the policy's schema says of a threshold. */
function thresholdNode(id: CriterionId, key: string): SchemaNode | undefined {
  const schema = policySchema();
  const below = (node: SchemaNode | undefined, name: string) => {
    const found = node?.properties?.[name];
    return found && resolveRef(schema, found);
  };
  const systems = below(schema, "systems")?.items;
  return ["criteria", id, "thresholds", key].reduce(below, systems && resolveRef(schema, systems));
}

function meaningLines(id: CriterionId, key: string, page: Page): string[] {
  const { description = "", "x-framework": framework } = thresholdNode(id, key) ?? {};
  return flow([{ text: `${description}${framework === undefined ? "" : " The framework's own number."}`, style: "dim" }], {
    ...page,
    indent: 4,
  });
}

function thresholdLines(id: CriterionId, page: Page): string[] {
  const byRisk = risks.map((risk) => profiles[risk].thresholds[id] as Readonly<Record<string, number | string | undefined>>); // each has its own keys
  const keys = [...new Set(byRisk.flatMap((thresholds) => Object.keys(thresholds)))];
  if (keys.length === 0) return [];
  const cells = keys.map((key) => [key, ...byRisk.map((thresholds) => String(thresholds[key] ?? "unset"))]);
  const table = [["", ...risks], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const row = (texts: readonly string[]) => `  ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  return [
    ...heading("Thresholds by risk (a policy may set each)", page),
    paint(row(table[0] ?? []), "dim", page.color),
    ...cells.flatMap((texts, index) => [row(texts)].concat(meaningLines(id, keys[index] ?? "", page))),
  ];
}
