import { describe, expect, it } from "@jest/globals";
import { findOwners } from "../../src/scaffold/find-owners.ts";
import { findSdks } from "../../src/scaffold/find-sdks.ts";
import { findTools } from "../../src/scaffold/find-tools.ts";
import { findWatches } from "../../src/scaffold/find-watches.ts";
import { findWorkflows } from "../../src/scaffold/find-workflows.ts";
import { knownNames, sdkStems } from "../../src/scaffold/known-sdks.ts";
import { survey } from "../../src/scaffold/survey.ts";
import { at, look } from "./look.ts";

describe("a library is found in", () => {
  it.each<[string, string, string | null, number]>([
    ["requirements.txt", "fastapi\nopenai>=1.3", "openai", 2],
    ["requirements.txt", "langchain_anthropic", "anthropic", 1],
    ["pyproject.toml", 'name = "openai"\ndependencies = ["mistralai>=1"]', "mistral", 2],
    ["pyproject.toml", 'vllm = "^0.6"', "self-hosted", 1],
    ["package.json", '{\n"dependencies": {\n"@anthropic-ai/sdk": "^0.30"', "anthropic", 3],
    ["package.json", '{ "name": "ai", "dependencies": { "openai": "6.9.0" } }', "openai", 1],
    ["pom.xml", "<artifactId>spring-ai-openai-spring-boot-starter</artifactId>", "openai", 1],
    ["build.gradle.kts", 'implementation("dev.langchain4j:langchain4j-ollama:1.0")', "self-hosted", 1],
    ["go.mod", "require (\n\tgithub.com/anthropics/anthropic-sdk-go v1.2.0", "anthropic", 2],
    ["go.mod", "\tgithub.com/openai/openai-go/v2 v2.0.0", "openai", 1],
    ["App.csproj", '<PackageReference Include="Azure.AI.OpenAI" Version="2.1.0" />', "azure-openai", 1],
    ["Gemfile", 'gem "ruby-openai"', "openai", 1],
    ["Cargo.toml", 'async-openai = "0.25"', "openai", 1],
    ["app/a.py", "from google import genai", "google", 1],
    ["app/a.py", "import google.generativeai as genai", "google", 1],
    ["app/a.py", "from google.cloud import aiplatform", "google-vertex-ai", 1],
    ["app/a.py", 'client = boto3.client("bedrock-runtime")', "amazon-bedrock", 1],
    ["app/a.py", "from langchain_core.messages import AIMessage", null, 1],
    ["src/a.ts", 'import OpenAI from "openai";', "openai", 1],
    ["src/a.js", "const { Anthropic } = require('@anthropic-ai/sdk');", "anthropic", 1],
    ["src/a.ts", 'import { ChatPromptTemplate } from "@langchain/core/prompts";', null, 1],
    ["main.go", 'import (\n\topenai "github.com/sashabaranov/go-openai"', "openai", 2],
    ["src/A.java", "import org.springframework.ai.chat.client.ChatClient;", null, 1],
    ["Program.cs", "using Azure.AI.OpenAI;", "azure-openai", 1],
  ])("%s %j", (path, text, provider, line) => {
    expect(findSdks(path, text)).toMatchObject([{ provider, path, line, shows: "model" }]);
  });

  it("is named by nothing that the quick look would pass over", () => {
    expect(knownNames.filter((name) => name !== "ai" && !sdkStems.test(name))).toEqual([]);
  });

  it.each([
    ["package.json", '{ "name": "openai", "description": "talks to openai" }'],
    ["pyproject.toml", 'name = "ai"\nai = "1"'],
    ["requirements.txt", "# openai\nopenapi-spec\nfastapi # with openai"],
    ["pom.xml", "<module>ai</module><groupId>com.openai</groupId>"],
    ["app/a.py", "from ai.models import x\nimport openapi"],
    ["src/a.ts", 'import { ai } from "./ai";'],
    ["src/a.ts", '  "openai",\n  provider: "anthropic",'],
  ])("and not in %s %j", (path, text) => expect(findSdks(path, text)).toEqual([]));
});

