import { describe, expect, it } from "@jest/globals";
import { strToU8, zipSync } from "fflate";
import { readArchive } from "../../src/evidence/read-archive.ts";
import { readEvidenceFolder } from "../../src/evidence/read-evidence.ts";
import { fixture, read, refusal, samples } from "./fixtures.ts";

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const log = fixture("inspect.json");

/** The archive with another size in its directory for the first entry. */
function withSize(archive: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(archive);
  bytes.writeUInt32LE(size, bytes.indexOf(Buffer.from("PK\x01\x02", "latin1")) + 24);
  return bytes;
}

describe("Inspect's archive", () => {
  it("says what its log says as JSON", () => {
    expect(read(zip({ "_journal/start.json": "{}", "samples/1_epoch_1.json": "{", "header.json": log }))).toEqual(read(log));
  });

  it.each([
    ["a run that has not ended", zip({ "_journal/start.json": "{}" }), "incomplete"],
    ["a header that is none", zip({ "header.json": "{" }), "not-parseable"],
    ["a header of a cancelled run", zip({ "header.json": log.replace('"success"', '"cancelled"') }), "incomplete"],
    ["a header that says it is smaller", withSize(zip({ "header.json": log }), 10), "not-parseable"],
    ["a header that says it is huge", withSize(zip({ "header.json": log }), 0xffff_fff0), "too-large"],
  ])("is refused with %s", (_name, archive, code) => {
    expect(refusal(archive)).toMatchObject({ code, format: "inspect" });
  });
});

describe("an archive", () => {
  it.each([
    ["cut off", zip({ "header.json": log }).subarray(0, 100), "not-parseable"],
    ["of anything", zip({ "a.txt": "words" }), "unknown-format"],
  ])("that is %s is refused", (_name, archive, code) => {
    expect(refusal(archive)).toMatchObject({ code });
  });

  it("with two entries of one name is refused: nobody can say which one counts", () => {
    const bytes = Buffer.from(zip({ "header.json": log, "header.jsom": log }));
    for (let at = bytes.indexOf("header.jsom"); at !== -1; at = bytes.indexOf("header.jsom")) bytes.write("header.json", at);
    expect(refusal(bytes)).toMatchObject({ code: "duplicate-key" });
  });

  it("with over 20,000 entries is refused", () => {
    const many = zipSync(Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`${index}`, new Uint8Array()])), { level: 0 });
    expect(refusal(many)).toMatchObject({ code: "too-large" });
  });

  it("of an artifact is read file by file", () => {
    const files = { "load/autocannon.json": fixture("autocannon.json"), "notes.txt": "words", __proto__: "{}" };
    const found = readArchive("artifact.zip", zip(files));
    expect(found?.map(({ path, reading }) => [path, reading.ok ? reading.format : reading.code])).toEqual([
      ["artifact.zip/load/autocannon.json", "autocannon"],
      ["artifact.zip/notes.txt", "unknown-format"],
    ]);
    expect(readArchive("a.json", strToU8("{}"))).toBeUndefined();
  });
});

const run = {
  "meta.yaml": "run_id: 91e0bc6a944f\nstatus: 3\nstart_time: 1795161600000\nend_time: 1795161660250\n",
  "metrics/exact_match": "1795161600000 0.5 0\n1795161660000 0.75 1\n",
  "metrics/rag/faithfulness": "1795161660000 9.0e-1 0\n",
  "metrics/broken": "1795161660000 NaN 0\n",
  "tags/mlflow.source.git.commit": "3F9C2D1E5A7B4C6D8E9F0A1B2C3D4E5F6A7B8C9D\n",
};
const inFolder = (files: Record<string, string>, place = "") =>
  readEvidenceFolder(new Map(Object.entries(files).map(([name, text]) => [`${place}${name}`, strToU8(text)])));

describe("a folder of an MLflow run", () => {
  it("gives the last value of each metric, the end and the commit", () => {
    const reading = inFolder(run);
    expect(reading).toMatchObject({
      format: "mlflow-run",
      measurement: {
        metrics: [
          { name: "exact_match", value: 0.75 },
          { name: "rag/faithfulness", value: 0.9 },
        ],
      },
      origin: { measuredAt: "2026-11-20T08:01:00.250Z", commit: "3f9c2d1e5a7b4c6d8e9f0a1b2c3d4e5f6a7b8c9d" },
      notes: ["how many answers the metrics rest on is not in the file", "1 of the metrics are not finite and were left out"],
    });
    expect(inFolder(run, "mlruns/8520/91e0/")).toEqual(reading);
    expect(read(zip(Object.fromEntries(Object.entries(run).map(([name, text]) => [`mlruns/8520/91e0/${name}`, text]))))).toEqual(reading);
  });

  it.each([
    ["a run that goes on", { ...run, "meta.yaml": "run_id: a\nstatus: 1\n" }, "incomplete"],
    ["a run that failed", { ...run, "meta.yaml": "run_id: a\nstatus: 4\n" }, "incomplete"],
    ["a metric without a value", { ...run, "metrics/exact_match": "\n" }, "empty"],
    ["a metric that is text", { ...run, "metrics/exact_match": "1795161600000 good 0\n" }, "bad-value"],
    ["a metric with more than three figures", { ...run, "metrics/exact_match": "1795161600000 1 0 2\n" }, "bad-value"],
    ["YAML that is none", { ...run, "meta.yaml": "a: [" }, "not-parseable"],
    ["two runs", { ...run, "b/meta.yaml": run["meta.yaml"], "b/metrics/a": "1 1 0" }, "bad-shape"],
    ["an experiment without runs", { "meta.yaml": run["meta.yaml"] }, "unknown-format"],
    ["nothing", {}, "unknown-format"],
  ])("is refused with %s", (_name, files, code) => {
    expect(inFolder(files)).toMatchObject({ ok: false, code });
  });

  const real = samples().filter(({ path }) => path.startsWith("mlflow/mlruns/"));
  (real.length === 0 ? it.skip : it)("of the real tool is read", () => {
    const files = new Map(real.map(({ path, bytes }) => [path.slice("mlflow/mlruns/".length), bytes]));
    expect(readEvidenceFolder(files)).toMatchObject({
      measurement: {
        metrics: [
          { name: "contains", value: 1 },
          { name: "exact_match", value: 0 },
          { name: "token_f1", value: 0 },
        ],
      },
      origin: { measuredAt: "2025-09-12T21:47:47.783Z" },
    });
  });
});
