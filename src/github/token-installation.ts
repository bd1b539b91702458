import { createInstallation, type Installation } from "./installation.ts";
import type { Transport } from "./transport.ts";

/** GitHub with somebody's own token, in place of an installation's: the same care for limits, the same caches. */
export function createTokenInstallation(token: string, options: { apiUrl: string; userAgent: string; send: Transport }): Installation {
  const auth = {
    token: async () => token,
    forget() {},
    identity: () => Promise.reject(new Error("a person's token belongs to no App")),
  };
  return createInstallation(0, { ...options, auth });
}
