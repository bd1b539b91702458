import type { Gate } from "../shapes/policy.ts";
import type { Enforcement } from "../shapes/vocabulary.ts";
import { toMs } from "./time.ts";

/** How a hold of the gate acts at an instant (ISO 8601): `enforceFrom` turns it to `enforce` at 00:00 UTC of that day. */
export function effectiveEnforcement({ enforcement, enforceFrom }: Pick<Gate, "enforcement" | "enforceFrom">, at: string): Enforcement {
  return enforceFrom !== null && toMs(enforceFrom) <= toMs(at) ? "enforce" : enforcement;
}
