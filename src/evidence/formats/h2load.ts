import { defineReader } from "../define-reader.ts";
import { fieldsOf } from "../fields.ts";
import { checkedPercentiles, toMeasured } from "../load-run.ts";
import { noteOnP95 } from "../percentiles.ts";
import { line, parseReport, timed, toMilliseconds } from "../text-report.ts";

const finished = line("finished in ", `${timed}, .*`);
const count = String.raw`(\d{1,15})`;
const totals = line(
  "requests: ",
  `${count} total, ${count} started, ${count} done, ${count} succeeded, ${count} failed, ${count} errored(?:, .*)?`,
);
const times = line("time for request:", ` +${timed} +${timed} +${timed} .*`);

/** What h2load prints. "Failed" holds HTTP errors and requests without an answer. Of the latencies there are only mean and maximum. */
export default defineReader({
  format: "h2load",
  title: "h2load (text)",
  kinds: ["load-test"],
  seen: ["1.52.0"],
  recognises: ({ text }) => /^finished in \S{1,30}, \S{1,30} req\/s, /m.test(text),
  read: ({ text }) => {
    const report = parseReport(text, totals);
    if ("ok" in report) return report;
    const [total = 0, , done = 0, succeeded = 0, failed = 0] = (report.find(totals) ?? []).slice(1).map(Number);
    const file = fieldsOf({});
    if (succeeded + failed !== total) file.refuse("requests", "do not sum up to the total");
    const [, length = "", unit = ""] = report.find(finished) ?? [];
    const durationSeconds = length === "" ? undefined : toMilliseconds(length, unit) / 1000;
    const [, , , max = "", maxUnit = "", mean = "", meanUnit = ""] = report.find(times) ?? [];
    const found = max === "" ? {} : { mean: toMilliseconds(mean, meanUnit), max: toMilliseconds(max, maxUnit) };
    const latencyMs = done === 0 ? undefined : checkedPercentiles(found, file);
    const notes = [done === 0 ? "no request was answered, so there are no latencies" : noteOnP95(latencyMs, "h2load has no percentiles")];
    const run = { requests: total, failed, durationSeconds, latencyMs, notes };
    return report.problem() ?? file.problem() ?? toMeasured({ tool: "h2load", ...run });
  },
});
