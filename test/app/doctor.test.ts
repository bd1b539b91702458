import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { runDoctor } from "../../src/app/doctor/run-doctor.ts";
import { createPolicyReader } from "../../src/app/policy-in-force.ts";
import { createForge } from "../../src/github/forge.ts";
import { createSettingsReader } from "../../src/github/settings.ts";
import { createTokenInstallation } from "../../src/github/token-installation.ts";
import { createTransport } from "../../src/github/transport.ts";
import type { Diagnosis, Finding, QuestionId } from "../../src/shapes/diagnosis.ts";
import {
  anEnvironment,
  aProtection,
  aRuleset,
  forbidden,
  NAME,
  onlyWithPlan,
  OWNER,
  policyFor,
  someSettings,
  startSettingsGitHub,
  TOKEN,
  type Settings,
  type SettingsGitHub,
} from "../github/a-settings-github.ts";

let github: SettingsGitHub;
beforeAll(async () => {
  github = await startSettingsGitHub();
});
afterAll(() => github.close());

async function doctored(settings: Partial<Settings>, appId: number | null = 4242): Promise<Diagnosis> {
  github.settings = someSettings(settings);
  github.asked.length = 0;
  const { send, close } = createTransport(github.url);
  try {
    const installation = createTokenInstallation(TOKEN, { apiUrl: github.url, userAgent: "test", send });
    const reader = createSettingsReader(() => installation);
    const ran = await runDoctor(
      {
        settings: reader,
        forge: createForge(
          () => installation,
          () => Promise.reject(new Error("no App")),
        ),
        readPolicy: createPolicyReader(),
        toolVersion: "0.0.0",
        at: "2026-11-23T09:00:00Z",
        host: "github.com",
      },
      await reader.repository({ installationId: 0, owner: OWNER, name: NAME }),
      0,
      appId,
    );
    if (!("diagnosis" in ran)) throw new Error(ran.kind);
    return ran.diagnosis;
  } finally {
    close();
  }
}

const of = ({ findings }: Diagnosis, question: QuestionId): Finding | undefined =>
  findings.find((finding) => finding.question === question);
const outcomes = ({ findings }: Diagnosis) => findings.map(({ question, outcome }) => `${question} ${outcome}`);

