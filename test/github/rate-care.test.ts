import { describe, expect, it } from "@jest/globals";
import { PortError } from "../../src/app/ports.ts";
import { createRateCare } from "../../src/github/rate-care.ts";
import type { Answer } from "../../src/github/transport.ts";

const NOW = 1_800_000_000_000;
const answer = (status: number, headers: Record<string, string> = {}, body = ""): Answer => ({
  status,
  headers: new Map(Object.entries(headers)),
  body: Buffer.from(body),
});
const care = (options = {}) => createRateCare({ now: () => NOW, repeatAfterMs: [0, 0], ...options });
const failed = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => error as PortError,
  );

describe("limits", () => {
  const cases: [string, Answer, number][] = [
    ["429 with retry-after", answer(429, { "retry-after": "7" }), 7000],
    ["403 with retry-after", answer(403, { "retry-after": "120" }), 120_000],
    ["403 at the end of the budget", answer(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 90) }), 90_000],
    ["403 that only says so", answer(403, {}, '{"message":"You have exceeded a secondary rate limit."}'), 60_000],
    ["429 without a word", answer(429), 60_000],
    ["a pause longer than an hour", answer(429, { "retry-after": "999999" }), 3_600_000],
    ["a reset that is past", answer(429, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }), 1000],
  ];
  it.each(cases)("%s", async (_, limited, retryAfterMs) => {
    const { run } = care();
    expect(await failed(run(true, async () => limited))).toMatchObject({ code: "rate-limited", retryable: true, retryAfterMs });
  });

  it("lets nobody else through during a long pause", async () => {
    const { run } = care();
    await failed(run(true, async () => answer(429, { "retry-after": "60" })));
    let called = false;
    expect(await failed(run(true, async () => ((called = true), answer(200))))).toMatchObject({
      code: "rate-limited",
      retryAfterMs: 60_000,
    });
    expect(called).toBe(false);
  });

  it("uses the last call of the budget and then pauses", async () => {
    const { run } = care();
    const reset = String(NOW / 1000 + 600);
    expect((await run(true, async () => answer(200, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }))).status).toBe(200);
    expect(await failed(run(true, async () => answer(200)))).toMatchObject({ code: "rate-limited", retryAfterMs: 600_000 });
  });

  it("takes a plain 403 for a missing right", async () => {
    expect(
      (await care().run(true, async () => answer(403, { "x-ratelimit-remaining": "10" }, "Resource not accessible by integration"))).status,
    ).toBe(403);
  });

  it("lets so many calls run at once, and all in the end", async () => {
    const { run } = care({ concurrency: 3 });
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        run(true, async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return answer(200);
        }),
      ),
    );
    expect(most).toBe(3);
  });
});

describe("repeats", () => {
  const unreachable = new PortError("unavailable", "down", { retryable: true });
  it.each([
    ["a read answered 502", true, [answer(502), answer(502), answer(200)], 200, 3],
    ["a read that stays at 502", true, [answer(502), answer(502), answer(502), answer(200)], 502, 3],
    ["a write answered 502", false, [answer(502), answer(200)], 502, 1],
    ["a read answered 404", true, [answer(404), answer(200)], 404, 1],
    ["a read without an answer", true, [unreachable, answer(200)], 200, 2],
  ] as const)("%s", async (_, repeatable, replies, status, calls) => {
    let count = 0;
    const result = await care().run(repeatable, async () => {
      const reply = replies[count++] as Answer | PortError;
      if (reply instanceof PortError) throw reply;
      return reply;
    });
    expect([result.status, count]).toEqual([status, calls]);
  });

  it("does not repeat a write without an answer: it may have been done", async () => {
    let count = 0;
    const error = await failed(care().run(false, async () => ((count += 1), Promise.reject(unreachable))));
    expect([error, count]).toEqual([unreachable, 1]);
  });
});
