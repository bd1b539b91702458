import { describe, expect, it } from "@jest/globals";
import type { PullRecord } from "../../src/app/ports.ts";
import { createPullMemory } from "../../src/store/pull-memory.ts";

const at = (number: number, headSha = "a", open = true): PullRecord => ({
  repositoryId: 7,
  number,
  headSha,
  baseRef: "main",
  open,
  checks: {},
  comment: null,
  judgedAt: "2026-11-23T09:00:00Z",
});

describe("records held in memory", () => {
  it("knows everything as long as it holds everything", () => {
    const memory = createPullMemory([at(2), at(1), at(3, "b"), at(4, "a", false)], 5);
    expect(memory.find(7, 3)).toEqual(at(3, "b"));
    expect(memory.find(7, 9)).toBeNull();
    expect(memory.find(8, 3)).toBeNull();
    expect(memory.withHead(7, "a")?.map(({ number }) => number)).toEqual([1, 2]);
    expect(memory.withHead(8, "a")).toEqual([]);
  });

  it("follows a pull request to its new head", () => {
    const memory = createPullMemory([at(1)], 5);
    memory.remember(at(1, "b"));
    expect(memory.withHead(7, "a")).toEqual([]);
    expect(memory.withHead(7, "b")).toEqual([at(1, "b")]);
  });

  it("says that it does not know once it had to forget", () => {
    const memory = createPullMemory([at(1), at(2)], 2);
    memory.remember(at(1));
    memory.remember(at(3));
    expect(memory.find(7, 2)).toBeUndefined();
    expect(memory.find(7, 1)).toEqual(at(1));
    expect(memory.find(7, 9)).toBeUndefined();
    expect(memory.withHead(7, "a")).toBeUndefined();
  });

  it("knows only what it is told where there was too much to hold", () => {
    const memory = createPullMemory(null, 2);
    expect(memory.find(7, 1)).toBeUndefined();
    memory.remember(at(1));
    expect(memory.find(7, 1)).toEqual(at(1));
    expect(memory.withHead(7, "a")).toBeUndefined();
  });
});
