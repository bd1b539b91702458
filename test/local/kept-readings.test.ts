import { chmodSync, mkdtempSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { KeptReading } from "../../src/app/ports.ts";
import { readers } from "../../src/evidence/formats/index.ts";
import { openKeptReadings } from "../../src/local/kept-readings.ts";
import { fixtures, read, samples } from "../evidence/fixtures.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "readings-")));
let files = 0;
const aPath = () => join(folder, `readings-${(files += 1)}`);
const kept = (text = "a: 1"): KeptReading => ({ digest: "sha256:00", reading: read(text) });

function written(entries: Record<string, KeptReading>): string {
  const path = aPath();
  const readings = openKeptReadings(path);
  for (const [key, value] of Object.entries(entries)) readings.set(key, value, 1);
  readings.save();
  return path;
}

describe("readings that are kept", () => {
  it("come back as they were, whatever was read", () => {
    const all = [...fixtures(readers.map(({ format }) => format)), ...samples().map(({ path, bytes }) => ({ name: path, bytes }))];
    const entries = Object.fromEntries(
      all.map(({ name, bytes }) => [name, { digest: "sha256:00", reading: read(bytes, { scale: "1-5" }) }]),
    );
    expect(all.length).toBeGreaterThan(readers.length);
    const again = openKeptReadings(written(entries));
    for (const { name } of all) expect(again.get(name)).toStrictEqual(entries[name]);
  });

  it("belong to their user alone", () => {
    expect(statSync(written({ a: kept() })).mode & 0o777).toBe(0o600);
  });

  it("are written only where something is new, and added to what was there", () => {
    const path = written({ a: kept() });
    const before = readFileSync(path, "utf8");
    const second = openKeptReadings(path);
    expect(second.get("a")).toEqual(kept());
    second.save();
    expect(readFileSync(path, "utf8")).toBe(before);
    second.set("b", kept("b: 1"), 1);
    second.save();
    const third = openKeptReadings(path);
    expect([third.get("a"), third.get("b"), third.get("c")]).toEqual([kept(), kept("b: 1"), undefined]);
  });

  it("drop what was not asked for before they grow too large", () => {
    const large: KeptReading = { digest: "sha256:00", reading: { ok: false, code: "bad-value", message: "x".repeat(3_000_000) } };
    const path = written({ old: large, used: kept() });
    const second = openKeptReadings(path);
    second.get("used");
    second.set("new", large, 1);
    second.save();
    const third = openKeptReadings(path);
    expect([third.get("old"), third.get("used"), third.get("new")]).toEqual([undefined, kept(), large]);
  });

  it.each([
    ["nothing", ""],
    ["something cut", '[["a",{"digest":"sha256:00","reading":{"ok":tr'],
    ["no list", '{"a":{"digest":"sha256:00","reading":{"ok":true}}}'],
    ["other entries", '[1,null,["a"],["a",null],["a",{}],["a",{"digest":"sha256:00"}],["a",{"digest":1,"reading":{"ok":true}}],[1,{}]]'],
  ])("are none where the file holds %s", (_what, text) => {
    const path = aPath();
    writeFileSync(path, text);
    expect(openKeptReadings(path).get("a")).toBeUndefined();
  });

  it("are none where the file is a link, or too large", () => {
    const path = aPath();
    symlinkSync(written({ a: kept() }), path);
    expect(openKeptReadings(path).get("a")).toBeUndefined();
    const large = aPath();
    writeFileSync(large, JSON.stringify([["a", kept()]]) + " ".repeat(8 * 1024 * 1024));
    expect(openKeptReadings(large).get("a")).toBeUndefined();
  });

  it("are no failure where nothing can be written", () => {
    const nowhere = openKeptReadings(join(folder, "not", "there"));
    nowhere.set("a", kept(), 1);
    expect(() => nowhere.save()).not.toThrow();
    const closed = mkdtempSync(join(folder, "closed-"));
    chmodSync(closed, 0o500);
    const readings = openKeptReadings(join(closed, "a"));
    readings.set("a", kept(), 1);
    expect(() => readings.save()).not.toThrow();
  });
});
