import { numberIn } from "../csv-columns.ts";
import { parseRows } from "../csv.ts";
import { unreadable } from "../define-reader.ts";
import { parseJson, type Parsed } from "../json.ts";
import { tooManyStages } from "../load-stages.ts";

type Cells = (group: string, field: string, unit?: string) => unknown;

const headerRows = 3;
/** Place of each in a cell of percentiles: the least, p0.1, p1, p5, p10, p25, p75, p90, p95, p99, the greatest. There is no p50. */
const places = { p90: 7, p95: 8, p99: 9, max: 10 } as const;
const length = 11;

export function isGuidellmCsv(header: readonly string[] | undefined): boolean {
  return header?.[0] === "Run Info" && header.includes("Request Counts");
}

/**
 * GuideLLM's CSV in the shape of its JSON. Three rows of names (group, figure, unit), then a load level a row; the names are those of the
 * first level. Its times are local, without a zone, and are left out.
 * https://github.com/vllm-project/guidellm/blob/main/src/guidellm/benchmark/outputs/csv.py
 */
export function parseGuidellmCsv(text: string): Parsed<unknown> {
  const parsed = parseRows(text, { ragged: true });
  if (!parsed.ok) return parsed;
  const [groups = [], figures = [], units = [], ...levels] = parsed.value.rows;
  if (levels.length === 0)
    return unreadable("incomplete", `The CSV ends with row ${headerRows}, the last of its names: it holds no load level.`);
  const tooMany = tooManyStages(levels.length);
  if (tooMany !== undefined) return tooMany;
  if ([figures, units, ...levels].some((row) => row.length !== groups.length)) {
    return unreadable("bad-shape", "A load level of the CSV has other columns than the first one. Give `benchmarks.json`.");
  }
  const columns = new Map(groups.map((group, column) => [JSON.stringify([group, figures[column], units[column]]), column]));
  const benchmarks = levels.map((row) =>
    toBenchmark((group, figure, unit = "") => {
      const cell = row[columns.get(JSON.stringify([group, figure, unit])) ?? -1] ?? "";
      return cell === "" ? undefined : (numberIn(cell, { delimiter: "," }) ?? cell);
    }, levels.length),
  );
  const metadata = levels[0]?.[columns.get(JSON.stringify(["Runtime Info", "Metadata", ""])) ?? -1] ?? "";
  const read = parseJson(metadata);
  return { ok: true, value: { ...(read.ok ? { metadata: read.value } : {}), benchmarks } };
}

function toBenchmark(cells: Cells, levels: number): object {
  const counts = { successful: "Successful", errored: "Errored", incomplete: "Incomplete" };
  const totals = Object.entries(counts).map(([key, name]) => [key, cells("Request Counts", name)] as const);
  // Columns of a level that had errors stand between those of one that had none, so behind the latencies nothing is certain.
  const rates = levels > 1 ? {} : { ...rate(cells, "output_tokens_per_second", "Output"), ...rate(cells, "tokens_per_second", "Total") };
  return {
    duration: cells("Timings", "Duration", "Sec"),
    metrics: {
      request_totals: Object.fromEntries(totals.filter(([, count]) => count !== undefined)),
      ...distribution(cells, "request_latency", "Request Latency", "Sec"),
      ...distribution(cells, "time_to_first_token_ms", "Time to First Token", "ms"),
      ...distribution(cells, "inter_token_latency_ms", "Inter Token Latency", "ms"),
      ...rates,
    },
  };
}

function rate(cells: Cells, key: string, name: string): object {
  const mean = cells("Token Throughput", `Successful ${name} Tokens/Sec`, "Mean");
  return mean === undefined ? {} : { [key]: { successful: { mean } } };
}

/** Absent where no request that succeeded has the figure. */
function distribution(cells: Cells, key: string, group: string, unit: string): object {
  const of = (figure: string) => cells(group, `Successful ${unit}`, figure);
  const [mean, p50, list] = [of("Mean"), of("Median"), of("Percentiles")];
  if (mean === undefined && p50 === undefined && list === undefined) return {};
  const parsed = typeof list === "string" ? parseJson(list) : undefined;
  const values: unknown[] = parsed?.ok === true && Array.isArray(parsed.value) && parsed.value.length === length ? parsed.value : [];
  const percentiles = { p50, p90: values[places.p90], p95: values[places.p95], p99: values[places.p99] };
  return { [key]: { successful: { mean, max: values[places.max], percentiles } } };
}
