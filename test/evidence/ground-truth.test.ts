import { describe, expect, it } from "@jest/globals";
import type { ReadOptions } from "../../src/evidence/define-reader.ts";
import { readers } from "../../src/evidence/formats/index.ts";
import { readEvidenceFolder } from "../../src/evidence/read-evidence.ts";
import { read, refusal, samples } from "./fixtures.ts";
import { differences, of, unmeasured, type Known, type Truth } from "./truth/compare.ts";
import { evaluations } from "./truth/evaluations.ts";
import { loadTests } from "./truth/load-tests.ts";
import { ownTruths } from "./truth/own.ts";
import { records } from "./truth/records.ts";
import { refused } from "./truth/refused.ts";
import { runningSystems } from "./truth/running-systems.ts";

/* Each sample of a real tool is read with all figures of its truth, or refused by name: `refused` or one of the tables has it. A file that
   comes to be read moves from one to the other. */

/** By path or by its beginning; the longest one counts. */
const known: Record<string, Known> = { ...loadTests, ...evaluations, ...runningSystems, ...records };

/** Folders that are evidence as a whole. */
const folders: Record<string, Known> = {
  "mlflow/mlruns/": {
    format: "mlflow-run",
    figures: {
      "meta.yaml": (reading, truth) => {
        const end = /^end_time: (\d+)$/m.exec(String(truth))?.[1];
        return Date.parse(reading.origin.measuredAt ?? "") === Number(end) ? truth : reading.origin.measuredAt;
      },
      "params/model": unmeasured,
      "tags/mlflow.runName": unmeasured,
    },
    beginning: {
      "metrics/": of("evaluation", ({ metrics }, truth, key) => {
        const [time, , step] = String(truth).split(" ");
        const value = metrics.find(({ name }) => key === `metrics/${name}`)?.value;
        return `${time} ${value?.toFixed(1)} ${step}`;
      }),
    },
  },
};

function knownOf(path: string): Known | undefined {
  const [best] = Object.keys(known)
    .filter((beginning) => path.startsWith(beginning))
    .sort((one, other) => other.length - one.length);
  return best === undefined ? undefined : known[best];
}

interface Sample {
  path: string;
  bytes: Uint8Array;
  truth: Truth;
}

const files = samples();
const list = files.find(({ path }) => path === "ground-truth.json")?.bytes;
const entries = list === undefined ? [] : (JSON.parse(new TextDecoder().decode(list)) as { path: string; truth: Truth | Truth[] }[]);
const all = entries.map(({ path, truth }): Sample => {
  const bytes = files.find((file) => file.path === path)?.bytes ?? new Uint8Array();
  const [only = {}] = [truth].flat();
  return { path, bytes, truth: only };
});
const inFolders = Object.keys(folders).map((folder) => ({ folder, inside: all.filter(({ path }) => path.startsWith(folder)) }));
const single = all.filter(({ path }) => !Object.keys(folders).some((folder) => path.startsWith(folder)));

function expectTruth(content: Uint8Array | string, truth: Truth, table: Known | undefined, options?: ReadOptions): void {
  if (table === undefined) throw new Error("no table has this file: is it read or refused?");
  const reading = read(content, options ?? table.options);
  if (!reading.ok) throw new Error(`refused: ${reading.code} ${reading.message}`);
  expect(differences(reading, truth, table)).toEqual([]);
}

describe("figures that are known", () => {
  it.each(ownTruths)("of our own: $name", ({ like, content, truth, options }) => {
    expectTruth(content, truth, known[like] ?? knownOf(like), options);
  });

  it.each(single.filter(({ path }) => !(path in refused)))("of $path", ({ path, bytes, truth }) => {
    expectTruth(bytes, truth, knownOf(path));
  });

  it.each(inFolders.filter(({ inside }) => inside.length > 0))("of the folder $folder", ({ folder, inside }) => {
    const reading = readEvidenceFolder(new Map(inside.map(({ path, bytes }) => [path.slice(folder.length), bytes])));
    if (!reading.ok) throw new Error(`refused: ${reading.code} ${reading.message}`);
    // A file of the folder has one thing to say, under whatever name.
    const truth = Object.fromEntries(inside.map(({ path, truth: own }) => [path.slice(folder.length), Object.values(own)[0]]));
    expect(differences(reading, truth, folders[folder] ?? { format: "", figures: {} })).toEqual([]);
  });
});

describe("files that are refused", () => {
  it.each(all.filter(({ path }) => path in refused))("$path is named for what it is", ({ path, bytes }) => {
    const [code, says] = refused[path] ?? [];
    expect(refusal(bytes)).toMatchObject({ code, message: expect.stringContaining(says ?? "") });
  });

  it("are in the list, all of them", () => {
    const paths = all.map(({ path }) => path);
    expect(paths.length === 0 ? [] : Object.keys(refused).filter((path) => !paths.includes(path))).toEqual([]);
    const unknown = files
      .map(({ path }) => path)
      .filter((path) => !paths.includes(path) && !["README.md", "ground-truth.json"].includes(path));
    expect(unknown).toEqual([]);
  });
});

/** The truth with each of its numbers a tenth greater. */
function exaggerated(truth: unknown): unknown {
  if (typeof truth === "number") return truth === 0 ? 1 : truth * 1.1;
  if (typeof truth !== "object" || truth === null) return truth;
  const changed = Object.entries(truth).map(([key, inner]) => [key, exaggerated(inner)] as const);
  return Array.isArray(truth) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

describe("the tables", () => {
  it.each(ownTruths.filter(({ truth }) => JSON.stringify(exaggerated(truth)) !== JSON.stringify(truth)))(
    "tell another truth from that of $name",
    ({ like, content, truth, options }) => {
      const table = known[like];
      const reading = read(content, options ?? table?.options);
      if (table === undefined || !reading.ok) throw new Error("not read");
      const other = exaggerated(truth) as Truth;
      const numeric = Object.keys(truth).filter((key) => JSON.stringify(other[key]) !== JSON.stringify(truth[key]));
      expect(differences(reading, other, table)).toHaveLength(numeric.length);
    },
  );

  it("name formats that there are", () => {
    const formats = new Set(readers.map(({ format }) => format));
    expect(Object.values({ ...known, ...folders }).filter(({ format }) => !formats.has(format))).toEqual([]);
  });
});
