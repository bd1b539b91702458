import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { readers } from "../../src/evidence/formats/index.ts";
import { fixtures, read, samples } from "./fixtures.ts";
import { hostileInputs } from "./hostile-inputs.ts";
import { unsound } from "./soundness.ts";

const formats = readers.map(({ format }) => format);
const own = fixtures(formats);
const foreign = samples().map(({ path, bytes }) => ({ name: path, bytes }));
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const isMarkup = (text: string) => /^\s*(?:\{\s*"|<\?xml|<test)/.test(text) && !/^\{.*\}\n\{/.test(text);

describe("every reader on every file", () => {
  it.each([...own, ...foreign])("takes $name, or refuses it, and never throws", ({ bytes }) => {
    expect(unsound(bytes)).toEqual([]);
  });
});

describe("a file that is cut", () => {
  it.each([...own, ...foreign.filter(({ bytes }) => read(bytes).ok)])(
    "at every twentieth of $name never throws, and is refused where the end shows it",
    ({ bytes }) => {
      const whole = textOf(bytes).trimEnd();
      for (let part = 1; part < 20; part += 1) {
        const cut = bytes.subarray(0, Math.floor((whole.length * part) / 20));
        expect(unsound(cut)).toEqual([]);
        if (isMarkup(whole)) expect(read(cut).ok).toBe(false);
      }
    },
  );
});

describe("input without measure", () => {
  it.each(hostileInputs)("is borne: %s", (_name, text) => {
    expect(unsound(text)).toEqual([]);
  });

  it("is read within a second for 10 MB", () => {
    // In a process of its own, because Jest makes code slow that uses globals.
    const script = fileURLToPath(new URL("measure-speed.ts", import.meta.url));
    expect(JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" }))).toEqual([]);
  }, 180_000);
});
