import { createWeightedLru } from "./weighted-lru.ts";
import type { Answer, Call, Transport } from "./transport.ts";

/* Asks again only "has it changed?": an answer 304 is not billed. Objects named by their own hash have caches of their own. */

const immutable = /\/git\/(trees|blobs)\//;
const MAX_ENTRY = 256 * 1024;

/** `send` with GETs made conditional; keeps at most `room` bytes of answers. */
export function withConditionalCache(send: Transport, room: number): Transport {
  const kept = createWeightedLru<{ etag: string; answer: Answer }>(room);

  return async function conditionally(call: Call): Promise<Answer> {
    if (call.method !== "GET" || immutable.test(call.url)) return send(call);
    const key = `${call.headers["accept"] ?? ""} ${call.url}`;
    const known = kept.get(key);
    const answer = await send(known ? { ...call, headers: { ...call.headers, "if-none-match": known.etag } } : call);
    if (answer.status === 304 && known) return { ...known.answer, headers: new Map([...known.answer.headers, ...answer.headers]) };
    const etag = answer.headers.get("etag");
    if (answer.status === 200 && etag !== undefined && answer.body.length <= MAX_ENTRY)
      kept.set(key, { etag, answer }, answer.body.length + 2048);
    else kept.delete(key);
    return answer;
  };
}
