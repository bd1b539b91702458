import { beforeEach, describe, expect, it } from "@jest/globals";
import type { FileProposal, PullState } from "../../src/app/forge.ts";
import { PortError, type RepositoryRef } from "../../src/app/ports.ts";
import type { Installation } from "../../src/github/installation.ts";
import { mayWrite, requestReviews } from "../../src/github/people.ts";
import { proposeFiles } from "../../src/github/propose-files.ts";

/* What GitHub may answer besides success: test/server/buttons.test.ts takes the plain way, over HTTP. */

const repository: RepositoryRef = { installationId: 1, id: 9, owner: "acme", name: "assistant" };
const HEAD = "a".repeat(40);
const FIRST = "pilotgate/add-missing-5";
const SECOND = `${FIRST}-aaaaaaa`;
const ours = "tree-of-head+docs/a.md";

const proposal: FileProposal = {
  into: { number: 5, headSha: HEAD } as PullState, // nothing else of it is read
  head: { owner: "acme", name: "assistant", branch: "feature", fork: false },
  files: [{ path: "docs/a.md", text: "# A\n" }],
  title: "Begin",
  body: "Files",
};

type Parameters = Record<string, unknown>;
let branches: Map<string, string>;
let pulls: { number: number; head: { ref: string } }[];
let writes: { route: string; parameters: Parameters }[];
let refuse: Partial<Record<string, () => void>>;
beforeEach(() => {
  branches = new Map();
  pulls = [];
  writes = [];
  refuse = {};
});

