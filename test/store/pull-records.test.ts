import { describe, expect, it } from "@jest/globals";
import type { PullRecord } from "../../src/app/ports.ts";
import { places, useStore } from "./test-store.ts";

const record: PullRecord = {
  repositoryId: 9_007_199_254_740_991,
  number: 12,
  headSha: "a".repeat(40),
  baseRef: "main",
  open: true,
  checks: { "pilotgate/governance": { id: 5, conclusion: "failure", digest: "sha256:1" } },
  comment: { id: 6, digest: "sha256:2" },
  judgedAt: "2026-11-23T09:00:00Z",
};

describe.each(places)("records of pull requests, $name", (place) => {
  const store = useStore(place);

  it("knows nothing of a pull request it never saw", async () => {
    expect(await store().pulls.find(1, 1)).toBeNull();
    expect(await store().pulls.withHead(1, "b".repeat(40))).toEqual([]);
  });

  it("finds what was saved, at once and when it is written", async () => {
    await store().pulls.save(record);
    expect(await store().pulls.find(record.repositoryId, 12)).toEqual(record);
    await written();
    expect(await store().pulls.find(record.repositoryId, 12)).toEqual(record);
  });

  it("keeps the newest", async () => {
    await store().pulls.save(record);
    await written();
    const newer: PullRecord = { ...record, headSha: "c".repeat(40), checks: {}, comment: null, open: false };
    await store().pulls.save({ ...newer, baseRef: "old" });
    await store().pulls.save(newer);
    await written();
    expect(await store().pulls.find(record.repositoryId, 12)).toEqual(newer);
  });

  it("finds the open pull requests of a head, written or not", async () => {
    const headSha = "d".repeat(40);
    const at = (number: number): PullRecord => ({ ...record, repositoryId: 8, number, headSha });
    await Promise.all([at(1), { ...at(2), open: false }, at(3)].map((one) => store().pulls.save(one)));
    await written();
    await store().pulls.save({ ...at(3), headSha: "e".repeat(40) });
    await store().pulls.save(at(4));
    expect((await store().pulls.withHead(8, headSha)).map(({ number }) => number)).toEqual([1, 4]);
    await written();
    expect((await store().pulls.withHead(8, headSha)).map(({ number }) => number)).toEqual([1, 4]);
    expect(await store().pulls.withHead(9, headSha)).toEqual([]);
  });

  /** What is saved goes out with the turn of the event loop, before a later statement. */
  async function written(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await store().stats();
  }
});
