import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { aFolder, node, root } from "./a-job.ts";

/* GitHub's own parser of workflows and actions. It imports JSON in a way that Node refuses, so it is bundled first. */

const program = `
  import { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } from "@actions/workflow-parser";
  import { parseAction } from "@actions/workflow-parser/actions/action-parser";
  import { readFileSync } from "node:fs";
  const trace = new NoOperationTraceWriter();
  const found = [];
  for (const { name, content } of JSON.parse(readFileSync(0, "utf8"))) {
    const parse = name === "action.yml" ? parseAction : parseWorkflow;
    const { context, value } = parse({ name, content }, trace);
    if (value && parse === parseWorkflow) await convertWorkflowTemplate(context, value);
    found.push(...context.errors.getErrors().map(({ message }) => message));
  }
  process.stdout.write(JSON.stringify(found));
`;

/** What GitHub's parser finds wrong with files, \`action.yml\` or workflows. */
export async function createLinter(): Promise<(name: string, content: string) => string[]> {
  const outfile = join(aFolder(), "lint.mjs");
  await build({
    stdin: { contents: program, resolveDir: root },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
    logLevel: "error",
  });
  return (name, content) => {
    const { stdout, stderr } = spawnSync(node, [outfile], { input: JSON.stringify([{ name, content }]), encoding: "utf8" });
    if (stderr !== "") throw new Error(stderr);
    return JSON.parse(stdout) as string[];
  };
}
