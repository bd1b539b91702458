import { describe, expect, it } from "@jest/globals";
import { findModels } from "../../src/scaffold/find-models.ts";

const found = (path: string, text: string) => findModels(path, text).map(({ provider, model, line }) => [provider, model, line]);

describe("a model is found in", () => {
  it.each<[string, string, string, string, string]>([
    ["Python", "app/chat.py", 'client.create(model="gpt-4o-2024-11-20")', "openai", "gpt-4o-2024-11-20"],
    ["a default of Python", "app/chat.py", 'MODEL = os.getenv("MODEL", "gpt-4o-mini")', "openai", "gpt-4o-mini"],
    ["TypeScript", "src/chat.ts", "  model: 'claude-sonnet-4-5-20250929',", "anthropic", "claude-sonnet-4-5-20250929"],
    ["a call of the AI SDK", "src/chat.ts", 'streamText({ model: openai("gpt-5") })', "openai", "gpt-5"],
    ["properties of Spring", "src/main/resources/application.properties", "spring.ai.openai.chat.options.model=gpt-4o", "openai", "gpt-4o"],
    ["YAML of Spring", "src/main/resources/application.yml", "  model: gpt-4.1-2025-04-14 # pinned", "openai", "gpt-4.1-2025-04-14"],
    ["an environment file", ".env.example", "OPENAI_MODEL=gpt-4o-mini-2024-07-18", "openai", "gpt-4o-mini-2024-07-18"],
    ["a constant of Go", "main.go", "Model: openai.GPT4o20241120,", "openai", "gpt-4o-2024-11-20"],
    ["a longer constant of Go", "main.go", "openai.ChatModelGPT4_1Mini2025_04_14", "openai", "gpt-4.1-mini-2025-04-14"],
    ["a constant of Anthropic's Go", "main.go", "anthropic.ModelClaudeSonnet4_5_20250929", "anthropic", "claude-sonnet-4-5-20250929"],
    ["a constant of Java", "src/A.java", ".model(ChatModel.GPT_4O_MINI)", "openai", "gpt-4o-mini"],
    ["a constant of Anthropic's Java", "src/A.java", "Model.CLAUDE_3_7_SONNET_LATEST", "anthropic", "claude-3-7-sonnet-latest"],
    [
      "a Bedrock id",
      "app/a.py",
      'modelId="anthropic.claude-3-5-sonnet-20241022-v2:0"',
      "amazon-bedrock",
      "anthropic.claude-3-5-sonnet-20241022-v2:0",
    ],
    [
      "a Bedrock profile",
      "app/a.py",
      '"eu.anthropic.claude-sonnet-4-20250514-v1:0"',
      "amazon-bedrock",
      "eu.anthropic.claude-sonnet-4-20250514-v1:0",
    ],
    [
      "a Bedrock ARN",
      "app/a.py",
      'x = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"',
      "amazon-bedrock",
      "amazon.nova-pro-v1:0",
    ],
    [
      "Claude through Bedrock's client",
      "app/a.py",
      'AnthropicBedrock(); m = "claude-3-haiku-20240307"',
      "amazon-bedrock",
      "claude-3-haiku-20240307",
    ],
    ["Claude at Vertex", "app/a.py", 'm = "claude-3-5-sonnet@20240620"', "google-vertex-ai", "claude-3-5-sonnet@20240620"],
    ["Gemini", "app/a.py", 'GenerativeModel("gemini-2.5-flash")', "google", "gemini-2.5-flash"],
    ["Gemini at Vertex", "app/a.py", 'import vertexai; m = "gemini-1.5-pro-002"', "google-vertex-ai", "gemini-1.5-pro-002"],
    ["Mistral", "src/a.ts", 'model: "mistral-large-2411"', "mistral", "mistral-large-2411"],
    ["Cohere", "src/a.ts", 'model: "command-r-plus-08-2024"', "cohere", "command-r-plus-08-2024"],
    ["Groq", "src/a.ts", 'import Groq; model: "llama-3.3-70b-versatile"', "groq", "llama-3.3-70b-versatile"],
    [
      "vLLM in compose",
      "compose.yml",
      "    command: vllm serve Qwen/Qwen2.5-7B-Instruct --port 8000",
      "self-hosted",
      "Qwen/Qwen2.5-7B-Instruct",
    ],
    [
      "vLLM's arguments",
      "deploy/values.yaml",
      'args: ["--model", "mistralai/Mistral-7B-Instruct-v0.2"]',
      "self-hosted",
      "mistralai/Mistral-7B-Instruct-v0.2",
    ],
    [
      "a hosted open model",
      "app/a.py",
      'InferenceClient("meta-llama/Llama-3.1-8B-Instruct")',
      "huggingface",
      "meta-llama/Llama-3.1-8B-Instruct",
    ],
    ["a Modelfile of Ollama", "Modelfile", "FROM llama3.1:8b\n# ollama", "self-hosted", "llama3.1:8b"],
    [
      "LiteLLM",
      "litellm.yaml",
      "    model: bedrock/anthropic.claude-3-haiku-20240307-v1:0",
      "amazon-bedrock",
      "anthropic.claude-3-haiku-20240307-v1:0",
    ],
    ["a route to Groq", "litellm.yaml", "    model: groq/llama-3.1-8b-instant", "groq", "llama-3.1-8b-instant"],
    ["OpenAI through Azure", "app/a.py", 'AzureOpenAI(); x(model="gpt-4o")', "azure-openai", "gpt-4o"],
    ["OpenAI's small names", "app/a.py", 'model="o3-mini-2025-01-31"', "openai", "o3-mini-2025-01-31"],
    ["a default of Spring", "src/A.java", '@Value("${spring.ai.openai.chat.options.model:glm-4-flash}")', "zhipu", "glm-4-flash"],
    ["a default of a shell", "compose.yml", "      MODEL: ${CHAT_MODEL:-gpt-4o-mini}", "openai", "gpt-4o-mini"],
    ["Qwen of its vendor", "src/A.java", 'getProperty("model", "qwen-plus")', "alibaba", "qwen-plus"],
    ["XML", "web/src/config.properties", "<model>gpt-4o</model>", "openai", "gpt-4o"],
  ])("%s", (_, path, text, provider, model) => {
    expect(found(path, text)).toEqual([[provider, model, 1]]);
  });

  it("Terraform, with the version on its own line", () => {
    const text =
      'resource "azurerm_cognitive_deployment" "chat" {\n  name = "chat"\n  model {\n    name    = "gpt-4o"\n    version = "2024-11-20"\n  }\n}\n';
    expect(found("infra/main.tf", text)).toEqual([["azure-openai", "gpt-4o-2024-11-20", 4]]);
  });

  it("Bicep, with a version that is not the API's", () => {
    const text =
      "// CognitiveServices\nvar chat = {\n  name: !empty(n) ? n : 'gpt-4.1-mini'\n  apiVersion: '2024-06-01'\n  deploymentVersion: !empty(v) ? v : '2025-04-14'\n}\n";
    expect(found("infra/main.bicep", text)).toEqual([["azure-openai", "gpt-4.1-mini-2025-04-14", 3]]);
  });

  it("open weights, with their revision", () => {
    const text =
      'AutoModel.from_pretrained(\n  "meta-llama/Llama-3.1-8B-Instruct",\n  revision="0e9e39f249a16976918f6564b8830bc894c89659",\n)\n';
    expect(found("app/a.py", text)).toEqual([
      ["self-hosted", "meta-llama/Llama-3.1-8B-Instruct@0e9e39f249a16976918f6564b8830bc894c89659", 2],
    ]);
  });
});

