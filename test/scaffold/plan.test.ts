import { describe, expect, it } from "@jest/globals";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { unknownFields, validateDocument } from "../../src/policy/validate-document.ts";
import type { Answers } from "../../src/scaffold/new-system.ts";
import { planFiles, POLICY_PATH, type Plan } from "../../src/scaffold/plan.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";
import type { PolicyFile, SystemFile } from "../../src/shapes/policy.ts";
import { documentNames, risks } from "../../src/shapes/vocabulary.ts";
import { look } from "./look.ts";
import { monorepo, repositories } from "./repositories.ts";

type Files = Readonly<Record<string, string>>;

function plan(files: Files, answers: Answers = {}, policy: PolicyFile | null = null): Plan {
  return planFiles({ survey: look(files), repository: "shop-assistant", answers, policy });
}

const textOf = ({ files }: Plan, path: string) => files.find((file) => file.path === path)?.text ?? "";

function parsed(text: string): PolicyFile {
  const result = parsePolicy(text, { file: POLICY_PATH });
  if (!result.ok) throw new Error(result.problems.map(({ message, line }) => `${line}: ${message}`).join("\n"));
  return result.policy;
}

/** The only system of a first policy. */
function system(files: Files, answers: Answers = {}): SystemFile {
  const [first] = parsed(textOf(plan(files, answers), POLICY_PATH)).systems ?? [];
  if (first === undefined) throw new Error("no system");
  return first;
}

const cases = Object.entries({ ...repositories, monorepo });

describe.each(cases)("%s", (_, files) => {
  it.each(risks)("gets a policy and documents that are valid at %s risk", (risk) => {
    const made = plan(files, { risk });
    for (const { path, text } of made.files) {
      if (path === POLICY_PATH) {
        expect(parsed(text).systems?.every((one) => one.risk === risk)).toBe(true);
        continue;
      }
      const reading = readEvidence(new TextEncoder().encode(text));
      const name = documentNames.find((one) =>
        one === "vendor" ? /\/vendors\/[^/]+\.md$/.test(path) : path.endsWith(`/${documentDefinitions[one].file}`),
      );
      if (name === undefined) {
        expect(path).toMatch(/\/(?:model-registry\.yml|evidence\/[a-z-]+\/README\.md)$/);
        if (path.endsWith(".yml")) expect(reading).toMatchObject({ ok: true, format: "model-registry" });
        continue;
      }
      if (!reading.ok || reading.kind !== "document") throw new Error(`${path} is no document`);
      const { frontMatter, sections } = reading.measurement;
      expect(validateDocument(name, frontMatter).filter(({ problem }) => problem !== "missing")).toEqual([]);
      expect(unknownFields(name, frontMatter)).toEqual([]);
      expect(sections.slice(1).map(({ title, text: own }) => [title, own])).toEqual(
        documentDefinitions[name].sections.map((title) => [title, ""]),
      );
    }
    expect(new Set(made.files.map(({ path }) => path)).size).toBe(made.files.length);
  });

  it("gets lines of visible characters only", () => {
    for (const { text, path } of plan(files).files) {
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(text + path).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069]/);
    }
  });
});

