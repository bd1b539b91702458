import { defineReader, unreadable } from "../define-reader.ts";
import { present } from "../fields.ts";
import { toInstant } from "../instant.ts";
import type { XmlElement } from "../xml.ts";

type Outcome = "passed" | "failed" | "errors" | "skipped";

/**
 * JUnit XML. Only `<testcase>` elements are counted: the totals in the root's attributes are wrong in many real files. There is no
 * standard; https://github.com/testmoapp/junitxml describes what tools agree on.
 */
export default defineReader({
  format: "junit",
  title: "JUnit XML",
  kinds: ["tests"],
  seen: ["Ant/Surefire", "promptfoo 0.121.20", "Node.js 24.21.0"],
  recognises: ({ xmlRoot }) => xmlRoot === "testsuites" || xmlRoot === "testsuite",
  read: ({ xml }) => {
    const counts: Record<Outcome, number> = { passed: 0, failed: 0, errors: 0, skipped: 0 };
    const times: string[] = [];
    const open: XmlElement[] = xml === undefined ? [] : [xml];
    for (let element = open.pop(); element !== undefined; element = open.pop()) {
      if (element.name === "testcase") counts[outcomeOf(element)] += 1;
      else if (element.name === "testsuites" || element.name === "testsuite") {
        const time = toInstant(element.attributes["timestamp"] ?? "");
        if (time?.zoned === true) times.push(time.at);
        for (const child of element.children) open.push(child);
      }
    }
    const total = counts.passed + counts.failed + counts.errors + counts.skipped;
    if (total === 0) return unreadable("incomplete", "The report holds no `testcase`, so it proves nothing. Run the tests again.");
    const measuredAt = times.sort().at(-1);
    return {
      kind: "tests",
      tool: { name: "junit", version: null },
      measurement: { total, ...counts },
      origin: present({ measuredAt }),
      notes: measuredAt === undefined ? ["no time with a zone in the file"] : [],
    };
  },
});

function outcomeOf({ children }: XmlElement): Outcome {
  const has = (name: string) => children.some((child) => child.name === name);
  return has("error") ? "errors" : has("failure") ? "failed" : has("skipped") ? "skipped" : "passed";
}