describe("a gate on one branch", () => {
  it.each<[string, Partial<Settings>, string[]]>([
    ["a ruleset that lacks nothing", { rulesets: [aRuleset()] }, ["required proven", "pinned proven", "bound proven", "history proven"]],
    ["nothing at all", {}, ["required open", "history open"]],
    ["a ruleset that only evaluates", { rulesets: [aRuleset({ enforcement: "evaluate" })] }, ["required open", "history open"]],
    [
      "a ruleset for other branches",
      { rulesets: [aRuleset({ conditions: { ref_name: { include: ["refs/heads/develop"], exclude: [] } } })] },
      ["required open", "history open"],
    ],
    [
      "a ruleset that excludes the branch",
      { rulesets: [aRuleset({ conditions: { ref_name: { include: ["~ALL"], exclude: ["refs/heads/m*"] } } })] },
      ["required open", "history open"],
    ],
    [
      "a check of another name",
      { rulesets: [aRuleset({ checks: { "pilotgate/governance ": 4242, governance: 4242 } })] },
      ["required open", "history proven"],
    ],
    [
      "anybody's check",
      { rulesets: [aRuleset({ checks: { "pilotgate/governance": undefined } })] },
      ["required proven", "pinned open", "bound proven", "history proven"],
    ],
    [
      "another App's check",
      { rulesets: [aRuleset({ checks: { "pilotgate/governance": 77 } })] },
      ["required proven", "pinned open", "bound proven", "history proven"],
    ],
    [
      "a workflow's check",
      { rulesets: [aRuleset({ checks: { "pilotgate/governance": 15_368 } })] },
      ["required proven", "pinned open", "bound proven", "history proven"],
    ],
    [
      "administrators that bypass",
      { rulesets: [aRuleset({ bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }] })] },
      ["required proven", "pinned proven", "bound open", "history proven"],
    ],
    [
      "one person that bypasses",
      { rulesets: [aRuleset({ bypass_actors: [{ actor_id: 7, actor_type: "User", bypass_mode: "pull_request" }] })] },
      ["required proven", "pinned proven", "bound proven", "history proven"],
    ],
    [
      "two rulesets, of which one lacks nothing",
      {
        rulesets: [
          aRuleset({ checks: { "pilotgate/governance": undefined }, bypass_actors: [{ actor_id: null, actor_type: "DeployKey" }] }),
          aRuleset({ id: 6, name: "Strict" }),
        ],
      },
      ["required proven", "pinned proven", "bound proven", "history proven"],
    ],
    [
      "a branch protection that lacks nothing",
      { protections: { main: aProtection() } },
      ["required proven", "pinned proven", "bound proven", "history proven"],
    ],
    [
      "a branch protection without administrators",
      { protections: { main: aProtection(4242, false) } },
      ["required proven", "pinned proven", "bound open", "history proven"],
    ],
    [
      "a branch protection by name alone",
      { protections: { main: aProtection(null) } },
      ["required proven", "pinned open", "bound proven", "history proven"],
    ],
    [
      "a weak branch protection beside a ruleset that lacks nothing",
      { protections: { main: aProtection(null, false) }, rulesets: [aRuleset()] },
      ["required proven", "pinned proven", "bound proven", "history proven"],
    ],
    [
      "a branch that can be overwritten",
      { rulesets: [aRuleset({ rules: aRuleset().rules.filter(({ type }) => type !== "non_fast_forward") })] },
      ["required proven", "pinned proven", "bound proven", "history open"],
    ],
  ])("%s", async (_, settings, expected) => {
    const diagnosis = await doctored(settings);
    expect(outcomes(diagnosis)).toEqual(expected);
    expect(diagnosis.outcome).toBe(expected.some((one) => one.endsWith("open")) ? "open" : "proven");
  });

  it("names who is let past, and how", async () => {
    const diagnosis = await doctored({
      rulesets: [
        aRuleset({
          bypass_actors: [
            { actor_id: 1, actor_type: "OrganizationAdmin" },
            { actor_id: 12, actor_type: "Team", bypass_mode: "exempt" },
            { actor_id: 15_368, actor_type: "Integration" },
          ],
        }),
      ],
    });
    expect(of(diagnosis, "bound")?.summary).toBe(
      "`main` lets past owners of the organisation, team 12 without a trace, every workflow (GitHub Actions) (ruleset `Gates`).",
    );
  });

  it("says which ruleset would require it, and how to activate that", async () => {
    const required = of(await doctored({ rulesets: [aRuleset({ enforcement: "disabled" })] }), "required");
    expect(required?.summary).toBe(
      "`main` does not require `pilotgate/governance`; the ruleset `Gates` would, and its enforcement is `disabled`.",
    );
    expect(required?.mend?.commands).toEqual(["gh api --method PUT repos/acme/assistant/rulesets/5 -f enforcement=active"]);
  });

  it("binds administrators where only they are missing", async () => {
    const bound = of(await doctored({ protections: { main: aProtection(4242, false) } }), "bound");
    expect(bound?.mend?.commands).toEqual(["gh api --method POST repos/acme/assistant/branches/main/protection/enforce_admins"]);
  });
});

