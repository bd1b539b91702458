import type { Violation } from "./validate.ts";

/** A copy in which values that do not fit the schema are undefined and unknown keys are gone. */
export function prune(value: unknown, violations: readonly Violation[]): unknown {
  const root = { value: structuredClone(value) };
  for (const { kind, path, key } of violations) {
    if (kind === "missing-key") continue;
    const steps = ["value", ...path];
    if (kind === "unknown-key" || kind === "key-name") Reflect.deleteProperty(at(root, steps), key ?? "");
    else Reflect.set(at(root, steps.slice(0, -1)), steps.at(-1) ?? "", undefined);
  }
  return root.value;
}

/** The object at a path; an empty one where an earlier removal took it away. */
function at(root: object, path: readonly (string | number)[]): object {
  let value: unknown = root;
  for (const step of path) value = Object.getOwnPropertyDescriptor(value ?? {}, step)?.value;
  return typeof value === "object" && value !== null ? value : {};
}
