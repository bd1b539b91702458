import { parseRows } from "./csv.ts";
import { unreadable } from "./define-reader.ts";
import { nameOf } from "./fields.ts";
import type { Parsed } from "./json.ts";

type Metrics = Record<string, Record<string, unknown>>;

/**
 * The tables that AIPerf and GenAI-Perf stack in one CSV, `Metric,avg,min,…` and `Metric,Value`, in the shape of their JSON:
 * `{ request_latency: { unit: "ms", avg: …, p50: … } }`. A name without a unit is a count. Tables about other things, such as GPUs, are
 * left out.
 */
export function parseUnitTables(text: string): Parsed<Metrics> {
  const parsed = parseRows(text, { ragged: true });
  if (!parsed.ok) return parsed;
  const metrics = new Map<string, Record<string, unknown>>();
  let header: string[] = [];
  for (const row of parsed.value.rows) {
    const [first = ""] = row;
    if (first === "Metric" || first === "Endpoint") header = row;
    else if (header[0] === "Metric" && ["avg", "Value"].includes(header[1] ?? "")) {
      const [words = "", unit = "count)"] = first.split(" (", 2);
      const name = words.trim().toLowerCase().replaceAll(" ", "_");
      if (metrics.has(name)) return unreadable("bad-value", `\`${nameOf(name)}\` stands twice in the CSV. Write one run a file.`);
      const figures = header.slice(1).map((key, column) => [key === "Value" ? "avg" : key, figureIn(row[column + 1] ?? "")] as const);
      const known = figures.filter(([, figure]) => figure !== undefined);
      metrics.set(name, { unit: unit.replace(/\)$/, ""), ...Object.fromEntries(known) });
    }
  }
  return { ok: true, value: Object.fromEntries(metrics) };
}

/** Points stand before decimals, commas between thousands; what is no number stays text, and is refused where it is wanted. */
function figureIn(cell: string): unknown {
  if (cell === "") return undefined;
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(cell) ? cell.replaceAll(",", "") : cell;
  return /^\d{1,25}(?:\.\d{1,25})?$/.test(plain) ? Number(plain) : cell;
}