describe("a deployment of Azure is found in", () => {
  it.each([
    ["app/a.py", 'AzureOpenAI(azure_deployment="chat-prod")'],
    [".env.example", "AZURE_OPENAI_DEPLOYMENT_NAME=chat-prod"],
    ["application.properties", "spring.ai.azure.openai.chat.options.deployment-name=chat-prod"],
    ["litellm.yaml", "      model: azure/chat-prod"],
    ["appsettings.json", '"AzureOpenAI": { "DeploymentName": "chat-prod" }'],
  ])("%s", (path, text) => {
    expect(findModels(path, text)).toMatchObject([{ provider: "azure-openai", model: "chat-prod", isDeployment: true }]);
  });

  it.each([
    ["app/a.py", 'AzureOpenAI(azure_deployment=os.environ["X"])'],
    ["app/a.py", "AzureOpenAI(azure_deployment=settings.deployment)"],
    ["values.yaml", "azure-openai\n deploymentName: ${NAME}"],
    ["app/a.py", 'create(deployment_name="web")'],
  ])("and not where it is a variable or another's: %s %s", (path, text) => expect(found(path, text)).toEqual([]));
});

describe("no model is found in", () => {
  it.each([
    ["a comment", "app/a.py", '# model="gpt-4o"'],
    ["a comment of TypeScript", "src/a.ts", ' // model: "gpt-4o"'],
    ["prose", "app/a.py", 'x = "gpt-4o is what we used"'],
    ["prose without quotes", "config.yaml", "note: gpt-4o is what we used"],
    ["a longer word", "app/a.py", 'x = "my-gpt-4o-clone"'],
    ["a test", "tests/a.py", 'model="gpt-4o"'],
    ["a test beside its source", "src/a.test.ts", 'model: "gpt-4o"'],
    ["documentation", "docs/a.yaml", "model: gpt-4o"],
    ["an evaluation", "evals/a.py", 'model="gpt-4o"'],
    ["a value without quotes in a source", "src/a.ts", "const text = `\n  model: gpt-4o\n`;"],
    ["a manifest", "package.json", '"gpt-4o": "1"'],
    ["an id that looks like one", "src/a.ts", 'id: "o1"'],
    ["a container image", "compose.yml", "image: mistral:latest"],
    [
      "a list of prices",
      "src/prices.ts",
      ["gpt-4o", "gpt-4.1", "gpt-5", "o3-pro model", "claude-3-opus-20240229", "gemini-2.5-pro", "mistral-large-2411", "grok-4"]
        .map((name) => `"${name}": 1,`)
        .join("\n"),
    ],
    ["a minified line", "src/a.js", `x("gpt-4o")${" ".repeat(3000)}`],
  ])("%s", (_, path, text) => expect(found(path, text)).toEqual([]));
});

describe("hostile text takes no time", () => {
  it.each([
    ["quotes", '"'.repeat(500_000)],
    ["names", "gpt-4".repeat(100_000)],
    ["names on lines", `${"gpt-4o:".repeat(200)}\n`.repeat(300)],
    ["blanks", `model:${" ".repeat(1_900)}\n`.repeat(250)],
    ["newlines", `model gpt-4o${"\n".repeat(500_000)}`],
    ["prefixes", `${"openai/".repeat(280)}\n`.repeat(250)],
    ["deployments", `azure_deployment${"azure_deployment=".repeat(100)}\n`.repeat(250)],
    ["constants", `${"ModelGPT_4_".repeat(180)}\n`.repeat(250)],
    ["parts of Bedrock ids", `${"us.anthropic.claude".repeat(100)}\n`.repeat(250)],
  ])("%s", (_, text) => {
    const start = performance.now();
    for (const path of ["app/a.py", "a.yaml", "infra/a.tf"]) findModels(path, text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
