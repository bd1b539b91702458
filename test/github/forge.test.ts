import { generateKeyPairSync } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Forge } from "../../src/app/forge.ts";
import type { RepositoryRef } from "../../src/app/ports.ts";
import { createAuth } from "../../src/github/app-auth.ts";
import { gitBlobId } from "../../src/github/commit-tree.ts";
import { createForge } from "../../src/github/forge.ts";
import { createInstallations } from "../../src/github/installation.ts";
import { createTransport } from "../../src/github/transport.ts";
import { startServer, type AServer, type Asked, type Reply } from "./a-server.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const repository: RepositoryRef = { installationId: 5, id: 9, owner: "acme", name: "assistant" };
const COMMIT = "a".repeat(40);
const json = (value: unknown, more: Reply = {}): Reply => ({ body: JSON.stringify(value), ...more });

let server: AServer;
let close = () => {};
afterEach(async () => {
  close();
  await server.close();
});

/** A forge at a server that gives tokens and answers the rest as told. */
async function forgeAt(
  answer: (asked: Asked, count: number) => Reply | Promise<Reply>,
  tokenFor = () => new Date(Date.now() + 3_600_000),
): Promise<Forge> {
  server = await startServer((asked, count) => {
    if (asked.path.endsWith("/access_tokens"))
      return json(
        { token: `ghs_token${count}`, expires_at: tokenFor().toISOString(), permissions: {}, repository_selection: "all" },
        { status: 201 },
      );
    return answer(asked, count);
  });
  const apiUrl = `${server.url}/api/v3`;
  const transport = createTransport(apiUrl, { timeoutMs: 500 });
  close = transport.close;
  const auth = createAuth({ appId: 4242, privateKey, apiUrl, userAgent: "test", send: transport.send });
  return createForge(createInstallations({ apiUrl, userAgent: "test", send: transport.send, auth }), async () => ({
    id: 4242,
    slug: "pilotgate",
  }));
}
const calls = () => server.asked.filter(({ path }) => !path.endsWith("/access_tokens"));

describe("calls", () => {
  it("carry version, token and the path of the API root", async () => {
    const forge = await forgeAt(() => json({ ref: "refs/heads/main", object: { sha: COMMIT } }));
    expect(await forge.branchTip(repository, "main")).toBe(COMMIT);
    expect(calls()[0]).toMatchObject({
      path: "/api/v3/repos/acme/assistant/git/ref/heads/main",
      headers: { authorization: "token ghs_token1", "x-github-api-version": "2022-11-28" },
    });
    expect(calls()[0]?.headers["user-agent"]).toContain("test");
  });

  it("share one token, asked once", async () => {
    const forge = await forgeAt(() => json({ ref: "refs/heads/main", object: { sha: COMMIT } }));
    await Promise.all([1, 2, 3].map(() => forge.branchTip(repository, "main")));
    expect(server.asked.filter(({ path }) => path.endsWith("/access_tokens"))).toHaveLength(1);
  });

  it("take a new token before the old one ends", async () => {
    const forge = await forgeAt(
      () => json({ ref: "refs/heads/main", object: { sha: COMMIT } }),
      () => new Date(Date.now() + 30_000),
    );
    await forge.branchTip(repository, "main");
    await forge.branchTip(repository, "main");
    expect(calls().map(({ headers }) => headers.authorization)).toEqual(["token ghs_token1", "token ghs_token3"]);
  });

  it("take a new token after one was refused", async () => {
    const forge = await forgeAt((_, count) =>
      count <= 2 ? json({ message: "Bad credentials" }, { status: 401 }) : json({ ref: "refs/heads/main", object: { sha: COMMIT } }),
    );
    await expect(forge.branchTip(repository, "main")).rejects.toMatchObject({ code: "unauthorized", retryable: true });
    expect(await forge.branchTip(repository, "main")).toBe(COMMIT);
  });

  it.each([
    [403, "forbidden", false],
    [422, "invalid", false],
    [503, "unavailable", true],
  ])("map %i to %s", async (status, code, retryable) => {
    const forge = await forgeAt(() => json({ message: "a very secret text" }, { status }));
    const error = await forge.createComment(repository, 1, "text").catch((failure: unknown) => failure as Error);
    expect(error).toMatchObject({ code, retryable });
    expect((error as Error).message).not.toContain("secret");
  });

  it("that are not answered in time are unavailable", async () => {
    const forge = await forgeAt(() => new Promise<Reply>((resolve) => setTimeout(() => resolve({}), 1500).unref()));
    await expect(forge.createComment(repository, 1, "text")).rejects.toMatchObject({ code: "unavailable" });
  });

  it("read compressed answers", async () => {
    const body = gzipSync(JSON.stringify({ ref: "refs/heads/main", object: { sha: COMMIT } }));
    const forge = await forgeAt(() => ({ body, headers: { "content-encoding": "gzip" } }));
    expect(await forge.branchTip(repository, "main")).toBe(COMMIT);
  });

  it("never take another ref for the branch", async () => {
    const forge = await forgeAt(() => json({ ref: "refs/heads/main-old", object: { sha: COMMIT } }));
    expect(await forge.branchTip(repository, "main")).toBeNull();
  });

  it("keep odd branch names inside their place", async () => {
    const forge = await forgeAt(() => json({}, { status: 404 }));
    expect(await forge.branchTip(repository, "a/b?c#d{e}/x")).toBeNull();
    expect(calls().map(({ path }) => path)).toEqual(["/api/v3/repos/acme/assistant/git/ref/heads/a/b%3Fc%23d%7Be%7D/x"]);
    expect(await forge.branchTip(repository, "../../../other")).toBeNull();
    expect(calls()).toHaveLength(1);
  });
});