describe("a tool is found in", () => {
  it.each<[string, string, string, string]>([
    ["load/chat.js", 'import http from "k6/http";', "load-test", "k6"],
    ["perf/locustfile.py", "from locust import HttpUser", "load-test", "locust"],
    ["src/test/scala/Chat.scala", "import io.gatling.core.Predef._", "load-test", "gatling"],
    ["package.json", '"load": "autocannon -c 10 http://x"', "load-test", "autocannon"],
    [".github/workflows/load.yml", "      - run: k6 run load/chat.js", "load-test", "k6"],
    ["Makefile", "bench:\n\tvllm bench serve --model x", "load-test", "vllm-bench"],
    ["promptfooconfig.yaml", "redteam:\n  plugins: []", "red-team", "promptfoo"],
    ["promptfooconfig.yaml", "prompts: [a]\nproviders: [openai:gpt-4o]", "evaluation", "promptfoo"],
    ["security/garak.yaml", "plugins:\n  probe_spec: dan", "red-team", "garak"],
    [".github/workflows/red.yml", "run: garak --target_type openai", "red-team", "garak"],
    ["redteam/run.py", "from deepteam import red_team", "red-team", "deepteam"],
    ["redteam/run.py", "from azure.ai.evaluation.red_team import RedTeam", "red-team", "azure-redteam"],
    ["tests/test_answers.py", "from deepeval import assert_test", "evaluation", "deepeval"],
    ["evals/run.py", "from ragas import evaluate", "evaluation", "ragas"],
    ["evals/task.py", "from inspect_ai import Task", "evaluation", "inspect"],
    ["evals/run.py", "mlflow.genai.evaluate(data)", "evaluation", "mlflow"],
    ["run.sh", "lm_eval --model hf", "evaluation", "lm-evaluation-harness"],
  ])("%s %j: %s, %s", (path, text, use, tool) => {
    expect(findTools(path, text)).toMatchObject([{ use, tool, path }]);
  });

  it.each([
    ["test/a.test.ts", "const text = 'import http from \"k6/http\";';"],
    ["fixtures/promptfooconfig.yaml", "redteam: {}"],
    ["docs/readiness/evidence/guardrails/promptfoo.json", '{\n  "redteam": {} }'],
    ["results/out.json", '{\n  "redteam": {} }'],
  ])("and not in %s %j", (path, text) => expect(findTools(path, text)).toEqual([]));

  it("is found by its path where nobody reads it", () => {
    expect(look({ "plan.jmx": "<x/>", "load/artillery.yml": "config:" }).tools).toMatchObject([
      { tool: "artillery", path: "load/artillery.yml" },
      { tool: "jmeter", path: "plan.jmx" },
    ]);
  });
});

describe("what watches the running system", () => {
  it.each([
    ["deploy/alerts.yml", "groups:\n  - name: x\n    rules:\n      - alert: Down\n        expr: up == 0\n", "alerts", 4],
    ["deploy/rule.yaml", "kind: PrometheusRule\nspec:\n  groups:\n  - rules:\n    - alert: Down\n      expr: up == 0", "alerts", 5],
    ["alertmanager.yml", "route:\n  receiver: x\nreceivers: []", "alert-routing", 1],
    ["otel.yaml", "receivers:\n  otlp:\nexporters: {}\nservice: {}", "telemetry", 1],
    ["slo.yaml", "apiVersion: openslo/v1\nkind: SLO", "slo", 1],
    ["grafana/chat.json", '{ "panels": [], "schemaVersion": 38 }', "dashboard", 1],
  ])("%s", (path, text, kind, line) => expect(findWatches(path, text)).toEqual([{ kind, path, line }]));

  it("is no example, no test and no evidence", () => {
    const rules = "groups:\n- rules:\n  - alert: Down\n    expr: up";
    for (const folder of ["test/fixtures", "examples", "docs/readiness/evidence/observability"])
      expect(findWatches(`${folder}/a.yml`, rules)).toEqual([]);
  });

  it("is not a chart that has still to be rendered", () => {
    expect(
      findWatches("chart/templates/rules.yaml", "{{- if .Values.on }}\ngroups:\n- rules:\n  - alert: Down\n    expr: up\n{{ end }}"),
    ).toEqual([]);
  });
});

describe("workflows and owners", () => {
  it("keeps what a workflow runs and which artifacts it keeps", () => {
    const text =
      "jobs:\n  load:\n    steps:\n      - run: k6 run a.js\n      - uses: actions/upload-artifact@v4\n        with:\n          name: k6-results\n          path: out\n";
    expect(findWorkflows(".github/workflows/load.yml", text)).toEqual([
      { path: ".github/workflows/load.yml", line: 4, tools: [{ tool: "k6", use: "load-test" }], artifacts: ["k6-results"] },
    ]);
    expect(findWorkflows(".github/workflows/ci.yml", "run: npm test")).toEqual([]);
  });

  it.each([
    ["@acme/security", "security"],
    ["@acme/appsec-team", "security"],
    ["@acme/privacy", "legal-privacy"],
    ["@acme/platform", "sre"],
    ["@acme/sre-oncall", "sre"],
    ["@acme/customer-support", "support-lead"],
    ["@acme/architects", "architecture"],
    ["@acme/product", "product-owner"],
  ])("takes %s for %s", (holder, role) => {
    expect(findOwners("CODEOWNERS", `# @acme/legal\n* ${holder} me@example.com`)).toEqual([{ holder, role, path: "CODEOWNERS", line: 2 }]);
  });

  it.each(["* @acme/web", "* @security-corp/web", "@acme/security", "* @acme/sécurité", "* @acme/production-design"])(
    "takes nobody of %j",
    (line) => {
      expect(findOwners("CODEOWNERS", line).filter(({ role }) => role !== "sre")).toEqual([]);
    },
  );
});

