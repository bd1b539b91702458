import type { Unreadable } from "../../shapes/measurements.ts";
import { csvRows, type RowTaker } from "../csv-rows.ts";
import { defineReader, unreadable, type Measured, type ReadOptions, type TextSink } from "../define-reader.ts";
import { sampleSummary, type SampleSummary } from "./jtl-samples.ts";
import { xmlElements } from "../xml.ts";

const needed = ["timeStamp", "elapsed", "label", "success"] as const;

/**
 * JMeter's results, a sample a row (CSV with its header) or an element (XML). `success` is the run's own verdict. Transactions sum up
 * samples beside or inside them, so they are not counted. Elapsed is milliseconds.
 */
export default defineReader({
  format: "jtl",
  title: "JMeter results (JTL, CSV or XML)",
  kinds: ["load-test"],
  seen: ["XML of 2011", "CSV of 2021"],
  recognises: ({ csvHeader, xmlRoot, text }) =>
    xmlRoot === "testResults" || (csvHeader !== undefined && needed.every((name) => csvHeader.includes(name))) || beginsAsXml(text),
  read: ({ text }, options) => {
    const sink = open(options);
    return sink.write(text) ?? sink.end();
  },
  stream: open,
});

/** The root of a file that is too large to be parsed whole stands at its beginning. */
function beginsAsXml(text: string): boolean {
  return /^\s*(?:<\?xml[^<>]{0,200}\?>\s*)?<testResults[\s>]/.test(text.slice(0, 1000));
}

function open(options: ReadOptions): TextSink<Measured | Unreadable> {
  const samples = sampleSummary(options);
  let sink: TextSink<undefined> | undefined;
  return {
    write(text) {
      sink ??= text.trimStart().startsWith("<") ? xmlElements(elements(samples)) : csvRows(rows(samples, options));
      return sink.write(text);
    },
    end: () => sink?.end() ?? samples.end(),
  };
}

function isTransaction(message: string | undefined): boolean {
  return message?.startsWith("Number of samples in transaction") === true;
}

function rows(samples: SampleSummary, { columns = {} }: ReadOptions): RowTaker {
  const tokens = columns["totalTokens"];
  return {
    header(names) {
      const lacking = needed.find((name) => !names.includes(name));
      if (lacking !== undefined) return unreadable("bad-shape", `The header lacks the column \`${lacking}\`.`);
      if (tokens !== undefined && !names.includes(tokens))
        return unreadable("bad-shape", "The CSV has no column for `columns.totalTokens` of the policy.");
      return ["timeStamp", "elapsed", "success", "responseMessage", ...(tokens === undefined ? [] : [tokens])].map((name) =>
        names.indexOf(name),
      );
    },
    row([time, elapsed, success, message, used], line) {
      if (isTransaction(message)) return undefined;
      const added = samples.add(time, elapsed, success, used);
      if (added === "bad") return unreadable("bad-value", `The time, duration, verdict or number of tokens in row ${line} is not one.`);
      return added;
    },
  };
}

/** Samples inside a sample are its redirects and page parts; those inside a transaction are what it sums up. */
function elements(samples: SampleSummary): ReturnType<typeof taker> {
  return taker(samples, []);
}

function taker(samples: SampleSummary, counts: boolean[]) {
  return {
    /** `counts` says of each open element whether samples in it count. */
    open(name: string, { t, ts, s, rm }: Readonly<Record<string, string>>): Unreadable | undefined {
      const isCounted = counts.at(-1) ?? true;
      const isSample = name === "httpSample" || name === "sample";
      const isGroup = counts.length === 0 || (isSample && isTransaction(rm));
      counts.push(isCounted && isGroup);
      if (!isSample || !isCounted || isGroup) return undefined;
      const added = samples.add(ts, t, s, undefined);
      return added === "bad" ? unreadable("bad-value", "A sample has no `ts`, `t` or `s` that can be read.") : added;
    },
    close: () => void counts.pop(),
  };
}
