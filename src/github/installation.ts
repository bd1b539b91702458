import type { Octokit } from "@octokit/rest";
import { PortError, type KeptReading, type ReadingCache } from "../app/ports.ts";
import { withConditionalCache } from "./conditional-cache.ts";
import { ask, createOctokit, parseAnswer, type RawAnswer } from "./octokit.ts";
import { toWebUrl } from "./file-pages.ts";
import { createRateCare } from "./rate-care.ts";
import { createWeightedLru, type WeightedLru } from "./weighted-lru.ts";
import type { AppAuth } from "./app-auth.ts";
import type { Call, Transport } from "./transport.ts";
import type { Listing } from "./listing.ts";
const MIB = 1024 * 1024;

/** Everything that belongs to one installation and is never shared with another: client, limits, caches. */
export interface Installation {
  id: number;
  /** Bytes by blob id. */
  blobs: WeightedLru<Uint8Array>;
  /** Listings by repository and commit; the weight is the number of entries. */
  listings: WeightedLru<Listing>;
  /** What was read of one content. */
  readings: ReadingCache;
  /** Joins the callers that ask for one immutable thing at the same time. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T>;
  /** Where people see what the API serves, without a slash at the end. */
  webUrl: string;
  /** What the App may do here, by name: `read` or `write`. */
  permissions(): Promise<Readonly<Record<string, string | undefined>>>;
  /** One JSON answer. */
  get<T>(route: string, parameters: Record<string, unknown>): Promise<T>;
  /** Bodies as they came, for blobs. */
  raw(route: string, parameters: Record<string, unknown>): Promise<RawAnswer>;
  /** Pages of 100, one after another, until the last or until `maxPages`. */
  pages<T>(route: string, parameters: Record<string, unknown>, maxPages: number): Promise<{ items: T[]; complete: boolean }>;
}

export interface InstallationOptions {
  apiUrl: string;
  userAgent: string;
  send: Transport;
  auth: AppAuth;
}

export function createInstallation(id: number, { apiUrl, userAgent, send, auth }: InstallationOptions): Installation {
  const care = createRateCare();
  const conditional = withConditionalCache(send, 4 * MIB);

  async function authorised(call: Call) {
    const token = await auth.token(id);
    return conditional({ ...call, headers: { ...call.headers, authorization: `token ${token}` } });
  }
  // Writes are not repeated here: the queue judges again, and then finds what was written.
  const octokit: Octokit = createOctokit(apiUrl, userAgent, (call) => care.run(call.method === "GET", () => authorised(call)));

  async function raw(route: string, parameters: Record<string, unknown>): Promise<RawAnswer> {
    try {
      return await ask(octokit, route, parameters);
    } catch (error) {
      if (error instanceof PortError && error.code === "unauthorized") auth.forget(id);
      throw error;
    }
  }
  const get = async <T>(route: string, parameters: Record<string, unknown>) => parseAnswer<T>(await raw(route, parameters), route);

  async function pages<T>(route: string, parameters: Record<string, unknown>, maxPages: number) {
    const items: T[] = [];
    for (let page = 1; page <= maxPages; page += 1) {
      const answer = await raw(route, { ...parameters, per_page: 100, page });
      items.push(...parseAnswer<T[]>(answer, route));
      if (!answer.link?.includes('rel="next"')) return { items, complete: true };
    }
    return { items, complete: false };
  }
  const running = new Map<string, Promise<unknown>>();
  function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    // One key always stands for one kind of answer.
    const joined = (running.get(key) as Promise<T> | undefined) ?? ask().finally(() => running.delete(key));
    running.set(key, joined);
    return joined;
  }
  return {
    id,
    blobs: createWeightedLru(32 * MIB),
    listings: createWeightedLru(60_000),
    readings: createWeightedLru<KeptReading>(32 * MIB),
    once,
    webUrl: toWebUrl(apiUrl),
    permissions: async () => (await auth.permissions?.(id)) ?? {},
    get,
    raw,
    pages,
  };
}

/** At most `count` installations at hand; those not heard of for longest give way. */
export function createInstallations(options: InstallationOptions, count = 200): (id: number) => Installation {
  const known = createWeightedLru<Installation>(count);
  return (id) => {
    const installation = known.get(String(id)) ?? createInstallation(id, options);
    known.set(String(id), installation, 1);
    return installation;
  };
}