describe("a first policy", () => {
  it("begins with the line by which editors find its schema, and advises only", () => {
    const text = textOf(plan({}), POLICY_PATH);
    expect(text.split("\n")[0]).toMatch(/^# yaml-language-server: \$schema=https:\/\/\S+\/schema\/policy\.schema\.json$/);
    expect(system({}).gates).toEqual({
      governance: { enforcement: "advisory" },
      infrastructure: { enforcement: "advisory" },
      rollout: { enforcement: "advisory" },
    });
  });

  it.each<[string, unknown]>([
    ["FastAPI with OpenAI", [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }]],
    ["TypeScript with Anthropic", [{ id: "chat", provider: "anthropic", model: "claude-sonnet-4-5-20250929" }]],
    ["Spring AI", [{ id: "chat", provider: "openai", model: "gpt-4o-2024-08-06" }]],
    ["Go", [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }]],
    ["vLLM", [{ id: "chat", provider: "self-hosted", model: "meta-llama/Llama-3.1-8B-Instruct" }]],
    ["Ollama", [{ id: "chat", provider: "self-hosted", model: "llama3.1:8b" }]],
    [
      "Azure OpenAI",
      [
        { id: "chat", provider: "azure-openai", model: "chat-prod" },
        { id: "chat-2", provider: "azure-openai", model: "gpt-4o-2024-11-20" },
      ],
    ],
    ["Bedrock", [{ id: "chat", provider: "amazon-bedrock", model: "eu.anthropic.claude-sonnet-4-20250514-v1:0" }]],
    ["a Helm chart", [{ id: "chat", provider: "openai", model: "gpt-4.1-2025-04-14" }]],
    ["no model at all", []],
  ])("of %s names its models", (name, models) => expect(system(repositories[name] ?? {}).models).toEqual(models));

  it("asks for the version of what is not pinned, and for what a deployment runs", () => {
    expect(textOf(plan(repositories["a floating alias"] ?? {}), POLICY_PATH)).toContain(
      "model: gpt-4o } # Question: which dated version? Not pinned, because it is an alias that its vendor moves. Seen in `app/main.py`, line 2.",
    );
    expect(textOf(plan(repositories["Azure OpenAI"] ?? {}), POLICY_PATH)).toContain(
      "Question: which model and version does this deployment run?",
    );
    expect(textOf(plan(repositories["a model from the environment"] ?? {}), POLICY_PATH)).toContain(
      "models: [] # Question: which models answer users? No model was seen, only openai in `package.json`, line 3.",
    );
  });

  it("names what the tools and files of a repository show, and proposes what a person has to confirm", () => {
    const files = repositories["every tool"] ?? {};
    const { criteria, roles } = system(files);
    expect(roles).toBeUndefined();
    expect(criteria).toEqual({
      observability: {
        evidence: [
          { file: "deploy/alerts.yml" },
          { file: "deploy/grafana/chat.json" },
          { file: "docs/readiness/evidence/observability/**" },
        ],
      },
    });
    const text = textOf(plan(files), POLICY_PATH);
    expect(text).toContain('      # security: ["@acme/security"] # `.github/CODEOWNERS`, line 3: confirm\n');
    expect(text).toContain('      # load-test: { evidence: { artifact: { workflow: ".github/workflows/load.yml", name: k6 } }');
  });

  it("is still valid when its proposals are taken in", () => {
    const text = textOf(plan(repositories["every tool"] ?? {}, { risk: "high" }), POLICY_PATH).replaceAll(
      /^( +)# ([a-z-]+|[a-z][A-Za-z]*):/gm,
      "$1$2:",
    );
    const [first] = parsed(text).systems ?? [];
    expect(first).toMatchObject({
      started: "2026-09-07",
      traffic: { expectedPeak: { requestsPerSecond: 40 } },
      stages: [{ environment: "production-canary" }],
      roles: { security: ["@acme/security"], "product-owner": ["@acme/product"] },
      integrations: [{ name: "crm" }],
      criteria: { "load-test": { evidence: { artifact: { name: "k6" } }, thresholds: { p95Ms: 2000 } } },
    });
  });

  it("holds what people answered", () => {
    const answers: Answers = {
      name: "Shop assistant",
      risk: "low",
      isPublic: true,
      usesTools: false,
      peak: 12.5,
      productOwner: "@octo-mia",
    };
    expect(system(repositories["FastAPI with OpenAI"] ?? {}, answers)).toMatchObject({
      id: "shop-assistant",
      name: "Shop assistant",
      risk: "low",
      architecture: { tools: false, public: true },
      traffic: { expectedPeak: { requestsPerSecond: 12.5 } },
      roles: { "product-owner": ["@octo-mia"] },
    });
    expect(textOf(plan({}, answers), "docs/readiness/escalation.md")).toContain("# Escalation: Shop assistant\n");
  });

  it.each(["123", "true", "Café Ünïcode", "---", "a".repeat(200), "  x  ", "名前"])("of the system %j has an id that is one", (name) => {
    expect(system({}, { name }).id).toMatch(/^[a-z0-9-]{1,64}$/);
  });

  it("has the vendors' records that its models need, and no other", () => {
    const vendors = (name: string) =>
      plan(repositories[name] ?? {}).files.flatMap(({ path }) => /vendors\/(.+)\.md$/.exec(path)?.[1] ?? []);
    expect(vendors("Bedrock")).toEqual(["amazon-bedrock"]);
    expect(vendors("vLLM")).toEqual([]);
    expect(vendors("a model from the environment")).toEqual(["openai"]);
    expect(vendors("no model at all")).toEqual([]);
  });
});

