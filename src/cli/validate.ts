import { basename, dirname, resolve } from "node:path";
import { PortError } from "../app/ports.ts";
import { readTree } from "../local/read-tree.ts";
import { lintAgainstTree } from "../policy/lint-against-tree.ts";
import { parsePolicyBytes, type GoodPolicy } from "../policy/parse-policy.ts";
import { toTerminalText } from "../report/escape.ts";
import { renderProblems } from "../report/render-problems.ts";
import type { Problem } from "../shapes/problem.ts";
import type { ExitCode, Io } from "./io.ts";
import { POLICY_PATH, readPolicyFile, refuseLinkedPolicy } from "./load-policy.ts";

/** `pilotgate validate [FILE]`: everything that is wrong with a policy, with its place. Warnings do not fail it. */
export async function validate(file: string | undefined, io: Io): Promise<ExitCode> {
  const shown = file ?? POLICY_PATH;
  const path = resolve(io.cwd, shown);
  if (file === undefined) refuseLinkedPolicy(io.cwd, shown);
  const bytes = await readPolicyFile(path, shown);
  const parsed = parsePolicyBytes(bytes, { file: shown, scope: file === undefined ? "repository" : "as-written" });
  const problems = parsed.ok ? await allWarnings(parsed, path) : parsed.problems;
  io.out(renderProblems(problems, new TextDecoder().decode(bytes), { color: io.color.out, width: io.width }));
  if (!parsed.ok) return 2;
  const names = parsed.policy.systems?.map(({ id, risk }) => `${id} (${risk} risk)`).join(", ");
  io.out(`${toTerminalText(shown)} is valid: ${names ?? "a policy of an organisation"}.\n`);
  return 0;
}

/** With the warnings that only the files around a policy in its own place can give. */
async function allWarnings(parsed: GoodPolicy, path: string): Promise<Problem[]> {
  if (basename(dirname(path)) !== ".github") return parsed.warnings;
  try {
    const tree = await readTree(dirname(dirname(path)));
    if (tree.truncated) return parsed.warnings;
    const found = [...parsed.warnings, ...lintAgainstTree(parsed, tree.entries.keys())];
    return found.sort((a, b) => a.line - b.line || a.column - b.column);
  } catch (error) {
    if (error instanceof PortError) return parsed.warnings;
    throw error;
  }
}