describe("what the token may not see", () => {
  it("a bypass list, which only administrators see", async () => {
    const diagnosis = await doctored({ isAdministrator: false, rulesets: [aRuleset()] });
    expect(outcomes(diagnosis)).toEqual(["required proven", "pinned proven", "bound unknown", "history proven"]);
    expect(of(diagnosis, "bound")).toMatchObject({ mend: null, missing: expect.stringContaining("Administration: write") as unknown });
    expect(diagnosis.outcome).toBe("unknown");
  });

  it("a bypass list of the organisation, which a repository's administrator does not see", async () => {
    const diagnosis = await doctored({ rulesets: [aRuleset({ source_type: "Organization" })] });
    expect(of(diagnosis, "bound")?.missing).toContain("owner's token");
  });

  it("all but the checks of a branch protection", async () => {
    const diagnosis = await doctored({ isAdministrator: false, protections: { main: aProtection() } });
    expect(outcomes(diagnosis)).toEqual(["required proven", "pinned proven", "bound proven", "history unknown"]);
    expect(of(diagnosis, "history")?.missing).toBe("Administration: read");
  });

  it("rules: then nothing is claimed to be open either", async () => {
    const diagnosis = await doctored({ refused: [{ path: /^\/rule/, reply: forbidden("metadata=read") }] });
    expect(outcomes(diagnosis)).toEqual(["required unknown", "history unknown"]);
    expect(of(diagnosis, "required")).toMatchObject({ missing: "Metadata: read", mend: null });
  });

  it("the policy: then no gate is spoken of", async () => {
    const diagnosis = await doctored({ rulesets: [aRuleset()], refused: [{ path: /^\/git\//, reply: forbidden("contents=read") }] });
    expect(outcomes(diagnosis)).toEqual(["policy unknown"]);
    expect(of(diagnosis, "policy")?.missing).toBe("Contents: read");
  });

  it("names the right that GitHub names, and the documented one where it names none", async () => {
    const at = async (permissions?: string) => {
      const refused = [{ path: /^\/branches\/main/, reply: forbidden(permissions) }];
      return of(await doctored({ protections: { main: aProtection() }, refused }), "required")?.missing;
    };
    expect(await at("administration=read,contents=read; issues=read")).toBe("Administration: read, and Contents: read; or Issues: read");
    expect(await at()).toBe("Administration: read");
    expect(await at("<b>@acme</b>")).toBe("Administration: read");
  });

  it("a plan without rulesets is no missing right: nothing can block there", async () => {
    const diagnosis = await doctored({ refused: [{ path: /^\/(rule|branches\/)/, reply: onlyWithPlan }] });
    expect(of(diagnosis, "required")).toMatchObject({ outcome: "open", missing: null });
    expect(of(diagnosis, "required")?.summary).toContain("the plan of this repository has no rulesets");
  });
});

describe("a guard by a pattern", () => {
  const files = {
    ".github/pilotgate.yml": policyFor(
      'governance: { branches: ["release/**"] }\ninfrastructure: { branches: [] }\nrollout: { branches: [] }',
    ),
  };
  const including = (...include: string[]) => aRuleset({ conditions: { ref_name: { include, exclude: [] } } });
  const branches = ["main", "release/1.0", "release/eu/2.0", "releases"];

  it("every level of folders is covered", async () => {
    const diagnosis = await doctored({ files, branches, rulesets: [including("refs/heads/release/**/*")] });
    expect(outcomes(diagnosis)).toEqual([
      "required proven",
      "pinned proven",
      "bound proven",
      "creation proven",
      "coverage proven",
      "history proven",
    ]);
  });

  it("one level alone leaves branches open, those that exist and those that may come", async () => {
    const diagnosis = await doctored({ files, branches, rulesets: [including("refs/heads/release/**")] });
    expect(of(diagnosis, "required")?.outcome).toBe("open");
    expect(of(diagnosis, "required")?.summary).toBe(
      "`release/eu/2.0`, a new branch such as `release/pilotgate-doctor/x`: does not require `pilotgate/governance`.",
    );
  });

  it.each([
    [["~ALL"], "proven"],
    [["refs/heads/**/*"], "proven"],
    [["refs/heads/release/*", "refs/heads/release/**/*"], "proven"],
    [["refs/heads/r*/**/*"], "unknown"],
    [["refs/heads/release/*", "refs/heads/release/*/*"], "unknown"],
  ])("coverage by %j is %s", async (include, outcome) => {
    expect(of(await doctored({ files, branches, rulesets: [including(...include)] }), "coverage")?.outcome).toBe(outcome);
  });

  it.each([
    [["refs/heads/release/9.*"], "unknown"],
    [["refs/heads/main"], "proven"],
  ])("coverage with %j excluded is %s", async (exclude, outcome) => {
    const ruleset = aRuleset({ conditions: { ref_name: { include: ["~ALL"], exclude } } });
    expect(of(await doctored({ files, branches, rulesets: [ruleset] }), "coverage")?.outcome).toBe(outcome);
  });

  it("creation is open where it is not enforced, unless a rule restricts it", async () => {
    const rules = aRuleset().rules.map((rule) =>
      rule.parameters ? { ...rule, parameters: { ...rule.parameters, do_not_enforce_on_create: true } } : rule,
    );
    const loose = { ...including("refs/heads/release/**/*"), rules };
    expect(of(await doctored({ files, branches, rulesets: [loose] }), "creation")?.outcome).toBe("open");
    const restricted = { ...loose, rules: [...rules, { type: "creation" }] };
    expect(of(await doctored({ files, branches, rulesets: [restricted] }), "creation")?.outcome).toBe("proven");
  });

  it("a branch protection counts for branches that exist only", async () => {
    const protections = Object.fromEntries(["release/1.0", "release/eu/2.0"].map((name) => [name, aProtection()]));
    const diagnosis = await doctored({ files, branches, protections });
    expect(of(diagnosis, "required")).toMatchObject({ outcome: "unknown", missing: null });
    expect(of(diagnosis, "required")?.mend?.ruleset?.conditions.ref_name.include).toEqual([
      "refs/heads/release",
      "refs/heads/release/**/*",
    ]);
  });

  it("asks about no more than can be asked, and claims nothing about the rest", async () => {
    const globs = Array.from({ length: 180 }, (_, index) => `"{a,b}${index}"`).join(", ");
    const many = {
      ".github/pilotgate.yml": policyFor(
        `governance: { branches: [${globs}] }\ninfrastructure: { branches: [] }\nrollout: { branches: [] }`,
      ),
    };
    const diagnosis = await doctored({ files: many, rulesets: [including("~ALL")] });
    const required = diagnosis.findings.filter(({ question }) => question === "required");
    expect(required.map(({ outcome }) => outcome).filter((outcome) => outcome === "proven")).toHaveLength(150);
    expect(required.at(-1)).toMatchObject({ outcome: "unknown", missing: "fewer branches: 300 are asked about at most" });
    expect(github.asked.length).toBeLessThan(2000);
  });

  it("a pattern that GitHub cannot express is never proven", async () => {
    const hard = {
      ".github/pilotgate.yml": policyFor(
        'governance: { branches: ["v[!0]*"] }\ninfrastructure: { branches: [] }\nrollout: { branches: [] }',
      ),
    };
    const diagnosis = await doctored({ files: hard, rulesets: [including("~ALL")] });
    expect(of(diagnosis, "coverage")).toMatchObject({ outcome: "unknown" });
  });
});

describe("the App's number", () => {
  const writers = (...ids: number[]) => ids.map((id) => ({ name: "pilotgate/governance", app: { id, slug: `app-${id}` } }));

  it.each<[string, Settings["checkRuns"], string, number | null]>([
    ["found on checks", writers(4242, 4242), "pinned proven", 4242],
    ["not Actions, whatever it wrote", writers(15_368), "pinned unknown", null],
    ["not one of several", writers(4242, 77), "pinned unknown", null],
    ["not there", [], "pinned unknown", null],
  ])("%s", async (_, checkRuns, pinned, id) => {
    const diagnosis = await doctored({ rulesets: [aRuleset()], checkRuns }, null);
    expect(outcomes(diagnosis)).toContain(pinned);
    expect(diagnosis.app.id).toBe(id);
    expect(diagnosis.notes.join(" ")).toContain("--app-id");
  });

  it("is not needed to see that a check is anybody's", async () => {
    const diagnosis = await doctored({ rulesets: [aRuleset({ checks: { "pilotgate/governance": undefined } })] }, null);
    expect(of(diagnosis, "pinned")).toMatchObject({ outcome: "open", mend: { commands: [], ruleset: null } });
  });
});

describe("the ruleset that is printed", () => {
  const files = {
    ".github/pilotgate.yml": policyFor(
      'governance: { branches: ["~DEFAULT_BRANCH", "{alpha,beta}/*"] }\ninfrastructure: { branches: ["release/**", "hotfix-?"] }\nrollout: { branches: [] }',
    ),
  };

  it.each<[string, Partial<Settings>]>([
    ["nothing is set", {}],
    [
      "everything is weak",
      {
        rulesets: [
          aRuleset({ checks: { "pilotgate/governance": undefined }, bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole" }] }),
        ],
      },
    ],
    ["a branch protection is weak", { protections: { main: aProtection(null, false) } }],
  ])("closes every gap of its gate where %s", async (_, settings) => {
    const branches = ["main", "alpha/1", "release/a/b", "hotfix-1", "feature/x"];
    const before = await doctored({ ...settings, files, branches });
    expect(before.outcome).toBe("open");
    const rulesets = before.findings.flatMap(({ mend }) => mend?.ruleset ?? []);
    const distinct = [...new Map(rulesets.map((one) => [one.name, one])).values()];
    const imported = distinct.map((one, index) => ({
      ...one,
      id: 900 + index,
      source_type: "Repository" as const,
      current_user_can_bypass: "never",
    }));
    const after = await doctored({ ...settings, files, branches, rulesets: [...(settings.rulesets ?? []), ...imported] });
    expect(after.findings.filter(({ outcome }) => outcome !== "proven")).toEqual([]);
    expect(after.outcome).toBe("proven");
  });

  it("replaces the one that was imported before", async () => {
    const diagnosis = await doctored({ rulesets: [aRuleset({ name: "Pilotgate: governance", checks: { other: 1 } })] });
    expect(of(diagnosis, "required")?.mend?.commands).toEqual([
      "pilotgate doctor --repo acme/assistant --app-id 4242 --gate governance --format ruleset | gh api --method PUT repos/acme/assistant/rulesets/5 --input -",
    ]);
  });
});

describe("a guard of environments", () => {
  const policy = policyFor("governance: { branches: [] }\ninfrastructure: { branches: [] }\nrollout: { environments: [production] }");
  const workflow = (environment: string) =>
    `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    environment: ${environment}\n    steps: []\n`;
  const files = (environment: string) => ({ ".github/pilotgate.yml": policy, ".github/workflows/deploy.yml": workflow(environment) });

  it("is open whatever is set, because this version answers no deployments", async () => {
    const diagnosis = await doctored({ files: files("production"), environments: [anEnvironment("Production")] });
    expect(outcomes(diagnosis)).toEqual(["environment proven", "named proven", "answered open", "admins proven"]);
    expect(of(diagnosis, "answered")?.mend?.commands).toEqual([]);
  });

  it("warns of a rule that nobody answers, and takes it off", async () => {
    const deploymentRules = { production: [{ id: 3, node_id: "x", enabled: true, app: { id: 4242, slug: "pilotgate" } }] };
    const diagnosis = await doctored({ files: files("production"), environments: [anEnvironment("production")], deploymentRules });
    expect(of(diagnosis, "answered")?.summary).toContain("deployments wait there until GitHub fails them");
    expect(of(diagnosis, "answered")?.mend?.commands).toEqual([
      "gh api --method DELETE repos/acme/assistant/environments/production/deployment_protection_rules/3",
    ]);
  });

  it("names the environment that is meant, and makes the one that is not there", async () => {
    const diagnosis = await doctored({ files: files("production"), environments: [anEnvironment("Productoin")] });
    expect(of(diagnosis, "environment")).toMatchObject({
      outcome: "open",
      summary: "There is no environment `production`; there is `Productoin`.",
      mend: { commands: ["gh api --method PUT repos/acme/assistant/environments/production"] },
    });
  });

  it("finds the slip in a workflow, which GitHub would make into an environment without rules", async () => {
    const diagnosis = await doctored({ files: files("Productoin"), environments: [anEnvironment("production")] });
    expect(diagnosis.findings.filter(({ question }) => question === "named").map(({ outcome }) => outcome)).toEqual(["open", "open"]);
    expect(diagnosis.findings.some(({ summary }) => summary.includes("names the environment `Productoin`, which is not there"))).toBe(true);
  });

  it.each([
    ["{ name: production, url: https://example.com }", "proven"],
    ["PRODUCTION", "proven"],
    ["${{ inputs.environment }}", "unknown"],
    ["staging", "open"],
  ])("a job with `environment: %s` is %s", async (environment, outcome) => {
    const environments = [anEnvironment("production"), anEnvironment("staging")];
    expect(of(await doctored({ files: files(environment), environments }), "named")?.outcome).toBe(outcome);
  });

  it("a workflow of another repository may name it", async () => {
    const called = "on: push\njobs:\n  deploy:\n    uses: acme/shared/.github/workflows/deploy.yml@v1\n";
    const diagnosis = await doctored({
      files: { ".github/pilotgate.yml": policy, ".github/workflows/deploy.yml": called },
      environments: [anEnvironment("production")],
    });
    expect(of(diagnosis, "named")?.outcome).toBe("unknown");
  });

  it("says again what is set where administrators are bound, so that nothing is lost", async () => {
    const production = anEnvironment("prod/eu 'x'", {
      can_admins_bypass: true,
      protection_rules: [
        { id: 1, type: "wait_timer", wait_timer: 30 },
        { id: 2, type: "required_reviewers", prevent_self_review: true, reviewers: [{ type: "Team", reviewer: { id: 9 } }] },
      ],
    });
    const quoted = policy.replace("[production]", '["prod/eu*"]');
    const diagnosis = await doctored({ files: { ".github/pilotgate.yml": quoted }, environments: [production] });
    expect(of(diagnosis, "admins")?.mend?.commands).toEqual([
      `echo '{"wait_timer":30,"prevent_self_review":true,"reviewers":[{"type":"Team","id":9}],"deployment_branch_policy":{"protected_branches":true,"custom_branch_policies":false},"can_admins_bypass":false}' | gh api --method PUT repos/acme/assistant/environments/prod%2Feu%20%27x%27 --input -`,
    ]);
  });

  it("claims nothing where it cannot see", async () => {
    const diagnosis = await doctored({
      files: files("production"),
      refused: [{ path: /^\/environments/, reply: forbidden("actions=read") }],
    });
    expect(of(diagnosis, "environment")).toMatchObject({ outcome: "unknown", missing: "Actions: read" });
    const silent = anEnvironment("production", { can_admins_bypass: undefined });
    expect(of(await doctored({ files: files("production"), environments: [silent] }), "admins")?.outcome).toBe("unknown");
  });
});

describe("the policy", () => {
  it("that guards nothing is open", async () => {
    const files = {
      ".github/pilotgate.yml": policyFor("governance: { branches: [] }\ninfrastructure: { branches: [] }\nrollout: { branches: [] }"),
    };
    expect(outcomes(await doctored({ files }))).toEqual(["policy open"]);
  });

  it("that only advises is noted", async () => {
    const files = {
      ".github/pilotgate.yml": policyFor(
        "governance: { branches: [main], enforcement: advisory, enforceFrom: 2026-12-01 }\ninfrastructure: { branches: [] }\nrollout: { branches: [] }",
      ),
    };
    const { notes } = await doctored({ files, rulesets: [aRuleset()] });
    expect(notes).toContain(
      "The policy sets the governance gate of `helper` to `advisory` until 2026-12-01: its check is neutral and blocks nothing.",
    );
  });
});
