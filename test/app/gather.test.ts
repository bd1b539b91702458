import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { gather } from "../../src/app/gather.ts";
import { PortError, type Tree } from "../../src/app/ports.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import type { System } from "../../src/shapes/policy.ts";

function system(more = ""): System {
  const text = `version: 1\nsystems:\n  - id: a\n    risk: low\n    models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]\n${more}`;
  const parsed = parsePolicy(text, { file: "pilotgate.yml" });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(" "));
  const [first] = resolvePolicy(parsed.policy).systems;
  if (first === undefined) throw new Error("the policy has no system");
  return first;
}

/** A tree in memory that writes down what was read of it. */
function toTree(files: Record<string, string>): { tree: Tree; reads: string[] } {
  const reads: string[] = [];
  const entries = new Map(Object.entries(files).map(([path, { length }]) => [path, { path, kind: "file" as const, size: length }]));
  const tree: Tree = {
    commit: null,
    entries,
    truncated: false,
    blobId: async (path) =>
      createHash("sha1")
        .update(files[path] ?? "")
        .digest("hex"),
    read: async (path) => {
      reads.push(path);
      return new TextEncoder().encode(files[path]);
    },
  };
  return { tree, reads };
}

const SURVEY = "docs/readiness/evidence/user-satisfaction/a.csv";
const DESCRIPTION = "docs/readiness/user-survey.md";
const describedAs = (scale: string) => `---\nscale: ${scale}\n---\n\n## Representative of whom\n\nThe canary.\n`;

async function surveyOf(files: Record<string, string>, of = system()) {
  const { tree, reads } = toTree(files);
  const { evidence } = await gather(of, tree, undefined);
  const reading = evidence["user-satisfaction"]?.[0]?.reading;
  return { measurement: reading?.ok === true && reading.kind === "survey" ? reading.measurement : undefined, reads };
}

describe("the scale of a survey", () => {
  const answers = "user,score\na,5\nb,9\n";
  const own = "    criteria: { user-satisfaction: { scale: 1-10 } }\n";
  it.each([
    ["the policy, whatever the description says", { [SURVEY]: answers, [DESCRIPTION]: describedAs('"0-10"') }, own, "1-10"],
    ["the description", { [SURVEY]: answers, [DESCRIPTION]: describedAs('"0-10"') }, "", "0-10"],
    ["the export, which knows what people saw", { [SURVEY]: "user,score (1-10)\na,5\n", [DESCRIPTION]: describedAs('"0-10"') }, "", "1-10"],
    ["nobody", { [SURVEY]: answers }, "", undefined],
    ["a description that says it as a number", { [SURVEY]: answers, [DESCRIPTION]: describedAs("10") }, "", undefined],
    ["a description that cannot be read", { [SURVEY]: answers, [DESCRIPTION]: "---\nscale: [\n---\n" }, "", undefined],
  ])("is taken from %s", async (_from, files, policy, scale) => {
    const { measurement } = await surveyOf(files, system(policy));
    expect(measurement).toMatchObject({ responses: 2 - Number(files[SURVEY]?.includes("(") === true) });
    expect(measurement?.scale).toBe(scale);
  });

  it("costs no second reading of the description", async () => {
    const { reads } = await surveyOf({ [SURVEY]: answers, [DESCRIPTION]: describedAs('"0-10"') });
    expect(reads.sort()).toEqual([SURVEY, DESCRIPTION].sort());
  });
});

describe("files that are not read one by one and whole", () => {
  const RUN = "docs/readiness/evidence/pilot-performance/mlruns/1/ab";
  const run = {
    [`${RUN}/meta.yaml`]: "run_id: ab\nstatus: 3\nend_time: 1795161660250\n",
    [`${RUN}/metrics/accuracy`]: "1795161660000 0.75 1\n",
    [`${RUN}/params/model`]: "gpt-4o-2024-11-20",
    [`${RUN}.evidence.yml`]: "commit: 3f9c2d1e\nmodel: gpt-4o-2024-11-20\n",
    "docs/readiness/evidence/pilot-performance/other.txt": "words",
  };

  it("a folder of MLflow is one piece of evidence, with its sidecar", async () => {
    const { tree } = toTree(run);
    const { evidence } = await gather(system(), tree, undefined);
    expect(evidence["pilot-performance"]).toMatchObject([
      { path: "docs/readiness/evidence/pilot-performance/other.txt", reading: { ok: false } },
      {
        path: RUN,
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        reading: { format: "mlflow-run", origin: { commit: "3f9c2d1e", model: "gpt-4o-2024-11-20" } },
      },
    ]);
  });

  it("a folder of MLflow takes in what MLflow wrote, and hides no other result", async () => {
    const { tree } = toTree({
      ...run,
      [`${RUN}/artifacts/table.json`]: "{}",
      [`${RUN}/failed.txt`]: "words",
      [`${RUN}/worse/metrics.json`]: "{",
    });
    const { evidence } = await gather(system(), tree, undefined);
    expect(evidence["pilot-performance"]?.map(({ path }) => path.slice("docs/readiness/evidence/pilot-performance/".length))).toEqual([
      "mlruns/1/ab/failed.txt",
      "mlruns/1/ab/worse/metrics.json",
      "other.txt",
      "mlruns/1/ab",
    ]);
  });

  it("a folder of MLflow has another digest when a file in it changes", async () => {
    const digestOf = async (files: Record<string, string>) =>
      (await gather(system(), toTree(files).tree, undefined)).evidence["pilot-performance"]?.[1]?.digest;
    expect(await digestOf(run)).not.toBe(await digestOf({ ...run, [`${RUN}/params/model`]: "another" }));
  });

  it("a file that is too large to hold is read in pieces, where the tree has them", async () => {
    const path = "docs/readiness/evidence/load-test/run.jtl";
    const header = "timeStamp,elapsed,label,responseMessage,success";
    const rows = Array.from({ length: 9000 }, (_, index) => `${1795161600000 + index * 100},${50 + (index % 100)},ask,OK,true`);
    const text = [header, ...rows].join("\n");
    const { tree } = toTree({ [path]: text });
    const tooLarge: Tree = {
      ...tree,
      read: async () => {
        throw new PortError("too-large", "it is too large");
      },
    };
    const bytes = new TextEncoder().encode(text);
    const inPieces: Tree = { ...tooLarge, pieces: () => [bytes.subarray(0, 1000), bytes.subarray(1000)] };
    const [whole, pieces, neither] = await Promise.all(
      [tree, inPieces, tooLarge].map(async (one) => (await gather(system(), one, undefined)).evidence["load-test"]?.[0]),
    );
    expect(pieces).toEqual(whole);
    expect(neither?.reading).toMatchObject({ ok: false, code: "too-large" });
  });
});
