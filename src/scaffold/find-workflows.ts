import { findTools } from "./find-tools.ts";
import type { SeenWorkflow } from "./survey-types.ts";

/** A workflow that runs a tool whose result is evidence, with the artifacts that it keeps. */
export function findWorkflows(path: string, text: string): SeenWorkflow[] {
  if (!/^\.github\/workflows\/[^/]{1,200}\.ya?ml$/.test(path)) return [];
  const tools = findTools(path, text);
  const [first] = tools;
  if (first === undefined) return [];
  const uploads = text.split(/uses:\s{1,4}["']?actions\/upload-artifact@/).slice(1, 20);
  const artifacts = uploads.flatMap(
    (step) => /^[^\n]{0,200}\n(?:[^\n]{0,200}\n){0,6}?[ \t]{0,40}name:[ \t]{0,8}["']?([\w.-]{1,100})["']?(?=\s|$)/.exec(step)?.[1] ?? [],
  );
  return [
    { path, ...(first.line === undefined ? {} : { line: first.line }), tools: tools.map(({ tool, use }) => ({ tool, use })), artifacts },
  ];
}
