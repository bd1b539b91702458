import { usualCritical } from "../shapes/policy.ts";

/** Labels below critical in common use; a policy that names its own critical ones needs no such list. */
const usualOthers =
  /^(?:error|major|high|average|medium|moderate|minor|low|warn|warning|notice|info|information|informational|debug|none|ok|ticket|(?:sev|severity|p|priority)[2-9])$/;

/**
 * Is a severity label one of those that the policy calls critical? Case, spaces and marks do not matter. Undefined where there is no
 * label, and where the policy names no critical ones of its own and the label is none in common use: nobody has said what it means.
 */
export function isCritical(severity: string | null | undefined, critical: readonly string[]): boolean | undefined {
  const label = plain(severity ?? "");
  if (label === "") return undefined;
  if (critical.some((known) => plain(known) === label)) return true;
  const isUsual = critical.length === usualCritical.length && critical.every((known, index) => known === usualCritical[index]);
  return isUsual && !usualOthers.test(label) ? undefined : false;
}

function plain(label: string): string {
  return label.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
