import type { SeenSdk } from "./survey-types.ts";

export type KnownSdk = Pick<SeenSdk, "name" | "provider" | "shows">;

/* Libraries by the names under which npm, PyPI, Maven, Go, NuGet, crates.io and RubyGems know them. `*` stands for any end. */
const table: readonly [provider: string | null, shows: KnownSdk["shows"], names: string][] = [
  [
    "openai",
    "model",
    "openai @ai-sdk/openai @langchain/openai langchain-openai llama-index-llms-openai spring-ai-openai* spring-ai-starter-model-openai langchain4j-open-ai* openai-java github.com/openai/openai-go github.com/sashabaranov/go-openai async-openai ruby-openai openai-php/client Microsoft.SemanticKernel.Connectors.OpenAI",
  ],
  [
    "azure-openai",
    "model",
    "@azure/openai @ai-sdk/azure Azure.AI.OpenAI spring-ai-azure-openai* spring-ai-starter-model-azure-openai langchain4j-azure-open-ai* azure-ai-openai llama-index-llms-azure-openai github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai azure-ai-inference",
  ],
  [
    "anthropic",
    "model",
    "anthropic @anthropic-ai/sdk @anthropic-ai/claude-agent-sdk claude-agent-sdk @ai-sdk/anthropic @langchain/anthropic langchain-anthropic llama-index-llms-anthropic spring-ai-anthropic* spring-ai-starter-model-anthropic langchain4j-anthropic* anthropic-java github.com/anthropics/anthropic-sdk-go",
  ],
  [
    "amazon-bedrock",
    "model",
    "@aws-sdk/client-bedrock-runtime @ai-sdk/amazon-bedrock langchain-aws @langchain/aws llama-index-llms-bedrock* spring-ai-bedrock* spring-ai-starter-model-bedrock* langchain4j-bedrock* bedrockruntime github.com/aws/aws-sdk-go-v2/service/bedrockruntime AWSSDK.BedrockRuntime aws-sdk-bedrockruntime @anthropic-ai/bedrock-sdk",
  ],
  [
    "google",
    "model",
    "google-generativeai google-genai @google/generative-ai @google/genai @ai-sdk/google langchain-google-genai @langchain/google-genai google.golang.org/genai github.com/google/generative-ai-go langchain4j-google-ai-gemini* spring-ai-starter-model-google-genai",
  ],
  [
    "google-vertex-ai",
    "model",
    "vertexai google-cloud-aiplatform @google-cloud/vertexai @ai-sdk/google-vertex langchain-google-vertexai @langchain/google-vertexai spring-ai-vertex-ai* spring-ai-starter-model-vertex-ai* langchain4j-vertex-ai* @anthropic-ai/vertex-sdk",
  ],
  [
    "mistral",
    "model",
    "mistralai @mistralai/mistralai @ai-sdk/mistral langchain-mistralai @langchain/mistralai spring-ai-mistral-ai* spring-ai-starter-model-mistral-ai langchain4j-mistral-ai*",
  ],
  ["cohere", "model", "cohere cohere-ai @ai-sdk/cohere langchain-cohere @langchain/cohere langchain4j-cohere*"],
  ["groq", "model", "groq groq-sdk @ai-sdk/groq langchain-groq @langchain/groq"],
  ["together", "model", "together together-ai @ai-sdk/togetherai langchain-together"],
  ["fireworks", "model", "fireworks-ai @ai-sdk/fireworks langchain-fireworks"],
  ["replicate", "model", "replicate"],
  ["deepseek", "model", "@ai-sdk/deepseek langchain-deepseek"],
  ["xai", "model", "@ai-sdk/xai langchain-xai xai-sdk"],
  [
    "self-hosted",
    "model",
    "vllm sglang ollama ollama-ai-provider langchain-ollama @langchain/ollama llama-index-llms-ollama spring-ai-ollama* spring-ai-starter-model-ollama langchain4j-ollama* github.com/ollama/ollama llama-cpp llama-cpp-python text-generation node-llama-cpp",
  ],
  [
    null,
    "model",
    "ai langchain @langchain/core langchain-core langchain-community langgraph @langchain/langgraph langchain4j langchain4j-core github.com/tmc/langchaingo litellm semantic-kernel Microsoft.SemanticKernel Microsoft.Extensions.AI haystack-ai dspy dspy-ai instructor pydantic-ai guidance spring-ai-core spring-ai-client-chat genkit @genkit-ai/ai github.com/firebase/genkit/go ruby_llm langchainrb portkey-ai",
  ],
  [
    null,
    "retrieval",
    "llama-index llama-index-core llamaindex chromadb chroma pinecone pinecone-client @pinecone-database/pinecone weaviate-client weaviate-ts-client qdrant-client @qdrant/js-client-rest pgvector pymilvus faiss-cpu faiss-gpu lancedb @lancedb/lancedb azure-search-documents @azure/search-documents langchain-chroma langchain-pinecone langchain-postgres spring-ai-pgvector-store* spring-ai-starter-vector-store* spring-ai-vector-store* github.com/qdrant/go-client github.com/pinecone-io/go-pinecone",
  ],
  [
    null,
    "tools",
    "crewai autogen autogen-agentchat pyautogen ag2 openai-agents @openai/agents smolagents mcp fastmcp @modelcontextprotocol/sdk google-adk strands-agents spring-ai-mcp* spring-ai-starter-mcp* langchain-mcp-adapters @langchain/mcp-adapters github.com/mark3labs/mcp-go github.com/modelcontextprotocol/go-sdk",
  ],
];

const byName = new Map<string, KnownSdk>();
const byPrefix: [string, KnownSdk][] = [];
for (const [provider, shows, names] of table) {
  for (const entry of names.split(" ")) {
    const sdk: KnownSdk = { name: entry.replace("*", ""), provider, shows };
    if (entry.endsWith("*")) byPrefix.push([sdk.name.toLowerCase(), sdk]);
    else byName.set(entry.toLowerCase(), sdk);
  }
}

/** Every name, for the test that holds `sdkStems` against them. */
export const knownNames: readonly string[] = [...byName.keys(), ...byPrefix.map(([prefix]) => prefix)];

/** A library by the name under which it is asked for or imported; parts below it (`@langchain/core/prompts`, `…/v3/option`) count. */
export function knownSdk(name: string): KnownSdk | undefined {
  for (let rest = name.toLowerCase(), parts = 0; rest !== "" && parts < 8; parts += 1) {
    const known = byName.get(rest) ?? byPrefix.find(([prefix]) => rest.startsWith(prefix))?.[1];
    if (known !== undefined) return known;
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf("/")));
  }
  return undefined;
}

/** Stems of all of them: a text without any of these names none. */
export const sdkStems =
  /openai|anthropic|claude|bedrock|genai|generative|vertex|aiplatform|mistral|cohere|groq|together|fireworks|replicate|deepseek|xai|vllm|sglang|ollama|llama|langchain|langgraph|litellm|semantic|extensions\.ai|haystack|dspy|instructor|pydantic|guidance|spring|genkit|portkey|chroma|pinecone|weaviate|qdrant|vector|milvus|faiss|lancedb|search-documents|inference|crewai|autogen|ag2|agents|mcp|modelcontext|adk|ai-sdk|text-generation|ruby_llm|["']ai["']/i;
