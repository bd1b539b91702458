import type { IncomingMessage } from "node:http";

/** GitHub sends nothing larger. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** All bodies that are being read together. */
const MAX_TOGETHER_BYTES = 200 * 1024 * 1024;

export type ReadBody = { ok: true; bytes: Buffer } | { ok: false; status: 400 | 413 | 503 };

let together = 0;

/** Reads a body that is counted while it arrives, whatever its header promised. Never throws. */
export function readBody(request: IncomingMessage): Promise<ReadBody> {
  const promised = Number(request.headers["content-length"] ?? 0);
  if (promised > MAX_BODY_BYTES) return Promise.resolve({ ok: false, status: 413 });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (answer: ReadBody) => {
      request.removeAllListeners("data");
      together -= size;
      size = 0;
      resolve(answer);
    };
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      together += chunk.length;
      chunks.push(chunk);
      if (size > MAX_BODY_BYTES) end({ ok: false, status: 413 });
      else if (together > MAX_TOGETHER_BYTES) end({ ok: false, status: 503 });
    });
    request.on("end", () => end({ ok: true, bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }));
    request.on("error", () => end({ ok: false, status: 400 }));
    request.on("aborted", () => end({ ok: false, status: 400 }));
  });
}
