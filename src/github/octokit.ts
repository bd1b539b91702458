import { Octokit } from "@octokit/rest";
import { PortError } from "../app/ports.ts";
import { withRefusal } from "./refusal.ts";
import { toPortError } from "./to-port-error.ts";
import type { Answer, Call, Transport } from "./transport.ts";

/* Octokit builds the calls (routes, parameters, headers); this App's own transport sends them. No plugin throttles or repeats. */

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** What Octokit reads of a fetch response. */
interface FetchResponse {
  status: number;
  url: string;
  headers: Headers | { get(name: string): string | null; [Symbol.iterator](): IterableIterator<[string, string]> };
  body: Buffer;
  text(): Promise<string>;
  arrayBuffer(): Promise<Buffer>;
}

function toFetchResponse(url: string, { status, headers, body }: Answer): FetchResponse {
  return {
    status,
    url,
    headers: {
      get: (name) => headers.get(name) ?? null,
      [Symbol.iterator]: () => headers[Symbol.iterator]() as IterableIterator<[string, string]>,
    },
    body,
    text: async () => body.toString("utf8"),
    arrayBuffer: async () => body,
  };
}

/** An Octokit whose calls all go through `send`. */
export function createOctokit(apiUrl: string, userAgent: string, send: Transport): Octokit {
  const fetch = async (url: string, { method, headers, body }: Omit<Call, "url">) =>
    toFetchResponse(url, await send({ method, url, headers, body }));
  return new Octokit({ baseUrl: apiUrl, userAgent, log: silent, request: { fetch } });
}

export interface RawAnswer {
  contentType: string;
  link: string | undefined;
  body: Buffer;
}

const statusOf = (error: unknown) =>
  typeof error === "object" && error !== null && "status" in error && typeof error.status === "number" ? error.status : undefined;

/** Asks for `route` with `parameters`; the body as it came. Throws PortError. */
export async function ask(octokit: Octokit, route: string, parameters: Record<string, unknown>): Promise<RawAnswer> {
  try {
    const { headers, data } = await octokit.request(route, {
      ...parameters,
      headers: { "x-github-api-version": "2022-11-28", ...(parameters["headers"] as Record<string, string> | undefined) },
      request: { parseSuccessResponseBody: false },
    });
    return {
      contentType: String(headers["content-type"] ?? ""),
      link: headers.link,
      body: Buffer.isBuffer(data) ? data : Buffer.alloc(0),
    };
  } catch (error) {
    if (error instanceof Error && error.cause instanceof PortError) throw error.cause;
    const status = statusOf(error);
    if (status === undefined) throw error;
    throw withRefusal(toPortError(status, route), (error as { response?: unknown }).response);
  }
}

/** JSON of an answer. The message of a parse error quotes its input, so it is replaced. */
export function parseAnswer<T>(answer: RawAnswer, route: string): T {
  try {
    return JSON.parse(answer.body.toString("utf8")) as T;
  } catch {
    throw new PortError("unavailable", `GitHub's answer to ${route} is not JSON.`, { retryable: true });
  }
}
