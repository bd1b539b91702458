/*
 * What reading 10 MB of evidence costs in processor time, by what it is written in: the median of five readings. Run: node bench/read.ts [--rounds 5]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readEvidence } from "../src/evidence/read-evidence.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const size = 10_000_000;
const small = 1024 * 1024;
const fixture = (name: string): string => readFileSync(new URL(`../test/fixtures/evidence/${name}`, import.meta.url), "utf8");

/** `head`, then what `entry` makes as often as it takes, then `tail`, which may say how often that was. */
function grown(head: string, entry: (index: number) => string, tail: string, length = size): string {
  const parts = [head];
  let written = head.length + tail.length;
  for (;;) {
    const next = entry(parts.length - 1);
    if ((written += next.length) > length) break;
    parts.push(next);
  }
  return [...parts, tail.replace("COUNT", String(parts.length - 1))].join("");
}

const line = (name: string, index: number): string => fixture(name).split("\n")[index] ?? "";
const timeOf = (index: number): string => new Date(1_795_161_600_000 + index * 1000).toISOString();
const report = fixture("hey.txt");
const files: [what: string, text: string][] = [
  [
    "JSON, samples of a query",
    grown(
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[\n[0,"1"]',
      (index) => `,\n  [\n    ${1_795_161_600 + index}.781,\n    "0.01234567890123"\n  ]`,
      "]}]}}",
    ),
  ],
  [
    "JSON, rows of an evaluation",
    grown(
      '{"results":{"version":3,"timestamp":"2026-11-20T09:00:00Z","results":[{"success":true}',
      (index) => `,{"success":true,"score":1,"namedScores":{"a":${index % 2}},"response":{"output":"an answer"}}`,
      '],"stats":{"successes":COUNT,"failures":0,"errors":0}}}',
    ).replace('[{"success":true},', "["),
  ],
  ["JSON, a million keys", grown('{"a":0', (index) => `,"k${index}":1`, "}")],
  [
    "JSON lines, a log",
    grown("", (index) => `{"time":"${timeOf(index)}","request_id":"r-${index}","user":"u-7f","model":"chat-2","outcome":"answered"}\n`, ""),
  ],
  [
    "CSV, samples of JMeter",
    grown(
      `${line("jtl.csv", 0)}\n`,
      (index) =>
        `${1_795_169_700_000 + index},100,/answers,200,OK,Group 1-1,text,true,,389,717,1,1,https://staging.example.com/answers,54,0,38\n`,
      "",
    ),
  ],
  [
    "CSV with quotes, answers of a survey",
    grown(
      "response_id,answered_at,score (1-5),comment\n",
      (index) => `${index},${timeOf(index)},${(index % 5) + 1},"good, and fast"\n`,
      "",
    ),
  ],
  [
    "XML, test cases",
    grown("<testsuites>", (index) => `<testcase name="case ${index}" time="0.0005" classname="answers"/>`, "</testsuites>"),
  ],
  ["HTML, a report of Gatling", grown(fixture("gatling-page.html").replace("</html>", ""), (index) => `<p>row ${index}</p>\n`, "</html>")],
  ["a line of text", "a".repeat(size)],
  ["blank lines", "\n".repeat(size - 1) + "x"],
  [
    "YAML, 1 MiB of alerting rules",
    grown(
      "groups:\n- name: a\n  rules:\n",
      (index) => `  - { alert: A${index}, expr: up == 0, for: 5m, labels: { severity: critical } }\n`,
      "",
      small,
    ),
  ],
  ["Markdown, 1 MiB", grown(fixture("document.md"), (index) => `## Part ${index}\n\nWords of an *answer*.\n\n`, "", small)],
  ["a report in text, 1 MiB", grown(report, (index) => `  [1]\tGet "https://staging.example.com/${index}": refused\n`, "", small)],
];

const medianOf = (numbers: number[]): number => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/** Of processor time. */
function milliseconds(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measure(run: () => unknown): number {
  return medianOf(Array.from({ length: Number(values.rounds) }, () => milliseconds(run)));
}

const [[, json] = ["", ""]] = files;
console.log(`| content | read as | MB | ms |\n| --- | --- | --- | --- |`);
console.log(`| JSON.parse alone | – | ${(json.length / 1e6).toFixed(1)} | ${measure(() => JSON.parse(json)).toFixed(0)} |`);
for (const [what, text] of files) {
  const bytes = new TextEncoder().encode(text);
  const reading = readEvidence(bytes);
  const as = reading.ok ? `\`${reading.format}\`` : `\`${reading.code}\`${reading.format === undefined ? "" : ` of ${reading.format}`}`;
  console.log(`| ${what} | ${as} | ${(bytes.length / 1e6).toFixed(1)} | ${measure(() => readEvidence(bytes)).toFixed(0)} |`);
}
