import { timingSafeEqual, createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reply } from "./webhook-endpoint.ts";

export type Endpoint = (request: IncomingMessage) => Promise<Reply> | Reply;

const securityHeaders = {
  "content-type": "text/plain; charset=utf-8",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

function answer(response: ServerResponse, { status, text, close = false, headers = {} }: Reply): void {
  if (response.destroyed) return;
  const body = text.endsWith("\n") ? text : `${text}\n`;
  response.writeHead(status, {
    ...securityHeaders,
    ...headers,
    "content-length": Buffer.byteLength(body),
    ...(close ? { connection: "close" } : {}),
  });
  response.end(body);
}

const pathOf = (request: IncomingMessage) => (request.url ?? "/").split("?", 1)[0] ?? "/";

/** A server with fixed paths. Slow requests are ended: headers within 10 s, everything within 30 s. */
export function createHttpServer(endpoints: ReadonlyMap<string, Endpoint>): Server {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5000, maxHeaderSize: 16_384 },
    (request, response) => {
      const endpoint = endpoints.get(pathOf(request));
      Promise.resolve(endpoint ? endpoint(request) : { status: 404, text: "Nothing is here.", close: request.method !== "GET" })
        .then((reply) => answer(response, reply))
        .catch(() => answer(response, { status: 500, text: "Something went wrong.", close: true }));
    },
  );
  server.maxRequestsPerSocket = 10_000;
  return server;
}

/** Resolves with the address; rejects when the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      // A TCP server's address is never a string.
      const { port: chosen, address, family } = server.address() as AddressInfo;
      resolve(`http://${family === "IPv6" ? `[${address}]` : address}:${chosen}`);
    });
  });
}

/** Takes no more requests, lets running ones end, then closes what is idle. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** `endpoint` for holders of the token only; for everybody else there is nothing here. */
export function withToken(endpoint: Endpoint, token: string): Endpoint {
  const wanted = digest(`Bearer ${token}`);
  return (request) =>
    timingSafeEqual(digest(request.headers.authorization ?? ""), wanted) ? endpoint(request) : { status: 404, text: "Nothing is here." };
}
