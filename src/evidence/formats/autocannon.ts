import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";
import { noteOnP95, readPercentiles } from "../percentiles.ts";

/** `autocannon --json`. Latencies are milliseconds; there is no p95, only p90 and p97.5. `requests.total` is what was answered. */
export default defineReader({
  format: "autocannon",
  title: "autocannon --json",
  kinds: ["load-test"],
  seen: ["7.15.0", "8.0.0"],
  recognises: ({ json }) =>
    isRecord(json) && ["latency", "requests", "throughput"].every((key) => isRecord(json[key])) && at(json, "non2xx") !== undefined,
  read: ({ json }) => {
    const file = fieldsOf(json);
    const answered = file.in("requests").count("total");
    const errors = file.count("errors");
    const requests = answered + errors;
    const failed = Math.min(requests, errors + Math.max(badAnswers(file, answered), file.optionalCount("mismatches") ?? 0));
    const durationSeconds = file.number("duration");
    const latencyMs = answered === 0 ? undefined : latenciesOf(file.in("latency"));
    const startedAt = instantOf(file, "start");
    const endedAt = instantOf(file, "finish");
    const measurement = present({
      requests,
      failed,
      errorRate: requests === 0 ? undefined : failed / requests,
      durationSeconds: durationSeconds === 0 ? undefined : durationSeconds,
      ratePerSecond: durationSeconds === 0 ? undefined : requests / durationSeconds,
      latencyMs,
      startedAt,
      endedAt,
    });
    const note = answered === 0 ? "no request was answered, so there are no latencies" : noteOnP95(latencyMs, "autocannon writes p97_5");
    return (
      file.problem() ?? {
        kind: "load-test",
        tool: { name: "autocannon", version: null },
        measurement,
        origin: present({ measuredAt: endedAt }),
        notes: note === undefined ? [] : [note],
      }
    );
  },
});

/** Answers of status 400 and above. Redirects are answers; older files tell them apart only as "not 2xx". */
function badAnswers(file: Fields, answered: number): number {
  const non2xx = file.count("non2xx");
  if (non2xx > answered) file.refuse("non2xx", "is more than requests.total");
  if (!file.has("4xx") || !file.has("5xx")) return non2xx;
  const bad = file.count("4xx") + file.count("5xx");
  if (bad > non2xx) file.refuse("non2xx", "is less than 4xx and 5xx together");
  return bad;
}

function latenciesOf(latency: Fields): ReturnType<typeof readPercentiles> {
  return readPercentiles(latency, { mean: "average", p50: "p50", p90: "p90", p95: "p95", p97_5: "p97_5", p99: "p99", max: "max" });
}

function instantOf(file: Fields, key: string): string | undefined {
  const text = file.optionalText(key);
  const instant = text === undefined ? undefined : toInstant(text);
  if (text !== undefined && instant?.zoned !== true) file.refuse(key, "is not an instant");
  return instant?.at;
}