describe("a survey", () => {
  it("rests each finding on its place", () => {
    const found = look({
      "requirements.txt": "openai\nchromadb\n",
      "app/main.py": 'from openai import OpenAI\nx.create(model="gpt-4o-2024-11-20", tools=[y])\n',
      "app/prompts/system.md": "You answer.",
      "guardrails/rules.yml": "a: 1",
      "rag/config.yaml": "top_k: 3",
      "rag/index.py": "x = 1",
      "docs/adr/0001-one-service.md": "# One service",
      "docs/adr/README.md": "# Decisions",
      "docs/runbooks/errors.md": "# Errors",
      "node_modules/openai/index.js": 'x("gpt-4o")',
    });
    expect(found.languages).toEqual([{ name: "Python", path: "requirements.txt" }]);
    expect(found.sdks.map((seen) => [seen.name, seen.shows, at(seen)])).toEqual([
      ["openai", "model", "requirements.txt:1"],
      ["chromadb", "retrieval", "requirements.txt:2"],
      ["openai", "model", "app/main.py:1"],
      ["calls of tools", "tools", "app/main.py:2"],
    ]);
    expect(found.models.map((seen) => [seen.model, at(seen)])).toEqual([["gpt-4o-2024-11-20", "app/main.py:2"]]);
    expect(found.globs.map(({ part, glob }) => `${part} ${glob}`)).toEqual([
      "prompts app/prompts/**",
      "guardrails guardrails/**",
      "retrieval rag/**/*.yaml",
    ]);
    expect(found.decisions).toEqual([{ path: "docs/adr/0001-one-service.md" }]);
    expect(found.runbooks).toEqual([{ path: "docs/runbooks/errors.md" }]);
  });

  it("takes an embedding model for retrieval and not for a model that answers", () => {
    const found = look({ "src/a.ts": 'import OpenAI from "openai";\nembed({ model: "text-embedding-3-small" })' });
    expect(found.models).toEqual([]);
    expect(found.sdks.find(({ shows }) => shows === "retrieval")).toMatchObject({ name: "text-embedding-3-small", line: 2 });
  });

  it.each([[{}], [{ "README.md": "# Hi" }], [{ "a\u0000b": "x", "..\u001B[31m/x.py": "import openai" }]])(
    "of %j throws nothing",
    (files) => {
      expect(look(files).models).toEqual([]);
    },
  );

  it("makes no glob and no root of names that could be patterns", () => {
    const found = look({ "prompts [old]/a.md": "x", "a{b}/prompts/x.md": "x", "p\n/prompts/x.md": "y", "prompts/ok.md": "z" });
    expect(found.globs.map(({ glob }) => glob)).toEqual(["prompts/**"]);
  });

  it.each([
    ["blanks", " \t".repeat(250_000)],
    ["newlines", "\n".repeat(500_000)],
    ["quotes", `from "${"'\"".repeat(200_000)}`],
    ["keys", "alert: expr: groups: ".repeat(20_000)],
    ["braces", "{{ ".repeat(150_000)],
    ["imports", "import from require(".repeat(20_000)],
    ["requirements", `${"openai ".repeat(280)}\n`.repeat(250)],
    ["indents", `${" ".repeat(1_900)}openai\n`.repeat(250)],
    ["owners", `* ${"@acme/security ".repeat(120)}\n`.repeat(250)],
    ["uploads", "uses: actions/upload-artifact@v4\n".repeat(15_000)],
  ])("of hostile text takes no time: %s", (_, text) => {
    const paths = [
      "a.py",
      "a.ts",
      "a.yml",
      "a.json",
      "requirements.txt",
      "package.json",
      "pom.xml",
      ".github/CODEOWNERS",
      ".github/workflows/a.yml",
      "Makefile",
      "a.tf",
    ].sort();
    const start = performance.now();
    survey(paths, new Map(paths.map((path) => [path, text])));
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});