/** As much of git as a branch's tip with its tree: a commit is named after its tree. */
function answer(route: string, parameters: Parameters): unknown {
  if (!route.startsWith("GET")) writes.push({ route, parameters });
  refuse[route]?.();
  const ref = /^GET .*\/git\/ref\/heads\/(.+)$/.exec(route)?.[1];
  if (ref !== undefined) {
    const tree = branches.get(decodeURIComponent(ref));
    if (tree === undefined) throw new PortError("not-found", "GitHub answered 404.");
    return { ref: `refs/heads/${ref}`, object: { sha: tree } };
  }
  if (route.startsWith("GET") && route.endsWith("/pulls")) return pulls;
  if (route.includes("/git/commits/"))
    return { tree: { sha: parameters["commit_sha"] === HEAD ? "tree-of-head" : parameters["commit_sha"] } };
  if (route.endsWith("/git/trees"))
    return { sha: `${String(parameters["base_tree"])}+${(parameters["tree"] as { path: string }[]).map(({ path }) => path).join()}` };
  if (route.endsWith("/git/commits")) return { sha: parameters["tree"] };
  if (route.endsWith("/git/refs"))
    return void branches.set(String(parameters["ref"]).slice("refs/heads/".length), String(parameters["sha"]));
  if (route.endsWith("/pulls")) return { number: 12 };
  throw new Error(`nothing answers ${route}`);
}
const installation = {
  webUrl: "https://github.com",
  get: async (route: string, parameters: Parameters) => answer(route, parameters),
  raw: async (route: string, parameters: Parameters) => answer(route, parameters),
} as unknown as Installation; // all that is called
const propose = () => proposeFiles(installation, repository, proposal);
const written = () => writes.map(({ route }) => route.replace(/ .*\//, " "));

describe("a pull request with missing files", () => {
  it("is made of one tree, one commit on the head, one new branch", async () => {
    expect(await propose()).toEqual({ kind: "opened", number: 12, url: "https://github.com/acme/assistant/pull/12" });
    expect(written()).toEqual(["POST trees", "POST commits", "POST refs", "POST pulls"]);
    expect(writes[0]?.parameters).toMatchObject({ base_tree: "tree-of-head", tree: [{ path: "docs/a.md", mode: "100644", type: "blob" }] });
    expect(writes[1]?.parameters).toMatchObject({ parents: [HEAD], tree: ours, message: "Begin" });
    expect(writes[3]?.parameters).toMatchObject({ head: FIRST, base: "feature", title: "Begin", body: "Files" });
  });

  it.each([FIRST, SECOND])("is found where %s has one open, and nothing is written", async (ref) => {
    pulls = [
      { number: 7, head: { ref: "other" } },
      { number: 8, head: { ref } },
    ];
    expect(await propose()).toMatchObject({ kind: "was-open", number: 8 });
    expect(writes).toEqual([]);
  });

  it("goes on where an attempt before ended after its branch was made", async () => {
    branches.set(FIRST, ours);
    expect(await propose()).toMatchObject({ kind: "opened", number: 12 });
    expect(written()).toEqual(["POST trees", "POST pulls"]);
  });

  it("is found where GitHub did not list at once what it refuses to open again", async () => {
    branches.set(FIRST, ours);
    refuse["POST /repos/{owner}/{repo}/pulls"] = () => {
      pulls = [{ number: 8, head: { ref: FIRST } }];
      throw new PortError("invalid", "GitHub answered 422.");
    };
    expect(await propose()).toMatchObject({ kind: "was-open", number: 8 });
  });

  it("leaves a branch with other content alone, and shows nothing of it under our name", async () => {
    branches.set(FIRST, "tree-of-somebody");
    expect(await propose()).toMatchObject({ kind: "opened" });
    expect(writes.at(-1)?.parameters).toMatchObject({ head: SECOND });
    expect(branches.get(FIRST)).toBe("tree-of-somebody");

    branches.set(SECOND, "tree-of-somebody");
    writes = [];
    expect(await propose()).toEqual({ kind: "branch-taken", branch: FIRST });
    expect(written()).toEqual(["POST trees"]);
  });

  it("is tried again where another call makes the branch at the same time", async () => {
    refuse["POST /repos/{owner}/{repo}/git/refs"] = () => {
      branches.set(FIRST, ours);
      throw new PortError("invalid", "GitHub answered 422.");
    };
    await expect(propose()).rejects.toMatchObject({ code: "conflict", retryable: true });
    expect(await propose()).toMatchObject({ kind: "opened" });
  });

  it("is refused where rules forbid the branch", async () => {
    refuse["POST /repos/{owner}/{repo}/git/refs"] = () => {
      throw new PortError("invalid", "GitHub answered 422.");
    };
    await expect(propose()).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("people", () => {
  const place = { owner: "acme", repo: "assistant" };
  const telling = (reply: (route: string, parameters: Parameters) => unknown) =>
    ({
      get: async (route: string, parameters: Parameters) => reply(route, parameters),
      raw: async (route: string, parameters: Parameters) => reply(route, parameters),
    }) as unknown as Installation;

  it.each([
    ["admin", true],
    ["write", true],
    ["read", false],
    ["none", false],
    [undefined, false],
  ])("with the permission %s may write: %s", async (permission, may) => {
    expect(
      await mayWrite(
        telling(() => ({ permission })),
        place,
        "octo-mia",
      ),
    ).toBe(may);
  });

  it("who are unknown may not, and a fault is no answer", async () => {
    const failing = (code: "not-found" | "unavailable") =>
      telling(() => {
        throw new PortError(code, "no");
      });
    expect(await mayWrite(failing("not-found"), place, "octo-mia")).toBe(false);
    await expect(mayWrite(failing("unavailable"), place, "octo-mia")).rejects.toMatchObject({ code: "unavailable" });
  });

  it("are asked one by one, so that one who cannot be asked keeps nobody else from it", async () => {
    const asked = await requestReviews(
      telling((_, { reviewers, team_reviewers: teams }) => {
        if ([reviewers, teams].flat().includes("octo-gone")) throw new PortError("invalid", "GitHub answered 422.");
        return {};
      }),
      place,
      5,
      { people: ["octo-gone", "octo-mia"], teams: ["security"] },
    );
    expect(asked).toEqual({ people: ["octo-mia"], teams: ["security"] });
  });
});
