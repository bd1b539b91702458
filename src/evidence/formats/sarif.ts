import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, nameOf, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";

type Outcome = "passed" | "failed" | "skipped" | "other";

/**
 * SARIF 2.1.0 of a scanner. It lists findings and not attempts, so it is no red team: each finding that counts is a failed test. A run
 * counts only where it says that it ended well. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export default defineReader({
  format: "sarif",
  title: "SARIF 2.1.0",
  kinds: ["tests"],
  seen: ["ESLint 9.39.5"],
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
      const rules = rulesOf(run.raw("tool"));
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
    const driver = runs[0]?.in("tool").in("driver");
    const version = driver?.raw("semanticVersion") ?? driver?.raw("version");
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

function outcomeOf(result: Fields, rules: Rules): Outcome {
  const kind = result.optionalText("kind") ?? "fail";
  if (kind === "pass") return "passed";
  const suppressions = result.has("suppressions") ? result.list("suppressions") : [];
  const isSuppressed =
    suppressions.length > 0 && suppressions.every((one) => !["rejected", "underReview"].includes(String(one.raw("status"))));
  if (isSuppressed) return "skipped";
  // A result that is absent was there in an earlier run only.
  if (kind !== "fail" || result.raw("baselineState") === "absent") return "other";
  const level = result.optionalText("level") ?? levelOfRule(result, rules);
  return level === "error" || level === "warning" ? "failed" : "other";
}

/** The default level of each rule, by its place in the driver or in an extension, and by its id. */
interface Rules {
  driver: Levels;
  extensions: Levels[];
}
interface Levels {
  byIndex: (string | undefined)[];
  byId: Map<unknown, string | undefined>;
}

function rulesOf(tool: unknown): Rules {
  const extensions = at(tool, "extensions");
  return { driver: levelsOf(at(tool, "driver")), extensions: (Array.isArray(extensions) ? extensions : []).map(levelsOf) };
}

function levelsOf(component: unknown): Levels {
  const found = at(component, "rules");
  const rules: unknown[] = Array.isArray(found) ? found : [];
  const levels = rules.map((rule) => {
    const level = at(rule, "defaultConfiguration", "level");
    return [at(rule, "id"), typeof level === "string" ? level : undefined] as const;
  });
  return { byIndex: levels.map(([, level]) => level), byId: new Map(levels.toReversed()) };
}

/** Where neither the result nor its rule says a level, it is `warning`. */
function levelOfRule(result: Fields, { driver, extensions }: Rules): string {
  const rule = result.raw("rule");
  const extension = at(rule, "toolComponent", "index");
  const levels = typeof extension === "number" ? extensions[extension] : driver;
  const index = result.raw("ruleIndex") ?? at(rule, "index");
  return (typeof index === "number" ? levels?.byIndex[index] : levels?.byId.get(result.raw("ruleId") ?? at(rule, "id"))) ?? "warning";
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
