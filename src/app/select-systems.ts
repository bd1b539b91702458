import { nearestWord } from "../policy/explain-violation.ts";
import { clip, toTerminalText } from "../report/escape.ts";
import type { Policy } from "../shapes/policy.ts";

/** The policy with these systems alone; a sentence where it does not declare one of them. */
export function selectSystems(policy: Policy, wanted: readonly string[]): Policy | string {
  const ids = policy.systems.map(({ id }) => id);
  const absent = wanted.find((id) => !ids.includes(id));
  if (absent === undefined) return { ...policy, systems: policy.systems.filter(({ id }) => wanted.includes(id)) };
  const near = nearestWord(absent, ids);
  const hint = near === undefined ? `the policy declares ${ids.join(", ")}` : `did you mean \`${near}\`?`;
  return `there is no system \`${clip(toTerminalText(absent), 60)}\` in the policy; ${hint}`;
}
