/**
 * The emulator freezes a pull request's head when it is opened. Here a push to its branch closes the emulator's pull request and opens
 * another one for the same branch; outside it keeps its number, its comments stay, and GitHub's `synchronize` is what the App hears.
 */

// The emulator's JSON is read where it is needed; giving each answer a type would describe GitHub's API a second time.
export type Json = Record<string, unknown> | unknown[] | null;

interface Request {
  method: string;
  path: string;
  body: string;
  headers: Record<string, string>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** Webhook payloads that follow from the request. */
  events: Json[];
}

type Call = (method: string, path: string, body: string | undefined, token: string) => Promise<{ status: number; text: string }>;

interface Pull extends Record<string, unknown> {
  number: number;
  title: string;
  body: string | null;
  draft: boolean;
  state: string;
  head: { ref: string; sha: string };
  base: { ref: string; sha: string };
}

export interface PullFollower {
  answer(request: Request, backend: string): Promise<Answer>;
  /** Resolves when no replacement is under way; only then can a payload be told apart. */
  settled(): Promise<void>;
  /** A pull_request payload as the outside must see it; null where it tells of an inside replacement. */
  present(payload: Json): Json;
}

export function createPullFollower(call: Call): PullFollower {
  /** Inside number by repository and outside number, and back; a number that is in neither is its own. */
  const inside = new Map<string, number>();
  const outside = new Map<string, number>();
  const replaced = new Set<string>();
  let underWay: Promise<unknown> = Promise.resolve();

  const toInside = (repository: string, number: number) => inside.get(`${repository}#${number}`) ?? number;
  const toOutside = (repository: string, number: number) => outside.get(`${repository}#${number}`) ?? number;

  function renumber(repository: string, text: string): string {
    let shown = text;
    for (const [key, number] of outside) {
      const [name, from] = key.split("#");
      if (name === repository)
        shown = shown.replaceAll(new RegExp(`/pulls?/${from}(?=["/?])`, "g"), (path) => path.replace(String(from), String(number)));
    }
    return shown;
  }

  function show(repository: string, pull: Pull): Pull {
    const shown = JSON.parse(renumber(repository, JSON.stringify(pull))) as Pull;
    return { ...shown, number: toOutside(repository, pull.number) };
  }

  async function follow(repository: string, branch: string, token: string): Promise<Json[]> {
    const list = await call("GET", `/repos/${repository}/pulls?state=open&per_page=100`, undefined, token);
    const tip = await call("GET", `/repos/${repository}/git/ref/heads/${branch}`, undefined, token);
    if (list.status !== 200 || tip.status !== 200) return [];
    const { object } = JSON.parse(tip.text) as { object: { sha: string } };
    const events: Json[] = [];
    for (const pull of JSON.parse(list.text) as Pull[]) {
      if (pull.head.ref !== branch || pull.head.sha === object.sha) continue;
      replaced.add(`${repository}#${pull.number}`);
      await call("PATCH", `/repos/${repository}/pulls/${pull.number}`, JSON.stringify({ state: "closed" }), token);
      const opened = await call(
        "POST",
        `/repos/${repository}/pulls`,
        JSON.stringify({ title: pull.title, body: pull.body ?? "", draft: pull.draft, head: branch, base: pull.base.ref }),
        token,
      );
      const next = JSON.parse(opened.text) as Pull;
      const number = toOutside(repository, pull.number);
      inside.set(`${repository}#${number}`, next.number);
      outside.set(`${repository}#${next.number}`, number);
      const { text } = await call("GET", `/repos/${repository}`, undefined, token);
      const installation = await call("GET", `/repos/${repository}/installation`, undefined, token);
      const id = installation.status === 200 ? (JSON.parse(installation.text) as { id: number }).id : 1;
      events.push({
        action: "synchronize",
        number,
        before: pull.head.sha,
        after: object.sha,
        pull_request: show(repository, next),
        repository: JSON.parse(text) as Json,
        sender: next["user"],
        installation: { id },
      });
    }
    return events;
  }

  async function changedFiles(repository: string, number: number, token: string): Promise<{ filename: string; status: string }[]> {
    const pull = JSON.parse(
      (await call("GET", `/repos/${repository}/pulls/${toInside(repository, number)}`, undefined, token)).text,
    ) as Pull;
    const [before, after] = await Promise.all(
      [pull.base.sha, pull.head.sha].map(async (sha) => {
        const { text } = await call("GET", `/repos/${repository}/git/trees/${sha}?recursive=1`, undefined, token);
        const { tree } = JSON.parse(text) as { tree: { path: string; type: string; sha: string }[] };
        return new Map(tree.filter(({ type }) => type === "blob").map(({ path, sha: blob }) => [path, blob]));
      }),
    );
    const files = [];
    for (const path of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
      const [from, to] = [before?.get(path), after?.get(path)];
      if (from !== to)
        files.push({ filename: path, status: from === undefined ? "added" : to === undefined ? "removed" : "modified", sha: to ?? from });
    }
    return files;
  }

  const json = (status: number, value: unknown): Answer => ({
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(value),
    events: [],
  });

  async function answer({ method, path, body, headers }: Request, backend: string): Promise<Answer> {
    const token = headers["authorization"] ?? "";
    const [, repository = "", rest = ""] = /^\/repos\/([^/]+\/[^/?]+)(\/[^?]*)?/.exec(path) ?? [];
    const files = /^\/pulls\/(\d+)\/files$/.exec(rest);
    if (method === "GET" && files) return json(200, await changedFiles(repository, Number(files[1]), token));
    const withHead = /^\/commits\/([0-9a-f]{40})\/pulls$/.exec(rest);
    if (method === "GET" && withHead) {
      const { text } = await call("GET", `/repos/${repository}/pulls?state=open&per_page=100`, undefined, token);
      return json(
        200,
        (JSON.parse(text) as Pull[]).filter(({ head }) => head.sha === withHead[1]).map((pull) => show(repository, pull)),
      );
    }
    const renamed = path.replace(
      /^(\/repos\/[^/]+\/[^/]+\/pulls\/)(\d+)/,
      (_, start: string, number: string) => start + toInside(repository, Number(number)),
    );
    const reply = await fetch(backend + renamed, { method, headers, ...(method === "GET" || method === "HEAD" ? {} : { body }) });
    const kept = Object.fromEntries(
      [...reply.headers].filter(([name]) => !["content-length", "transfer-encoding", "connection", "content-encoding"].includes(name)),
    );
    const bytes = Buffer.from(await reply.arrayBuffer());
    const following = reply.ok ? consequences(method, repository, rest, body, token) : Promise.resolve([]);
    underWay = Promise.allSettled([underWay, following]);
    const events = await following;
    return { status: reply.status, headers: kept, body: /^\/pulls(?:\/\d+)?$/.test(rest) ? shownBody(repository, bytes) : bytes, events };
  }

  function shownBody(repository: string, bytes: Buffer): Buffer | string {
    const value = JSON.parse(bytes.toString("utf8")) as Pull | Pull[];
    if (Array.isArray(value))
      return JSON.stringify(value.filter(({ number }) => !replaced.has(`${repository}#${number}`)).map((pull) => show(repository, pull)));
    return typeof value.number === "number" ? JSON.stringify(show(repository, value)) : bytes;
  }

  async function consequences(method: string, repository: string, rest: string, body: string, token: string): Promise<Json[]> {
    const ref = /^\/git\/refs\/heads\/(.+)$/.exec(rest);
    if (method === "PATCH" && ref) return follow(repository, decodeURIComponent(ref[1] ?? ""), token);
    if ((method === "PUT" || method === "DELETE") && rest.startsWith("/contents/")) {
      const { branch } = JSON.parse(body) as { branch?: string };
      if (branch !== undefined) return follow(repository, branch, token);
    }
    return [];
  }

  function present(payload: Json): Json {
    if (payload === null || Array.isArray(payload)) return payload;
    const pull = payload["pull_request"] as Pull | undefined;
    const repository = (payload["repository"] as { full_name?: string } | undefined)?.full_name;
    if (pull === undefined || repository === undefined || payload["action"] === "synchronize") return payload;
    const key = `${repository}#${pull.number}`;
    if (replaced.has(key) || (payload["action"] === "opened" && outside.has(key))) return null;
    const shown = show(repository, pull);
    return { ...payload, number: shown.number, pull_request: shown };
  }

  const settled = async () => {
    await underWay;
  };
  return { answer, present, settled };
}