describe("a repository of several services", () => {
  it("gets a system for each that uses models, with its files and documents of its own", () => {
    const made = plan(monorepo);
    const systems = parsed(textOf(made, POLICY_PATH)).systems ?? [];
    expect(systems.map(({ id, paths, documents, models }) => ({ id, paths, documents, models: models.map(({ model }) => model) }))).toEqual(
      [
        {
          id: "assistant",
          paths: ["services/assistant/**", "docs/readiness/assistant/**"],
          documents: "docs/readiness/assistant",
          models: ["gpt-4o-2024-11-20"],
        },
        {
          id: "claims",
          paths: ["services/claims/**", "docs/readiness/claims/**"],
          documents: "docs/readiness/claims",
          models: ["claude-sonnet-4-5-20250929"],
        },
      ],
    );
    expect(systems[0]?.fingerprint).toEqual({ prompts: ["services/assistant/prompts/**"] });
    expect(systems.map(({ criteria }) => criteria?.observability?.evidence)).toEqual(
      ["assistant", "claims"].map((id) => [{ file: "deploy/alerts.yml" }, { file: `docs/readiness/${id}/evidence/observability/**` }]),
    );
    expect(made.files.some(({ path }) => path === "docs/readiness/claims/vendors/anthropic.md")).toBe(true);
    expect(textOf(made, POLICY_PATH)).toContain("# Seen in `compose.yml`, line 4. Question: is it this system's?");
  });

  it("gets one where only one uses models, whatever is beside it", () => {
    const { "services/claims/app/main.py": _, "services/claims/requirements.txt": __, ...rest } = monorepo;
    const { paths, documents, models } = system(rest);
    expect([paths, documents, models.map(({ model }) => model)]).toEqual([
      undefined,
      "docs/readiness",
      ["gpt-4o-mini-2024-07-18", "gpt-4o-2024-11-20"],
    ]);
  });

  it("gives services of one name ids of their own", () => {
    const files = Object.fromEntries(
      ["a/api", "b/api"].flatMap((root) => [
        [`${root}/requirements.txt`, "openai"],
        [`${root}/x.py`, 'import openai\nx(model="gpt-4o-2024-11-20")'],
      ]),
    );
    expect(plan(files).systems.map(({ id }) => id)).toEqual(["a-api", "b-api"]);
  });
});

describe("with a policy that is there", () => {
  const first = parsed(textOf(plan(monorepo), POLICY_PATH));

  it("writes no policy, and all that its systems need", () => {
    const made = plan(monorepo, {}, first);
    expect(made.files.map(({ path }) => path)).toEqual(
      plan(monorepo)
        .files.map(({ path }) => path)
        .filter((path) => path !== POLICY_PATH),
    );
    expect([made.addition, made.systems.map(({ isNew }) => isNew)]).toEqual([null, [false, false]]);
  });

  it("adds a service that is new, as an entry to be taken over by hand", () => {
    const more = {
      ...monorepo,
      "services/search/go.mod": "require github.com/openai/openai-go v1",
      "services/search/main.go": "openai.GPT4o20241120",
    };
    const made = plan(more, { risk: "high" }, first);
    const added = made.files.filter(({ path }) => !plan(monorepo, {}, first).files.some((known) => known.path === path));
    expect(added.length).toBeGreaterThan(10);
    expect(added.every(({ path }) => path.startsWith("docs/readiness/search/"))).toBe(true);
    expect(made.systems.at(-1)).toEqual({ id: "search", risk: "high", isNew: true });
    expect(parsed(`${textOf(plan(monorepo), POLICY_PATH)}${made.addition ?? ""}`).systems?.map(({ id }) => id)).toEqual([
      "assistant",
      "claims",
      "search",
    ]);
  });

  it("sees no new service in one whose vendor the policy names", () => {
    const one: PolicyFile = {
      version: 1,
      systems: [
        {
          id: "all",
          risk: "low",
          models: [
            { id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" },
            { id: "claims", provider: "anthropic", model: "claude-sonnet-4-5-20250929" },
          ],
        },
      ],
    };
    expect(plan(monorepo, {}, one).addition).toBeNull();
    const [system = { id: "", risk: "low" as const, models: [] }] = one.systems ?? [];
    const less: PolicyFile = { version: 1, systems: [{ ...system, models: system.models.slice(0, 1) }] };
    expect(plan(monorepo, {}, less).addition).toContain("# First add `documents: docs/readiness` to all");
    expect(plan(monorepo, {}, less).systems.map(({ id }) => id)).toEqual(["all", "claims"]);
  });

  it("names the models that no system names, and none whose version one names", () => {
    const policy = (model: string): PolicyFile => ({
      version: 1,
      systems: [{ id: "all", risk: "low", models: [{ id: "chat", provider: "azure-openai", model }] }],
    });
    const unnamed = (name: string, model: string) => plan(repositories[name] ?? {}, {}, policy(model)).unnamed.map((seen) => seen.model);
    expect(unnamed("a floating alias", "gpt-4.1-2025-04-14")).toEqual(["gpt-4o"]);
    expect(unnamed("a floating alias", "gpt-4o-2024-11-20")).toEqual([]);
    expect(unnamed("Azure OpenAI", "gpt-4o-2024-11-20")).toEqual([]);
  });

  it("writes nothing for what does not apply", () => {
    const policy: PolicyFile = {
      version: 1,
      systems: [
        {
          id: "all",
          risk: "low",
          documents: "docs/gates",
          models: [{ id: "chat", provider: "openai", model: "gpt-4o-2024-11-20" }],
          notApplicable: [{ criterion: "user-satisfaction", reason: "no users" }],
        },
      ],
    };
    const paths = plan({}, {}, policy).files.map(({ path }) => path);
    expect(paths).not.toContain("docs/gates/user-survey.md");
    expect(paths).toContain("docs/gates/support.md");
  });
});
