import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { PortError } from "../app/ports.ts";

/* Plain HTTP to one API root over kept-alive connections. Bodies are whole buffers: everything that is asked for is small and bounded. */

export interface Call {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** Sends one call. Throws PortError `unavailable` when no whole answer came, `too-large` for a body over the limit. */
export type Transport = (call: Call) => Promise<Answer>;

export interface TransportOptions {
  timeoutMs?: number;
  maxBodyBytes?: number;
  maxSockets?: number;
  /** Variables that name a proxy, such as HTTPS_PROXY; none is used where absent. */
  proxyEnv?: Readonly<Record<string, string | undefined>>;
}

const unzip = promisify(gunzip);
const MAX_REDIRECTS = 2;

function collect(message: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) message.destroy(new PortError("too-large", "GitHub's answer is larger than is read."));
      else chunks.push(chunk);
    });
    message.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    message.on("error", reject);
    message.on("aborted", () => reject(new Error("the connection ended early")));
  });
}

async function toAnswer(message: IncomingMessage, limit: number): Promise<Answer> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(message.headers)) if (value !== undefined) headers.set(name, String(value));
  let body = await collect(message, limit);
  if (headers.get("content-encoding") === "gzip" && body.length > 0) body = await unzip(body, { maxOutputLength: limit });
  return { status: message.statusCode ?? 0, headers, body };
}

const unavailable = (cause: unknown) =>
  cause instanceof PortError ? cause : new PortError("unavailable", "GitHub could not be reached.", { retryable: true, cause });

export function createTransport(apiUrl: string, options: TransportOptions = {}): { send: Transport; close(): void } {
  const { timeoutMs = 15_000, maxBodyBytes = 128 * 1024 * 1024, maxSockets = 128, proxyEnv } = options;
  const secure = apiUrl.startsWith("https:");
  const agentOptions = {
    keepAlive: true,
    maxSockets,
    maxFreeSockets: 32,
    scheduling: "lifo" as const,
    ...(proxyEnv === undefined ? {} : { proxyEnv }),
  };
  // Imported, it would load all that it may ever need, fetch and WebSocket among it.
  const { Agent, request: open } = secure ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");
  const agent = new Agent(agentOptions);
  const origin = new URL(apiUrl).origin;

  function sendOnce({ method, url, headers, body }: Call): Promise<Answer> {
    // A token must never leave for another host, whatever built the address.
    if (!url.startsWith(`${origin}/`)) return Promise.reject(new PortError("invalid", "The address is not one of the configured API."));
    return new Promise((resolve, reject) => {
      const outgoing = open(url, {
        agent,
        method,
        headers: {
          "accept-encoding": "gzip",
          ...headers,
          ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
        },
      });
      const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      const fail = (cause: unknown) => {
        clearTimeout(timer);
        reject(unavailable(cause));
      };
      outgoing.on("error", fail);
      outgoing.on("response", (message) => {
        toAnswer(message, maxBodyBytes).then((answer) => {
          clearTimeout(timer);
          resolve(answer);
        }, fail);
      });
      outgoing.end(body);
    });
  }
  /** A renamed repository answers with its lasting address. Nothing but a whole answer may pass for one. */
  async function send(call: Call): Promise<Answer> {
    let { url } = call;
    for (let turn = 0; turn <= MAX_REDIRECTS; turn += 1) {
      const answer = await sendOnce({ ...call, url });
      if (answer.status < 300 || answer.status === 304 || answer.status >= 400) return answer;
      const location = answer.headers.get("location");
      const mayFollow = call.method === "GET" || answer.status === 307 || answer.status === 308;
      if (location === undefined || !mayFollow || !URL.canParse(location, url)) break;
      url = new URL(location, url).href;
    }
    throw new PortError("invalid", "GitHub's answer leads elsewhere.");
  }
  return { send, close: () => agent.destroy() };
}
