import type { PolicyFile } from "../shapes/policy.ts";
import type { PolicyFinding } from "./finding.ts";

export function* warnings(_policy: PolicyFile): Generator<PolicyFinding> {}
