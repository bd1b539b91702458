/** Small repositories of many kinds, by what they are. */
export const repositories: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  empty: {},
  "no model at all": { "package.json": '{ "dependencies": { "fastify": "^5" } }', "src/a.ts": "export {};" },
  "FastAPI with OpenAI": {
    "requirements.txt": "fastapi\nopenai>=1\n",
    "app/main.py": 'from openai import OpenAI\nclient.chat.completions.create(model="gpt-4o-2024-11-20")\n',
    "app/prompts/system.md": "You answer.",
  },
  "a floating alias": { "requirements.txt": "openai\n", "app/main.py": 'import openai\nx(model="gpt-4o")\n' },
  "a model from the environment": {
    "package.json": '{\n"dependencies": {\n"openai": "^5" } }',
    "src/a.ts": "x({ model: process.env.MODEL })",
  },
  "TypeScript with Anthropic": {
    "package.json": '{\n  "dependencies": {\n    "@anthropic-ai/sdk": "^0.30.0"\n  }\n}',
    "src/chat.ts": 'import Anthropic from "@anthropic-ai/sdk";\ncreate({ model: "claude-sonnet-4-5-20250929", tools: [x] });',
  },
  "Spring AI": {
    "pom.xml": "<artifactId>spring-ai-openai-spring-boot-starter</artifactId>",
    "src/main/resources/application.yml":
      "spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: gpt-4o-2024-08-06\n",
    "src/main/java/com/acme/Chat.java": "import org.springframework.ai.chat.client.ChatClient;",
  },
  Go: { "go.mod": "module acme\nrequire (\n\tgithub.com/openai/openai-go v1.0.0\n)\n", "main.go": "Model: openai.GPT4o20241120,\n" },
  "LangChain with a vector store": {
    "pyproject.toml": '[project]\ndependencies = ["langchain-openai", "langchain-chroma", "chromadb"]\n',
    "src/chain.py":
      'from langchain_openai import ChatOpenAI\nChatOpenAI(model="gpt-4o-mini-2024-07-18")\nOpenAIEmbeddings(model="text-embedding-3-small")\n',
  },
  LlamaIndex: {
    "requirements.txt": "llama-index\nllama-index-llms-anthropic\n",
    "rag/config.yaml": "top_k: 3\n",
    "rag/query.py": 'from llama_index.llms.anthropic import Anthropic\nAnthropic(model="claude-3-5-haiku-20241022")\n',
  },
  vLLM: { "compose.yml": "services:\n  llm:\n    image: vllm/vllm-openai\n    command: vllm serve meta-llama/Llama-3.1-8B-Instruct\n" },
  Ollama: { Modelfile: "# ollama\nFROM llama3.1:8b\n", "app/a.py": 'import ollama\nollama.chat(model="llama3.1:8b")\n' },
  "Azure OpenAI": {
    "requirements.txt": "openai\n",
    "app/a.py": 'from openai import AzureOpenAI\nAzureOpenAI(azure_deployment="chat-prod")\n',
    "infra/main.tf":
      'resource "azurerm_cognitive_deployment" "chat" {\n  model {\n    name = "gpt-4o"\n    version = "2024-11-20"\n  }\n}\n',
  },
  Bedrock: {
    "requirements.txt": "boto3\n",
    "app/a.py": 'c = boto3.client("bedrock-runtime")\nc.converse(modelId="eu.anthropic.claude-sonnet-4-20250514-v1:0")\n',
  },
  "every tool": {
    "requirements.txt": "openai\n",
    "app/a.py": 'import openai\nx(model="gpt-4o-2024-11-20")\n',
    "promptfooconfig.yaml": "redteam:\n  plugins: [pii]\n",
    "load/chat.js": 'import http from "k6/http";\n',
    "security/garak.yaml": "plugins:\n  probe_spec: dan\n",
    "tests/test_answers.py": "from deepeval import assert_test\n",
    "evals/run.py": "from ragas import evaluate\n",
    ".github/workflows/load.yml":
      "jobs:\n  load:\n    steps:\n      - run: k6 run load/chat.js\n      - uses: actions/upload-artifact@v4\n        with:\n          name: k6\n",
    ".github/CODEOWNERS": "* @acme/product\n/infra/ @acme/sre\n/security/ @acme/security\n",
    "deploy/alerts.yml": "groups:\n  - rules:\n      - alert: Down\n        expr: up == 0\n",
    "deploy/grafana/chat.json": '{ "panels": [], "schemaVersion": 38 }',
    "docs/runbooks/errors.md": "# Errors\n",
    "docs/adr/0001-service.md": "# One service\n",
  },
  "a Helm chart": {
    "chart/Chart.yaml": "name: chat\n",
    "chart/values.yaml": "openai:\n  model: gpt-4.1-2025-04-14\nreplicas: 2\n",
    "chart/templates/rules.yaml": "{{- if .Values.on }}\ngroups:\n  - rules:\n      - alert: Down\n        expr: up == 0\n{{- end }}\n",
  },
  "many models": { "litellm.yaml": Array.from({ length: 12 }, (_, n) => `  - model: azure/deployment-${n}`).join("\n") },
  "hostile names": {
    'app/"; rm -rf ~ #.py': 'from openai import OpenAI\nx(model="gpt-4o-2024-11-20")\n',
    "app/a\u001B[31m\nb.py": 'from openai import OpenAI\nx(model="gpt-4o-mini-2024-07-18")\n',
    "prompts \u202E/[x]/{y}.md": "x",
    "load/`id`.js": 'import http from "k6/http";\n',
    "deploy/a: b #.yml": "groups:\n  - rules:\n      - alert: Down\n        expr: up == 0\n",
    "docs/adr/--- x.md": "# x",
  },
};

/** Two services that use models and one that does not, in one repository. */
export const monorepo: Readonly<Record<string, string>> = {
  "package.json": '{ "workspaces": ["services/*"] }',
  "services/assistant/package.json": '{\n"dependencies": {\n"openai": "^5" } }',
  "services/assistant/src/chat.ts": 'import OpenAI from "openai";\nx({ model: "gpt-4o-2024-11-20" });',
  "services/assistant/prompts/system.md": "You answer.",
  "services/claims/requirements.txt": "anthropic\n",
  "services/claims/app/main.py": 'import anthropic\nx(model="claude-sonnet-4-5-20250929")\n',
  "services/web/package.json": '{ "dependencies": { "react": "^19" } }',
  "services/web/src/app.tsx": "export {};",
  "packages/llm/package.json": '{\n"dependencies": {\n"openai": "^5" } }',
  "packages/llm/src/index.ts": 'import OpenAI from "openai";',
  "compose.yml": "services:\n  a:\n    environment:\n      MODEL: gpt-4o-mini-2024-07-18\n",
  "deploy/alerts.yml": "groups:\n  - rules:\n      - alert: Down\n        expr: up == 0\n",
};
