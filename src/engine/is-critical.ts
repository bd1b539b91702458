/** Is a severity label one of those that the policy calls critical? Case and spaces around it do not matter; undefined where there is no label. */
export function isCritical(severity: string | null | undefined, critical: readonly string[]): boolean | undefined {
  const label = severity?.trim().toLowerCase() ?? "";
  if (label === "") return undefined;
  return critical.some((known) => known.trim().toLowerCase() === label);
}