describe("a repository that was renamed", () => {
  const moved = (status: number) => (asked: Asked) =>
    asked.path.startsWith("/api/v3/repos/")
      ? { status, headers: { location: `${server.url}/api/v3/repositories/9/x` }, body: '{"message":"Moved Permanently"}' }
      : json({ id: 8, ref: "refs/heads/main", object: { sha: COMMIT } });

  it.each([301, 302, 307, 308])("is followed for reads (%i)", async (status) => {
    const forge = await forgeAt(moved(status));
    expect(await forge.branchTip(repository, "main")).toBe(COMMIT);
  });
  it.each([
    [307, 8],
    [308, 8],
    [301, "invalid"],
  ])("is followed for writes only where GitHub keeps the method (%i)", async (status, outcome) => {
    const forge = await forgeAt(moved(status));
    const answer = await forge.createComment(repository, 1, "text").catch((error: { code: string }) => error.code);
    expect(answer).toBe(outcome);
    expect(calls().at(-1)?.method).toBe("POST");
  });
  it("is not followed to another host: the token stays", async () => {
    const other = await startServer(() => json({}));
    const forge = await forgeAt(() => ({ status: 307, headers: { location: `${other.url}/api/v3/x` } }));
    await expect(forge.createComment(repository, 1, "text")).rejects.toMatchObject({ code: "invalid" });
    expect(other.asked).toEqual([]);
    await other.close();
  });
  it("that leads in circles is an error", async () => {
    const forge = await forgeAt(() => ({ status: 307, headers: { location: "/api/v3/x" } }));
    await expect(forge.createComment(repository, 1, "text")).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("trees", () => {
  const content = "hello\n";
  const id = gitBlobId(Buffer.from(content));
  const listing = {
    truncated: false,
    tree: [
      { path: "docs", mode: "040000", type: "tree", sha: "1" },
      { path: "docs/a.md", mode: "100644", type: "blob", sha: id, size: 6 },
      { path: "link.md", mode: "120000", type: "blob", sha: id, size: 6 },
      { path: "module", mode: "160000", type: "commit", sha: "2" },
      { path: "large.json", mode: "100644", type: "blob", sha: "3", size: 9_000_000 },
    ],
  };
  const raw = (body: string | Buffer): Reply => ({ body, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" } });
  const answers =
    (blob: Reply) =>
    ({ path }: Asked) =>
      path.includes("/git/trees/") ? json(listing) : blob;

  it("tell files, links and submodules apart", async () => {
    const tree = await (await forgeAt(answers({}))).tree(repository, COMMIT);
    expect([...tree.entries.values()].map(({ path, kind }) => [path, kind])).toEqual([
      ["docs/a.md", "file"],
      ["link.md", "symlink"],
      ["module", "submodule"],
      ["large.json", "file"],
    ]);
  });

  it("are asked once for a commit, blobs once for an installation", async () => {
    const forge = await forgeAt(answers(raw(content)));
    for (const other of [repository, { ...repository, id: 10, name: "other" }]) {
      const [one, two] = await Promise.all([forge.tree(other, COMMIT), forge.tree(other, COMMIT)]);
      expect(Buffer.from(await one.read("docs/a.md", 100)).toString()).toBe(content);
      await two.read("docs/a.md", 100);
    }
    const paths = calls().map(({ path }) => path.replace(/.*\/git\//, "").split("/")[0]);
    expect(paths).toEqual(["trees", "blobs", "trees"]);
  });

  it("read bytes that are not text", async () => {
    const bytes = Buffer.from([0, 255, 254, 128, 10]);
    const forge = await forgeAt(({ path }) =>
      path.includes("/git/trees/")
        ? json({ tree: [{ path: "a.bin", mode: "100644", type: "blob", sha: gitBlobId(bytes), size: 5 }] })
        : raw(bytes),
    );
    expect(Buffer.from(await (await forge.tree(repository, COMMIT)).read("a.bin", 100))).toEqual(bytes);
  });

  it("read what is wrapped in JSON", async () => {
    const forge = await forgeAt(answers(json({ content: Buffer.from(content).toString("base64"), encoding: "base64" })));
    expect(Buffer.from(await (await forge.tree(repository, COMMIT)).read("docs/a.md", 100)).toString()).toBe(content);
  });

  it.each([
    ["other bytes than the commit names", "docs/a.md", 100, "unavailable"],
    ["a link", "link.md", 100, "not-found"],
    ["a submodule", "module", 100, "not-found"],
    ["an absent path", "nothing.md", 100, "not-found"],
    ["a file over the limit, unread", "large.json", 1000, "too-large"],
  ])("refuse %s", async (_, path, limit, code) => {
    const tree = await (await forgeAt(answers(raw("forged")))).tree(repository, COMMIT);
    await expect(tree.read(path, limit)).rejects.toMatchObject({ code });
    if (code !== "unavailable") expect(calls()).toHaveLength(1);
  });

  it("refuse the name of a branch for a commit", async () => {
    const forge = await forgeAt(answers({}));
    await expect(forge.tree(repository, "main")).rejects.toMatchObject({ code: "invalid" });
  });

  it("say when GitHub cut the listing short", async () => {
    const forge = await forgeAt(() => json({ ...listing, truncated: true }));
    expect((await forge.tree(repository, COMMIT)).truncated).toBe(true);
  });
});

describe("pull requests", () => {
  const pull = (number: number, sha = COMMIT, state = "open") => ({
    number,
    state,
    draft: false,
    user: { login: "dev" },
    head: { sha },
    base: { ref: "main", repo: { default_branch: "main" } },
    updated_at: "2026-01-01T00:00:00Z",
  });

  it("list changed files over pages, with the former names of moved ones", async () => {
    const forge = await forgeAt(({ path }) =>
      path.includes("page=2")
        ? json([{ filename: "new.md", previous_filename: "old.md" }])
        : json([{ filename: "a.md" }], { headers: { link: '<https://x/?page=2>; rel="next"' } }),
    );
    expect(await forge.changedFiles(repository, 1)).toEqual({ paths: ["a.md", "new.md", "old.md"], complete: true });
  });

  it("are not complete at GitHub's cap", async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({ filename: `${index}.md` }));
    const forge = await forgeAt(({ path }) =>
      /[?&]page=30$/.test(path) ? json(page) : json(page, { headers: { link: '<x>; rel="next"' } }),
    );
    expect((await forge.changedFiles(repository, 1)).complete).toBe(false);
  });

  it("with a head: only open ones, and only with that head", async () => {
    const forge = await forgeAt(() => json([pull(1), pull(2, "b".repeat(40)), pull(3, COMMIT, "closed")]));
    expect((await forge.pullsWithHead(repository, COMMIT)).map(({ number }) => number)).toEqual([1]);
  });

  it("with a head are looked for among all open ones where GitHub does not know the commit", async () => {
    const forge = await forgeAt(({ path }) =>
      path.includes("/commits/") ? json({}, { status: 404 }) : json([pull(1), pull(2, "b".repeat(40))]),
    );
    expect((await forge.pullsWithHead(repository, COMMIT)).map(({ number }) => number)).toEqual([1]);
  });
});

describe("comments", () => {
  const marker = "<!-- pilotgate -->";
  const bot = { login: "pilotgate[bot]", type: "Bot" };
  it.each([
    ["ours by the App", { user: bot, performed_via_github_app: { id: 4242 } }, 1],
    ["ours by the bot's name", { user: bot, performed_via_github_app: null }, 1],
    ["another App's", { user: bot, performed_via_github_app: { id: 1 } }, null],
    ["a person's with our marker", { user: { login: "eve", type: "User" }, performed_via_github_app: null }, null],
    ["a person who calls himself so", { user: { login: "pilotgate[bot]", type: "User" }, performed_via_github_app: null }, null],
    ["ours without the marker", { user: bot, performed_via_github_app: { id: 4242 }, body: "hello" }, null],
  ])("%s", async (_, comment, id) => {
    const forge = await forgeAt(() => json([{ id: 1, body: `${marker}\ntext`, ...comment }]));
    expect(await forge.findComment(repository, 1, marker)).toBe(id);
  });
});

describe("checks", () => {
  it("stay within GitHub's limits", async () => {
    const forge = await forgeAt(() => json({ id: 8 }, { status: 201 }));
    const output = { title: "t", summary: "\u{1F600}".repeat(40_000), text: "x".repeat(70_000) };
    expect(
      await forge.createCheck(repository, {
        name: "pilotgate/governance",
        headSha: COMMIT,
        conclusion: "failure",
        output,
        buttons: ["add-missing", "ask-holders", "recheck"],
      }),
    ).toBe(8);
    const body = JSON.parse(calls()[0]?.body ?? "") as {
      output: { summary: string; text: string };
      actions: { identifier: string; label: string; description: string }[];
    };
    expect(body.output.summary.length).toBeLessThanOrEqual(65_535);
    expect(body.output.summary.isWellFormed()).toBe(true);
    expect(body.output.text).toHaveLength(65_535);
    expect(body.actions.map(({ identifier }) => identifier)).toEqual(["add-missing", "ask-holders", "recheck"]);
    for (const { identifier, label, description } of body.actions)
      expect([identifier.length <= 20, label.length <= 20, description.length <= 40]).toEqual([true, true, true]);
  });
});
