import { constructFromEvents, EVENT_ID, getScalarValue, parseEvents, YAMLException, type Event } from "js-yaml";
import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";
import { forbiddenKeys, placeOf, type Parsed } from "./json.ts";
import { isTemplate, templateProblem } from "./template.ts";

/** Characters of a YAML file or a Markdown document. */
export const maxTextLength = 1024 * 1024;
const maxDepth = 100;
const maxAliases = 1000;
/** Values of a file after every alias is put in place. */
const maxValues = 500_000;

/**
 * All YAML 1.2 documents of a text (core schema: dates stay text). Aliases are counted with what they stand for before anything is
 * built, so a small file cannot grow into a large one.
 */
export function parseYaml(text: string): Parsed<unknown[]> {
  if (text.length > maxTextLength) return unreadable("too-large", "The YAML is over 1 MiB. Split it, or keep only what is judged.");
  try {
    const events = parseEvents(text, { maxDepth });
    const tooMuch = expands(events, text);
    if (tooMuch !== undefined) return tooMuch;
    const documents = constructFromEvents(events, { source: text });
    return badValue(documents, events, text) ?? { ok: true, value: documents };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return toProblem(error, text);
  }
}

/** Line (1-based) of each key of the first document's top-level mapping. The text must have been parsed. */
export function keyLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  // Depth 1 is the document, 2 the mapping; in it keys and values take turns.
  let depth = 0;
  let isKey = true;
  let line = 1;
  let counted = 0;
  for (const event of parseEvents(text, { maxDepth })) {
    if (event.type === EVENT_ID.POP) {
      depth -= 1;
      if (depth === 0) break;
      if (depth === 2) isKey = true;
    } else if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) {
      if (depth !== 2) continue;
      if (isKey && event.type === EVENT_ID.SCALAR) {
        line += placeOf(text.slice(counted, event.valueStart), event.valueStart - counted).line - 1;
        counted = event.valueStart;
        lines.set(text.slice(event.valueStart, event.valueEnd), line);
      }
      isKey = !isKey;
    } else depth += 1;
  }
  return lines;
}

/** Number of values after all aliases are put in place, held against the bound. */
function expands(events: Event[], text: string): Unreadable | undefined {
  const sizes = new Map<string, number>();
  const open: { anchor: string | undefined; size: number }[] = [];
  let aliases = 0;
  let total = 0;
  const grow = (size: number): void => {
    total += size;
    const top = open.at(-1);
    if (top !== undefined) top.size += size;
  };
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      sizes.clear();
      open.push({ anchor: undefined, size: 0 });
    } else if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed?.anchor !== undefined) sizes.set(closed.anchor, closed.size);
      const parent = open.at(-1);
      if (parent !== undefined) parent.size += closed?.size ?? 0;
    } else if (event.type === EVENT_ID.ALIAS) {
      aliases += 1;
      const size = sizes.get(text.slice(event.anchorStart, event.anchorEnd));
      const place = placeOf(text, event.anchorStart);
      if (size === undefined) return unreadable("not-parseable", "An alias in the YAML refers to nothing before it, or to itself.", place);
      grow(size);
      if (aliases > maxAliases || total > maxValues) {
        return unreadable("too-large", "The YAML uses aliases that stand for too many values. Write the values out.", place);
      }
    } else {
      const anchor = event.anchorStart === -1 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
      if (event.type === EVENT_ID.SCALAR) {
        if (anchor !== undefined) sizes.set(anchor, 1);
        grow(1);
      } else {
        total += 1;
        open.push({ anchor, size: 1 });
      }
    }
    if (total > maxValues) return unreadable("too-large", "The YAML holds too many values. Keep only what is judged.");
  }
  return undefined;
}

/** A key or a number that must not be there. What is walked is bounded by `expands`. */
function badValue(documents: unknown[], events: Event[], text: string): Unreadable | undefined {
  const open: unknown[] = [...documents];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "number" && !Number.isFinite(value)) {
      const message = "A number in the YAML is not finite. Write a number, or leave the key out.";
      return unreadable(
        "bad-value",
        message,
        placeOfScalar(events, text, (scalar) => /^[-+]?\.(?:inf|nan)$/i.test(scalar)),
      );
    }
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value) && Object.keys(value).some((key) => forbiddenKeys.has(key))) {
      const message = "A key of this name (__proto__, constructor, prototype) is not allowed.";
      return unreadable(
        "forbidden-key",
        message,
        placeOfScalar(events, text, (scalar) => forbiddenKeys.has(scalar)),
      );
    }
    for (const inner of Object.values(value)) open.push(inner);
  }
  return undefined;
}

/** Line and column of the first scalar that is `wanted`. */
function placeOfScalar(events: Event[], text: string, wanted: (scalar: string) => boolean): { line?: number; column?: number } {
  const found = events.find((event) => event.type === EVENT_ID.SCALAR && wanted(getScalarValue(text, event)));
  return found?.type === EVENT_ID.SCALAR ? placeOf(text, found.valueStart) : {};
}

function toProblem(error: YAMLException, text: string): Unreadable {
  const { reason, mark } = error;
  const place = mark === undefined || mark === null ? {} : { line: mark.line + 1, column: mark.column + 1 };
  if (reason.includes("duplicated mapping key")) {
    return unreadable("duplicate-key", "A key stands twice in one mapping. Keep one of them.", place);
  }
  if (reason.includes("maxDepth")) return unreadable("too-deep", `The YAML is nested deeper than ${maxDepth} levels.`, place);
  if (isTemplate(text)) return unreadable("not-parseable", templateProblem, place);
  // A reason may quote a name from the file.
  return unreadable(
    "not-parseable",
    `Looks like YAML and is not: ${reason
      .slice(0, 300)
      .replaceAll(/"[^"]*"|<[^>]*>|: .*$/g, "…")
      .slice(0, 120)}.`,
    place,
  );
}
