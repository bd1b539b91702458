import { beforeEach, describe, expect, it } from "@jest/globals";
import { handleJob } from "../../src/app/handle-job.ts";
import { toJob } from "../../src/app/jobs.ts";
import { PortError, type RepositoryRef } from "../../src/app/ports.ts";
import type { AppDeps } from "../../src/app/pull-deps.ts";
import type { BranchRule, DoctorRounds, RepositoryFacts, SettingsReader, WrittenDiagnosis } from "../../src/app/settings.ts";
import { createRepository, readyFiles, repository, without, type TestRepository } from "./a-repository.ts";

const files = readyFiles();
const aRule = (type: string, appId: number | null = 4242): BranchRule => ({
  type,
  rulesetId: 5,
  checks: type === "required_status_checks" ? [{ context: "pilotgate/governance", appId }] : [],
  strict: true,
  onCreation: true,
});
const wholeRules = ["required_status_checks", "deletion", "non_fast_forward"].map((type) => aRule(type));

let at: TestRepository;
let rules: BranchRule[];
let facts: RepositoryFacts | PortError;
let remembered: RepositoryRef[];
let forgotten: number[];
let written: WrittenDiagnosis | null;
let deps: AppDeps;

beforeEach(() => {
  at = createRepository();
  at.setBranch("main", at.commit(files));
  rules = wholeRules;
  facts = { owner: "acme", name: "assistant", id: repository.id, defaultBranch: "main" };
  [remembered, forgotten, written] = [[], [], null];
  const whole = <T>(value: T) => ({ seen: true as const, value });
  const settings: SettingsReader = {
    repository: async () => {
      if (facts instanceof PortError) throw facts;
      return facts;
    },
    branches: async () => whole({ items: [{ name: "main", isProtected: false }], complete: true }),
    rules: async () => whole(rules),
    rulesets: async () => whole({ items: [], complete: true }),
    protection: async () => whole(null),
    environments: async () => ({ seen: false, missing: "Actions: read", byPlan: false }),
    deploymentRules: async () => whole([]),
    checkWriters: async () => whole([]),
  };
  const rounds: DoctorRounds = {
    remember: async (one) => void remembered.push(one),
    forget: async (id) => void forgotten.push(id),
    takeDue: async () => [],
    all: async () => [],
    written: async () => written,
    save: async (_, one) => void (written = one),
  };
  deps = { ...at.deps, doctor: { settings, rounds, appId: 4242, host: "github.com" } };
});

const look = (asked = false) =>
  handleJob(
    deps,
    null,
    toJob(repository, { kind: "settings" }, { event: "schedule", action: null, deliveryId: "weekly", ...(asked ? { asked } : {}) }),
  );

describe("the weekly look at a repository's settings", () => {
  it("is a check on the default branch that never blocks", async () => {
    expect(await look()).toBe("judged");
    expect(at.checks).toHaveLength(1);
    expect(at.checks[0]).toMatchObject({ name: "pilotgate/doctor", conclusion: "neutral", buttons: [] });
    expect(at.checks[0]?.output.text).toContain("- bound, **not proven**: ");
  });

  it("writes nothing where nothing changed, unless somebody asked", async () => {
    await look();
    await look();
    expect(at.calls.filter((call) => call.endsWith("Check"))).toEqual(["createCheck"]);
    await look(true);
    expect(at.calls.filter((call) => call.endsWith("Check"))).toEqual(["createCheck", "updateCheck"]);
  });

  it("writes again what changed, and anew on a new commit", async () => {
    await look();
    rules = [aRule("required_status_checks", null)];
    await look();
    expect(at.checks).toHaveLength(1);
    expect(at.checks[0]?.output.text).toContain("takes the check by its name alone");
    at.setBranch("main", at.commit({ ...files, "src/b.mjs": "2" }));
    await look();
    expect(at.checks.map(({ name }) => name)).toEqual(["pilotgate/doctor", "pilotgate/doctor"]);
  });

  it.each([
    ["there is no policy any more", () => at.setBranch("main", at.commit(without(files, ".github/")))],
    ["another repository has the name now", () => (facts = { ...(facts as RepositoryFacts), id: 1 })],
    ["the repository is gone", () => (facts = new PortError("not-found", "GitHub answered 404."))],
    ["the App is no longer installed", () => (facts = new PortError("unauthorized", "GitHub gives no token."))],
  ])("ends where %s", async (_, change) => {
    change();
    expect(await look()).toBe("not-needed");
    expect([at.checks, forgotten]).toEqual([[], [repository.id]]);
  });

  it("is tried again where GitHub does not answer", async () => {
    facts = new PortError("unavailable", "GitHub could not be reached.", { retryable: true });
    await expect(look()).rejects.toThrow("GitHub could not be reached.");
    expect(forgotten).toEqual([]);
  });

  it("leaves a broken policy to the gates", async () => {
    at.setBranch("main", at.commit({ ".github/pilotgate.yml": "version: 2\n" }));
    expect(await look()).toBe("not-needed");
    expect([at.checks, forgotten]).toEqual([[], []]);
  });

  it("begins with the first pull request that a gate judges, and follows a new policy", async () => {
    at.open({ headSha: at.commit({ ...files, "src/a.mjs": "1" }) });
    await handleJob(
      deps,
      null,
      toJob(repository, { kind: "pull", number: 1 }, { event: "pull_request", action: "opened", deliveryId: "d" }),
    );
    expect(remembered).toEqual([repository]);
    await handleJob(deps, null, toJob(repository, { kind: "policy" }, { event: "push", action: null, deliveryId: "d" }));
    expect(at.enqueued.map(({ subject }) => subject.kind)).toEqual(["settings", "pull"]);
  });
});
