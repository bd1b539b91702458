import type { Unreadable } from "../shapes/measurements.ts";
import { rowName } from "./csv-columns.ts";
import type { CsvTable } from "./csv.ts";
import { defineReader, unreadable, type Measured } from "./define-reader.ts";
import { isoOf, readAsUtc, toInstant } from "./instant.ts";
import { percentilesOf, toMeasured } from "./load-run.ts";
import type { XmlElement } from "./xml.ts";

const needed = ["timeStamp", "elapsed", "label", "success"];

/**
 * JMeter's results, a sample a row (CSV with its header) or an element (XML). `success` is the run's own verdict. Transactions sum up
 * samples beside or inside them, so they are not counted. Elapsed is milliseconds.
 */
export default defineReader({
  format: "jtl",
  title: "JMeter results (JTL, CSV or XML)",
  kinds: ["load-test"],
  seen: ["XML of 2011", "CSV of 2021"],
  recognises: ({ csvHeader, xmlRoot }) =>
    xmlRoot === "testResults" || (csvHeader !== undefined && needed.every((name) => csvHeader.includes(name))),
  read: ({ csv, xml }) => {
    if (xml !== undefined) return summarise(readElements(xml));
    return csv.ok ? summarise(readRows(csv.value)) : csv;
  },
});

interface Sample {
  /** Epoch milliseconds. */
  start: number;
  elapsed: number;
  success: boolean;
}

interface Samples {
  list: Sample[];
  /** Times in the file were without a zone. */
  local: boolean;
}

function isTransaction(message: string | undefined): boolean {
  return message?.startsWith("Number of samples in transaction") === true;
}

function readRows({ header, rows }: CsvTable): Samples | Unreadable {
  const columns = Object.fromEntries([...needed, "responseMessage"].map((name) => [name, header.indexOf(name)]));
  if (needed.some((name) => columns[name] === -1)) return unreadable("bad-shape", `The header lacks one of: ${needed.join(", ")}.`);
  const found: Samples = { list: [], local: false };
  for (const [index, row] of rows.entries()) {
    const cell = (name: string) => row[columns[name] ?? -1];
    if (isTransaction(cell("responseMessage"))) continue;
    const sample = toSample(cell("timeStamp"), cell("elapsed"), cell("success"));
    if (sample === undefined) return unreadable("bad-value", `The time, duration or verdict in ${rowName(index)} is not one.`);
    found.list.push(sample);
    found.local ||= !/^\d+$/.test((cell("timeStamp") ?? "").trim());
  }
  return found;
}

/** Samples inside a sample are its redirects and page parts; those inside a transaction are what it sums up. */
function readElements(root: XmlElement): Samples | Unreadable {
  const found: Samples = { list: [], local: false };
  const open = [...root.children];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (element.name !== "httpSample" && element.name !== "sample") continue;
    const { t, ts, s, rm } = element.attributes;
    if (isTransaction(rm)) {
      for (const child of element.children) open.push(child);
      continue;
    }
    const sample = toSample(ts, t, s);
    if (sample === undefined) return unreadable("bad-value", "A sample has no `ts`, `t` or `s` that can be read.");
    found.list.push(sample);
  }
  return found;
}

function toSample(time: string | undefined, elapsed: string | undefined, success: string | undefined): Sample | undefined {
  const start = toEpoch((time ?? "").trim());
  const verdict = (success ?? "").trim().toLowerCase();
  if (start === undefined || !/^\d{1,10}$/.test((elapsed ?? "").trim()) || (verdict !== "true" && verdict !== "false")) return undefined;
  return { start, elapsed: Number(elapsed), success: verdict === "true" };
}

function toEpoch(text: string): number | undefined {
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const instant = /^\d{4}[/-]\d{2}[/-]\d{2} /.test(text) ? toInstant(text.replaceAll("/", "-")) : undefined;
  return instant === undefined ? undefined : Date.parse(instant.at);
}

/** The run lasts from the first start to the last answer. */
function summarise(samples: Samples | Unreadable): Measured | Unreadable {
  if ("code" in samples) return samples;
  const { list, local } = samples;
  if (list.length === 0) return unreadable("incomplete", "The file holds no sample. Write the results again.");
  let [first, last, failed] = [Number.MAX_SAFE_INTEGER, 0, 0];
  for (const { start, elapsed, success } of list) {
    first = Math.min(first, start);
    last = Math.max(last, start + elapsed);
    if (!success) failed += 1;
  }
  return toMeasured({
    tool: "jmeter",
    requests: list.length,
    failed,
    durationSeconds: (last - first) / 1000,
    latencyMs: percentilesOf(list.map(({ elapsed }) => elapsed)),
    startedAt: isoOf(first),
    endedAt: isoOf(last),
    notes: local ? [readAsUtc] : [],
  });
}
