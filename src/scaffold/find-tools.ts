import { isSample, nameOf } from "./path-classes.ts";
import type { SeenTool, TestUse } from "./survey-types.ts";

interface Tool {
  tool: string;
  use: TestUse;
  /** File that is the tool's by its path. */
  path?: RegExp;
  /** Line (flag `m`) of a script or configuration that only this tool has; `files` bounds where it is looked for. */
  line?: RegExp;
  files?: RegExp;
  /** What it is called with. */
  command?: RegExp;
}

const script = /\.(?:[mc]?[jt]sx?)$/;
const python = /\.py$/;

/** Tools whose results are read as evidence, each by its files, its imports and its command. */
const tools: readonly Tool[] = [
  {
    tool: "k6",
    use: "load-test",
    line: /^[ \t]{0,40}import\b[^\n"']{0,200}["']k6(?:\/[\w/-]{1,40})?["']/m,
    files: script,
    command: /\bk6 run\b|grafana\/k6|grafana\/run-k6-action/m,
  },
  { tool: "locust", use: "load-test", line: /^[ \t]{0,40}(?:from|import)\s+locust\b/m, files: python, command: /\blocust (?:-|--)/m },
  { tool: "artillery", use: "load-test", path: /(?:^|\/)[\w.-]*artillery[\w.-]*\.(?:ya?ml|json)$/i, command: /\bartillery run\b/m },
  { tool: "jmeter", use: "load-test", path: /\.jmx$/i, command: /\bjmeter -n\b/m },
  {
    tool: "gatling",
    use: "load-test",
    line: /^[ \t]{0,40}import\s+(?:static\s+)?io\.gatling\b/m,
    files: /\.(?:scala|java|kt)$/,
    command: /gatling:test\b|\bgatlingRun\b/m,
  },
  {
    tool: "autocannon",
    use: "load-test",
    line: /^[ \t]{0,40}(?:import|const|let|var)\b[^\n"']{0,200}["']autocannon["']/m,
    files: script,
    command: /\bautocannon -/m,
  },
  { tool: "vegeta", use: "load-test", command: /\bvegeta attack\b/m },
  { tool: "oha", use: "load-test", command: /\boha -/m },
  { tool: "wrk", use: "load-test", command: /\bwrk2? -/m },
  { tool: "vllm-bench", use: "load-test", command: /\bvllm bench serve\b|\bbenchmark_serving\b/m },
  { tool: "guidellm", use: "load-test", command: /\bguidellm benchmark\b/m },
  { tool: "genai-perf", use: "load-test", command: /\bgenai-perf profile\b/m },
  {
    tool: "promptfoo",
    use: "red-team",
    line: /^redteam:|^\s{0,4}"redteam"\s*:/m,
    files: /\.ya?ml$|(?:promptfoo|red-?team)[\w.-]{0,60}\.json$/i,
    command: /\bpromptfoo(?:@[\w.]+)? redteam\b/m,
  },
  {
    tool: "garak",
    use: "red-team",
    line: /^[ \t]{0,40}"?probe_spec"?\s*:|^[ \t]{0,40}(?:from|import)\s+garak\b/m,
    files: /\.(?:ya?ml|json|py)$/,
    command: /\bgarak (?:-|--)/m,
  },
  { tool: "deepteam", use: "red-team", line: /^[ \t]{0,40}(?:from|import)\s+deepteam\b/m, files: python, command: /\bdeepteam run\b/m },
  { tool: "azure-redteam", use: "red-team", line: /^[ \t]{0,40}from\s+azure\.ai\.evaluation\.red_team\b/m, files: python },
  {
    tool: "deepeval",
    use: "evaluation",
    line: /^[ \t]{0,40}(?:from|import)\s+deepeval\b/m,
    files: python,
    command: /\bdeepeval test run\b/m,
  },
  { tool: "ragas", use: "evaluation", line: /^[ \t]{0,40}(?:from|import)\s+ragas\b/m, files: python },
  { tool: "inspect", use: "evaluation", line: /^[ \t]{0,40}(?:from|import)\s+inspect_ai\b/m, files: python, command: /\binspect eval\b/m },
  {
    tool: "lm-evaluation-harness",
    use: "evaluation",
    line: /^[ \t]{0,40}(?:from|import)\s+lm_eval\b/m,
    files: python,
    command: /\blm[_-]eval (?:-|--)/m,
  },
  { tool: "mlflow", use: "evaluation", line: /\bmlflow\.(?:genai\.)?evaluate\(/m, files: python },
  { tool: "promptfoo", use: "evaluation", command: /\bpromptfoo(?:@[\w.]+)? eval\b/m },
];

const runners = /(?:^|\/)(?:\.github\/workflows\/[^/]{1,200}\.ya?ml|makefile|justfile|package\.json|\.gitlab-ci\.yml|[\w.-]{1,100}\.sh)$/i;

/** Tools that one file configures, holds a script of or runs; each once. */
export function findTools(path: string, text: string): SeenTool[] {
  if (isSample(path)) return [];
  const isRunner = runners.test(path);
  const found = tools.flatMap(({ tool, use, line, files, command }): SeenTool[] => {
    const pattern = isRunner ? command : files?.test(path) === true ? line : undefined;
    const at = pattern === undefined ? -1 : text.search(pattern);
    return at === -1 ? [] : [{ tool, use, path, line: text.slice(0, at).split("\n").length }];
  });
  const isPromptfoo = /^promptfooconfig[\w.-]{0,60}\.(?:ya?ml|json)$/i.test(nameOf(path));
  return isPromptfoo && found.length === 0 ? [{ tool: "promptfoo", use: "evaluation", path, line: 1 }] : found;
}

/** Tools whose files are known by their paths, whatever is in them. */
export function toolsByPath(path: string): SeenTool[] {
  return tools.filter((tool) => tool.path?.test(path) === true && !isSample(path)).map(({ tool, use }) => ({ tool, use, path }));
}
