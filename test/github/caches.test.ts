import { describe, expect, it } from "@jest/globals";
import { withConditionalCache } from "../../src/github/conditional-cache.ts";
import type { Answer, Call } from "../../src/github/transport.ts";
import { createWeightedLru } from "../../src/github/weighted-lru.ts";

describe("weighted LRU", () => {
  it("forgets what was used longest ago, by weight", () => {
    const lru = createWeightedLru<string>(10);
    lru.set("a", "A", 4);
    lru.set("b", "B", 4);
    lru.get("a");
    lru.set("c", "C", 4);
    expect(["a", "b", "c"].map((key) => lru.get(key))).toEqual(["A", undefined, "C"]);
    expect(lru.weight).toBe(8);
  });
  it("keeps nothing heavier than its room, and drops the older value of that key", () => {
    const lru = createWeightedLru<string>(10);
    lru.set("a", "A", 4);
    lru.set("a", "AA", 11);
    expect([lru.get("a"), lru.weight, lru.size]).toEqual([undefined, 0, 0]);
  });
  it("counts a replaced value once", () => {
    const lru = createWeightedLru<string>(10);
    lru.set("a", "A", 4);
    lru.set("a", "B", 6);
    expect([lru.get("a"), lru.weight]).toEqual(["B", 6]);
  });
});

describe("conditional cache", () => {
  const answer = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
    status,
    headers: new Map(Object.entries(headers)),
    body: Buffer.from(body),
  });
  const call = (url: string, method = "GET"): Call => ({ method, url, headers: {} });
  function behind(reply: (call: Call) => Answer) {
    const asked: Call[] = [];
    const send = withConditionalCache(async (one) => (asked.push(one), reply(one)), 100_000);
    return { asked, send };
  }
  const etagged = (one: Call) =>
    one.headers["if-none-match"] === '"1"' ? answer(304, "", { "x-ratelimit-remaining": "7" }) : answer(200, "body", { etag: '"1"' });

  it("gives the kept body for 304, with the fresh headers", async () => {
    const { send } = behind(etagged);
    await send(call("/repos/a/b/git/ref/heads/main"));
    const again = await send(call("/repos/a/b/git/ref/heads/main"));
    expect([again.status, again.body.toString(), again.headers.get("x-ratelimit-remaining")]).toEqual([200, "body", "7"]);
  });
  it.each(["/repos/a/b/git/trees/1?recursive=1", "/repos/a/b/git/blobs/1"])("leaves %s alone", async (url) => {
    const { send, asked } = behind(etagged);
    await send(call(url));
    await send(call(url));
    expect(asked[1]?.headers).toEqual({});
  });
  it("forgets an answer that is gone", async () => {
    let gone = false;
    const { send, asked } = behind((one) => (gone ? answer(404, "") : etagged(one)));
    await send(call("/x"));
    gone = true;
    expect((await send(call("/x"))).status).toBe(404);
    await send(call("/x"));
    expect(asked[2]?.headers).toEqual({});
  });
  it("makes no write conditional", async () => {
    const { send, asked } = behind(etagged);
    await send(call("/x"));
    await send(call("/x", "PATCH"));
    expect(asked[1]?.headers).toEqual({});
  });
});
