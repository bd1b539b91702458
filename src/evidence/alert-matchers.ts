import type { AlertMatcher } from "../shapes/running-system.ts";
import type { Fields } from "./fields.ts";

type Operator = AlertMatcher["operator"];

/** Name of a label, or one in quotes; then the operator, then the rest. */
const form = /^\s*("(?:[^"\\]|\\.)*"|[^\s"=!~{},]+)\s*(=~|!~|!=|=)(.*)$/s;

/** Matchers of a route in all three ways of writing them: `matchers`, and the older `match` and `match_re`. */
export function matchersOf(route: Fields): AlertMatcher[] {
  return [...written(route), ...pairs(route, "match", "="), ...pairs(route, "match_re", "=~")];
}

function pairs(route: Fields, key: string, operator: Operator): AlertMatcher[] {
  const labels = route.raw(key) == null ? undefined : route.in(key);
  return labels?.keys().map((label) => ({ label, operator, value: labels.raw(label) === "" ? "" : labels.text(label) })) ?? [];
}

/** Texts like `severity="critical"`; one may hold several with commas between them, in braces. */
function written(route: Fields): AlertMatcher[] {
  const texts = route.raw("matchers") == null ? [] : route.texts("matchers");
  return texts.flatMap((text) => {
    const parts = inParts(text.trim().replace(/^\{/, "").replace(/\}$/, ""));
    return parts.map((part) => {
      const matcher = toMatcher(part);
      if (matcher === undefined) route.refuse("matchers", 'holds a text that is no matcher like `severity="critical"`');
      return matcher ?? { label: "", operator: "=" as const, value: "" };
    });
  });
}

/** At commas outside quotes; a comma at the end ends nothing. */
function inParts(text: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === "\\") index += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === "," && !quoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === "" ? parts : [...parts, last];
}

function toMatcher(text: string): AlertMatcher | undefined {
  const [, label = "", operator, rest = ""] = form.exec(text) ?? [];
  const value = unquoted(rest.trim());
  return operator === undefined || value === undefined
    ? undefined
    : { label: unquoted(label) ?? "", operator: operator as Operator, value };
}

/** Undefined where a quote is left open or text follows it. */
function unquoted(text: string): string | undefined {
  if (!text.startsWith('"')) return text.includes('"') ? undefined : text;
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(text)) return undefined;
  return text.slice(1, -1).replaceAll(/\\(.)/gs, (_, character: string) => (character === "n" ? "\n" : character));
}
