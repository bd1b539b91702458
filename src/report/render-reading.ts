import type { Read, Timeline, Unreadable } from "../shapes/measurements.ts";
import { clipToWidth, displayWidth } from "./display-width.ts";
import { clip, toSafeJson, toTerminalText } from "./escape.ts";
import { flow, paint } from "./flow.ts";

export interface ReadingOptions {
  color: boolean;
  width: number;
}

/** A file, and what a reader made of it. */
export interface NamedReading {
  path: string;
  reading: Read | Unreadable;
}

/** `read --format json`: one object for one file, an array for several. Ends with a newline. */
export function renderReadingsJson(readings: readonly NamedReading[]): string {
  const objects = readings.map(({ path, reading }) => {
    if (reading.ok) {
      const { format, kind, tool, measurement, origin, notes } = reading;
      return { path, format, kind, tool, measurement, origin, notes };
    }
    const { code, message, format = null, line = null, column = null } = reading;
    return { path, format, kind: null, tool: null, measurement: null, problem: { code, message, line, column } };
  });
  return `${toSafeJson(JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2))}\n`;
}

interface Row {
  label: string;
  value: string;
  depth: number;
}

const MAX_ROWS = 25;
const MAX_DEPTH = 4;

const labels: Record<string, string> = {
  latencyMs: "latency",
  timeToFirstTokenMs: "time to first token",
  interTokenLatencyMs: "between tokens",
  ratePerSecond: "requests a second",
  outputTokensPerSecond: "output tokens a second",
  totalTokensPerSecond: "tokens a second",
  durationSeconds: "duration",
  thresholds: "its own thresholds",
  attackSuccessRate: "attack success rate",
};

function toLabel(key: string): string {
  if (Object.hasOwn(labels, key)) return labels[key] ?? key;
  return /^[a-z]+(?:[A-Z][a-z]+)+$/.test(key) ? key.replace(/[A-Z]/g, (char) => ` ${char.toLowerCase()}`) : toTerminalText(key);
}

