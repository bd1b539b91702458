import { resolve } from "node:path";
import { parsePolicyBytes } from "../policy/parse-policy.ts";
import { toTerminalText } from "../report/escape.ts";
import { renderProblems } from "../report/render-problems.ts";
import type { ExitCode, Io } from "./io.ts";
import { POLICY_PATH, readPolicyFile } from "./load-policy.ts";

/** `pilotgate validate [FILE]`: everything that is wrong with a policy, with its place. Warnings do not fail it. */
export async function validate(file: string | undefined, io: Io): Promise<ExitCode> {
  const shown = file ?? POLICY_PATH;
  const bytes = await readPolicyFile(resolve(io.cwd, shown), shown);
  const parsed = parsePolicyBytes(bytes, { file: shown });
  const problems = parsed.ok ? parsed.warnings : parsed.problems;
  io.out(renderProblems(problems, new TextDecoder().decode(bytes), { color: io.color.out, width: io.width }));
  if (!parsed.ok) return 2;
  const systems = parsed.policy.systems ?? [];
  const names = systems.map(({ id, risk }) => `${id} (${risk} risk)`).join(", ");
  io.out(`${toTerminalText(shown)} is valid: ${names}.\n`);
  return 0;
}
