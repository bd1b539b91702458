import type { Unreadable } from "../shapes/measurements.ts";
import type { Content } from "./content.ts";
import { unreadable } from "./define-reader.ts";
import { at, isRecord } from "./fields.ts";

/** A format that is known and not read, with what it lacks and what to give instead. */
export interface ForeignFormat {
  name: string;
  lacks: string;
  instead: string;
  looksLike(content: Content): boolean;
}

const figures = "figures that can be read";
const overTime = "the share over time from Prometheus (`/api/v1/query_range`)";
const exported = "the results as JSON, CSV or text, as the tool writes them,";

/** Only asked where no reader recognises the content; the first that fits names it. */
export const foreignFormats: readonly ForeignFormat[] = [
  {
    name: "a Datadog monitor",
    lacks: "alert rule that can be read",
    instead: "the rules as Prometheus alerting rules",
    looksLike: ({ json }) => [json, at(json, "definition")].some((one) => hasTexts(one, "query", "type") && isRecord(at(one, "options"))),
  },
  {
    name: "PagerDuty's list of incidents",
    lacks: "alert with its labels",
    instead: "Alertmanager's `/api/v2/alerts`, or `ALERTS` over time from Prometheus,",
    looksLike: ({ json }) => Array.isArray(at(json, "incidents")) && typeof at(json, "more") === "boolean",
  },
  {
    name: "an SPDX bill of materials",
    lacks: "owner of a model and no way back",
    instead: "`model-registry.yml` or a CycloneDX ML-BOM",
    looksLike: ({ json }) =>
      (Array.isArray(at(json, "@graph")) && mentions(at(json, "@context"), "spdx.org")) || hasTexts(json, "spdxVersion"),
  },
  {
    name: "an OSCAL document",
    lacks: "measurement",
    instead: "the files that its observations rest on",
    looksLike: ({ json, yaml }) => {
      const [document = {}] = yaml ?? [json];
      return isRecord(document) && Object.keys(document).some((key) => at(document, key, "metadata", "oscal-version") !== undefined);
    },
  },
  {
    name: "flagd's file of feature flags",
    lacks: "time for which a share held",
    instead: overTime,
    looksLike: ({ json, yaml }) => everyOf(at(yaml?.[0] ?? json, "flags"), (flag) => isRecord(at(flag, "variants"))),
  },
  {
    name: "LaunchDarkly's file of feature flags",
    lacks: "time for which a share held",
    instead: overTime,
    looksLike: ({ json }) =>
      [{ flag: json }, at(json, "items"), at(json, "flags")].some((flags) =>
        everyOf(flags, (flag) => Array.isArray(at(flag, "variations")) && (isRecord(at(flag, "environments")) || hasTexts(flag, "key"))),
      ),
  },
  {
    name: "a VirtualService of Istio",
    lacks: "time for which a share held",
    instead: `a Rollout of Argo, a Canary of Flagger, or ${overTime}`,
    looksLike: ({ yaml }) =>
      yaml?.some((one) => at(one, "kind") === "VirtualService" && mentions(at(one, "apiVersion"), "networking.istio.io")) === true,
  },
  {
    name: "a scrape of Prometheus metrics",
    lacks: "series over time",
    instead: "the answer of Prometheus to `/api/v1/query_range`",
    looksLike: ({ text }) => /^# (?:HELP|TYPE|UNIT) [A-Za-z_:]/.test(text.trimStart()),
  },
  {
    name: "ab's table of `-e` or `-g`",
    lacks: "count of requests and failures",
    instead: "what ab prints",
    looksLike: ({ csvHeader }) =>
      isHeader(csvHeader, "Percentage served", "Time in ms") || isHeader(csvHeader, "starttime", "seconds", "ctime"),
  },
  {
    name: "Locust's history, failures or exceptions",
    lacks: "totals of the run",
    instead: "the file that ends in `_stats.csv`, or the output of `--json`,",
    looksLike: ({ csvHeader }) =>
      isHeader(csvHeader, "Timestamp", "User Count") ||
      isHeader(csvHeader, "Method", "Name", "Error", "Occurrences") ||
      isHeader(csvHeader, "Count", "Message", "Traceback"),
  },
  {
    name: "Gatling's `simulation.log`",
    lacks: "totals of the run",
    instead: "`index.html` of the report",
    looksLike: ({ text, bytes }) => /^RUN\t[^\t\n]{0,300}\t/.test(text) || isGatlingLog(bytes),
  },
  {
    name: "vegeta's list of results",
    lacks: "totals of the run",
    instead: "the output of `vegeta report -type=json`",
    looksLike: ({ jsonLines, bytes }) =>
      ["attack", "seq", "latency", "bytes_in"].every((key) => at(jsonLines?.values[0], key) !== undefined) ||
      /Result.{1,40}Attack/s.test(latin(bytes, 128)),
  },
  {
    name: "k6's list of samples as CSV",
    lacks: "totals of the run",
    instead: "the data of `handleSummary` as JSON",
    looksLike: ({ csvHeader }) => isHeader(csvHeader, "metric_name", "timestamp", "metric_value"),
  },
  {
    name: "a test plan of JMeter",
    lacks: "result",
    instead: "the results (`-l results.jtl`)",
    looksLike: ({ xmlRoot }) => xmlRoot === "jmeterTestPlan",
  },
  {
    name: "a Jupyter notebook",
    lacks: figures,
    instead: "the results that it computes as JSON or CSV",
    looksLike: ({ json }) => Array.isArray(at(json, "cells")) && at(json, "nbformat") !== undefined,
  },
  {
    name: "an HTML page",
    lacks: figures,
    instead: exported,
    looksLike: ({ text }) => /^(?:<!--[^>]{0,200}-->\s{0,9})?<(?:!doctype html|html)[\s>]/i.test(text.slice(0, 1024).trimStart()),
  },
  binary("a PDF", "%PDF-"),
  {
    name: "a file of an office program",
    lacks: figures,
    instead: "the table as CSV",
    looksLike: ({ bytes }) => latin(bytes, 4).startsWith("PK\x03\x04") && /\[Content_Types\]\.xml|xl\/workbook/.test(latin(bytes, 4096)),
  },
  binary("a gzip archive", "\x1f\x8b"),
  binary("a Parquet file", "PAR1"),
  binary("an SQLite database", "SQLite format 3\0"),
  binary("an image", "\x89PNG", "\xff\xd8\xff", "GIF8", "RIFF"),
];