/** `12 345.6`: thousands apart by a thin gap that every terminal has. */
function grouped(value: number): string {
  const magnitude = Math.abs(value);
  const digits = Number.isInteger(value) || magnitude >= 1000 ? 0 : magnitude >= 10 ? 1 : magnitude >= 0.01 ? 3 : 6;
  const [whole = "", fraction] = String(Number(value.toFixed(digits))).split(".");
  const spaced = /^-?\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, " ") : whole;
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${grouped(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  return `${minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`}${rest > 0 ? ` ${rest} s` : ""}`;
}

function toValue(key: string, value: unknown): string {
  if (typeof value === "string") return toTerminalText(value.slice(0, 500));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return value === null ? "none" : "";
  if (/[a-z]Ms$/.test(key)) return `${grouped(value)} ms`;
  if (key === "durationSeconds") return duration(value);
  if (key.endsWith("Rate")) return `${grouped(value * 100)} %`;
  return grouped(value);
}

const isPlain = (value: unknown) => typeof value !== "object" || value === null;

function inline(value: Record<string, unknown>, unit: string): string {
  return Object.entries(value)
    .filter(([, item]) => item !== undefined && item !== "")
    .slice(0, MAX_ROWS)
    .map(([key, item]) => `${toLabel(key).replace("_", ".")} ${clip(toValue(key, item), 80)}${unit}`)
    .join(", ");
}

function capped(rows: Row[], total: number, depth: number): Row[] {
  return total > MAX_ROWS ? [...rows, { label: "", value: `and ${total - MAX_ROWS} more (--format json)`, depth }] : rows;
}

function toRows(key: string, value: unknown, depth: number): Row[] {
  const label = toLabel(key);
  // Lines serve findings about a document; a person who reads it has them in the editor.
  if (value === undefined || depth > MAX_DEPTH || key === "frontMatterLines") return [];
  if (key === "timeline") return timelineRows(value as Timeline, depth); // by its name
  if (isPlain(value)) return [{ label, value: toValue(key, value), depth }];
  if (Array.isArray(value)) return listRows(label, value, depth);
  const fields = value as Record<string, unknown>; // neither plain nor a list
  if (Object.values(fields).every(isPlain)) return [{ label, value: inline(fields, /[a-z]Ms$/.test(key) ? " ms" : ""), depth }];
  const inside = Object.entries(fields);
  const rows = inside.slice(0, MAX_ROWS).flatMap(([name, item]) => toRows(name, item, depth + 1));
  return [{ label, value: "", depth }, ...capped(rows, inside.length, depth + 1)];
}

const bars = "▁▂▃▄▅▆▇█";
const MAX_BARS = 40;

/** Requests a second over time as a row of bars, so that warm-up, ramps and pauses are seen. */
function timelineRows({ intervalSeconds, requests }: Timeline, depth: number): Row[] {
  const together = Math.ceil(requests.length / MAX_BARS);
  const rates: number[] = [];
  for (let start = 0; start < requests.length; start += together) {
    const part = requests.slice(start, start + together);
    rates.push(part.reduce((sum, count) => sum + count, 0) / (part.length * intervalSeconds));
  }
  const most = Math.max(...rates);
  const drawn = rates.map((rate) => bars[most > 0 ? Math.min(7, Math.floor((rate / most) * 8)) : 0]).join("");
  const value = `${drawn} ${duration(intervalSeconds * together)} a bar, up to ${grouped(most)} requests a second`;
  return [{ label: "over time", value, depth }];
}

function listRows(label: string, items: readonly unknown[], depth: number): Row[] {
  if (items.every(isPlain)) {
    const more = items.length > MAX_ROWS ? `, and ${items.length - MAX_ROWS} more` : "";
    const shown = items
      .slice(0, MAX_ROWS)
      .map((item) => toValue("", item))
      .join(", ");
    return [{ label, value: items.length === 0 ? "none" : `${shown}${more}`, depth }];
  }
  const rows = items.slice(0, MAX_ROWS).flatMap((item): Row[] => {
    if (isPlain(item) || Array.isArray(item)) return [{ label: "", value: toValue("", item), depth: depth + 1 }];
    const [[, first] = ["", ""], ...rest] = Object.entries(item as Record<string, unknown>);
    const plain = rest.filter(([, field]) => isPlain(field));
    return [{ label: toValue("", first), value: inline(Object.fromEntries(plain), ""), depth: depth + 1 }];
  });
  return [{ label, value: grouped(items.length), depth }, ...capped(rows, items.length, depth + 1)];
}

function tableLines(rows: readonly Row[], options: ReadingOptions): string[] {
  const most = Math.max(12, Math.floor(options.width * 0.45));
  const column = Math.min(most, Math.max(0, ...rows.map(({ label, depth }) => depth * 2 + displayWidth(label))));
  return rows.flatMap(({ label, value, depth }) => {
    const shown = clipToWidth(label, Math.max(4, column - depth * 2));
    const start = `  ${" ".repeat(depth * 2)}${shown}`;
    if (value === "") return [start];
    const [first = "", ...more] = flow([{ text: value }], { ...options, indent: column + 4 });
    return [`${start}${" ".repeat(Math.max(2, column + 4 - displayWidth(start)))}${first.trimStart()}`, ...more];
  });
}

/** `read`: what a file is, and its figures with their units. Ends with a newline. */
export function renderReading({ path, reading }: NamedReading, options: ReadingOptions): string {
  const name = paint(toTerminalText(path), "bold", options.color);
  if (!reading.ok) {
    const place =
      reading.line === undefined ? "" : `, line ${reading.line}${reading.column === undefined ? "" : `, column ${reading.column}`}`;
    const what = reading.format === undefined ? "not readable" : `not readable as ${reading.format}`;
    const why = flow([{ text: `${what}${place}:`, style: "red" }, { text: toTerminalText(reading.message) }], { ...options, indent: 2 });
    return `${[name, ...why].join("\n")}\n`;
  }
  const tool = [reading.tool.name, reading.tool.version]
    .filter((part) => part !== null)
    .map((part) => toTerminalText(part))
    .join(" ");
  const rows = [
    ...Object.entries(reading.measurement).flatMap(([key, value]) => toRows(key, value, 0)),
    // A sidecar measures nothing else than an origin.
    ...Object.entries(reading.kind === "sidecar" ? {} : reading.origin).flatMap(([key, value]) => toRows(key, value, 0)),
  ];
  return `${[
    name,
    ...flow([{ text: `${reading.kind}, format ${reading.format}, written by ${tool}`, style: "dim" }], { ...options, indent: 2 }),
    ...tableLines(rows, options),
    ...reading.notes.flatMap((note) =>
      flow([{ text: "note:", style: "yellow" }, { text: toTerminalText(note) }], { ...options, indent: 2, hanging: 4 }),
    ),
  ].join("\n")}\n`;
}
