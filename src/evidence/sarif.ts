import { defineReader, unreadable } from "./define-reader.ts";
import { at, fieldsOf, isRecord, nameOf, present, type Fields } from "./fields.ts";
import { toInstant } from "./instant.ts";

type Outcome = "passed" | "failed" | "skipped" | "other";

/**
 * SARIF 2.1.0 of a scanner. It lists findings and not attempts, so it is no red team: each finding that counts is a failed test. A run
 * counts only where it says that it ended well. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export default defineReader({
  format: "sarif",
  title: "SARIF 2.1.0",
  kinds: ["tests"],
  seen: [],
  recognises: ({ json }) => {
    const runs = at(json, "runs");
    return Array.isArray(runs) && typeof at(json, "version") === "string" && runs.every((run) => isRecord(at(run, "tool", "driver")));
  },
  read: ({ json }) => {
    const file = fieldsOf(json);
    if (file.raw("version") !== "2.1.0") {
      return unreadable("unsupported-version", "This version of SARIF (`version`) is not known; 2.1.0 is.");
    }
    const runs = file.list("runs");
    const outcomes = runs.flatMap((run) => {
      const rules = run.in("tool").in("driver");
      return run.list("results").map((result) => outcomeOf(result, rules));
    });
    const times = runs.map(endOf);
    const names = runs.map((run) => run.in("tool").in("driver").text("name"));
    const problem = file.problem();
    if (problem !== undefined) return problem;
    if (runs.length === 0 || !runs.every(endedWell)) {
      return unreadable(
        "incomplete",
        "A run does not say that it ended well (`invocations[].executionSuccessful`), so no finding proves nothing. Run the scanner again.",
      );
    }
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
    const counts = { passed: count("passed"), failed: count("failed"), skipped: count("skipped"), errors: 0 };
    const version = runs[0]?.in("tool").in("driver").raw("semanticVersion");
    const complete = times.every((time) => time !== undefined);
    return {
      kind: "tests",
      tool: { name: nameOf(names[0] ?? "sarif"), version: typeof version === "string" ? nameOf(version) : null },
      measurement: { total: counts.passed + counts.failed + counts.skipped, ...counts },
      origin: present({ measuredAt: complete ? times.sort().at(-1) : undefined }),
      notes: [
        "SARIF lists findings, not how much was tried",
        ...(count("other") > 0 ? [`${count("other")} of its results are remarks and count as nothing`] : []),
      ],
    };
  },
});

function outcomeOf(result: Fields, driver: Fields): Outcome {
  const kind = result.optionalText("kind") ?? "fail";
  if (kind === "pass") return "passed";
  const suppressions = result.has("suppressions") ? result.list("suppressions") : [];
  const isSuppressed =
    suppressions.length > 0 && suppressions.every((one) => !["rejected", "underReview"].includes(String(one.raw("status"))));
  if (isSuppressed) return "skipped";
  if (kind !== "fail") return "other";
  const level = result.optionalText("level") ?? levelOfRule(result, driver);
  return level === "error" || level === "warning" ? "failed" : "other";
}

/** Where neither the result nor its rule says a level, it is `warning`. */
function levelOfRule(result: Fields, driver: Fields): string {
  const rules = driver.raw("rules");
  const list: unknown[] = Array.isArray(rules) ? rules : [];
  const id = result.raw("ruleId") ?? at(result.raw("rule"), "id");
  const index = result.raw("ruleIndex") ?? at(result.raw("rule"), "index");
  const rule = typeof index === "number" ? list[index] : list.find((one) => id !== undefined && at(one, "id") === id);
  const level = at(rule, "defaultConfiguration", "level");
  return typeof level === "string" ? level : "warning";
}

function endedWell(run: Fields): boolean {
  const invocations = run.has("invocations") ? run.list("invocations") : [];
  return invocations.length > 0 && invocations.every((invocation) => invocation.raw("executionSuccessful") === true);
}

function endOf(run: Fields): string | undefined {
  const ends = (run.has("invocations") ? run.list("invocations") : []).map((invocation) => {
    const text = invocation.optionalText("endTimeUtc");
    const time = text === undefined ? undefined : toInstant(text);
    return time?.zoned === true ? time.at : undefined;
  });
  return ends.every((end) => end !== undefined) ? ends.sort().at(-1) : undefined;
}