/** The refusal of content that no reader recognises and that is known all the same. */
export function refuseForeign(content: Content): Unreadable | undefined {
  const found = foreignFormats.find((format) => format.looksLike(content));
  if (found === undefined) return undefined;
  return unreadable("unknown-format", `This looks like ${found.name}, which holds no ${found.lacks}; give ${found.instead} instead.`);
}

/** By the first bytes, each a character. */
function binary(name: string, ...beginnings: string[]): ForeignFormat {
  return {
    name,
    lacks: figures,
    instead: exported,
    looksLike: ({ bytes }) => beginnings.some((beginning) => latin(bytes, 16).startsWith(beginning)),
  };
}

function latin(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

/** Since 3.13 the log begins with a zero byte and the version, its length before it. */
function isGatlingLog(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && /^\d{1,2}\.\d{1,3}\.\d/.test(latin(bytes.subarray(5), 11));
}

function isHeader(header: readonly string[] | undefined, ...names: string[]): boolean {
  return header !== undefined && names.every((name, index) => header[index] === name);
}

function hasTexts(value: unknown, ...keys: string[]): boolean {
  return keys.every((key) => typeof at(value, key) === "string");
}

function mentions(value: unknown, text: string): boolean {
  return [value].flat().some((one) => typeof one === "string" && one.includes(text));
}

/** Each entry of a list or of an object, of which there is at least one. */
function everyOf(value: unknown, holds: (entry: unknown) => boolean): boolean {
  const entries: unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [];
  return entries.length > 0 && entries.every(holds);
}
