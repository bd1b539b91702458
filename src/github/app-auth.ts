import { createAppAuth } from "@octokit/auth-app";
import { PortError } from "../app/ports.ts";
import { ask, createOctokit, parseAnswer } from "./octokit.ts";
import type { Transport } from "./transport.ts";

const REFRESH_BEFORE_MS = 10 * 60_000;
const MARGIN_MS = 60_000;

export interface AppIdentity {
  id: number;
  slug: string;
}

export interface AppAuth {
  /** Token of an installation, renewed in the background before it runs out. Throws PortError. */
  token(installationId: number): Promise<string>;
  /** What the installation's owner gave, by name: `read` or `write`; absent for a token that is no App's. Throws PortError. */
  permissions?(installationId: number): Promise<Readonly<Record<string, string | undefined>>>;
  /** Forgets a token that GitHub no longer takes. */
  forget(installationId: number): void;
  /** Who we are, as GitHub says: proves key and App id. Throws PortError. */
  identity(): Promise<AppIdentity>;
}

interface Held {
  token: string;
  permissions: Readonly<Record<string, string | undefined>>;
  expiresAt: number;
}

export function createAuth(options: {
  appId: number;
  privateKey: string;
  apiUrl: string;
  userAgent: string;
  send: Transport;
  now?: () => number;
}): AppAuth {
  const { appId, privateKey, apiUrl, userAgent, send, now = Date.now } = options;
  const octokit = createOctokit(apiUrl, userAgent, send);
  const auth = createAppAuth({ appId, privateKey, request: octokit.request });
  const held = new Map<number, Held>();
  const asking = new Map<number, Promise<Held>>();

  async function renew(installationId: number): Promise<Held> {
    try {
      const { token, expiresAt, permissions } = await auth({ type: "installation", installationId, refresh: true });
      const fresh = { token, permissions, expiresAt: Date.parse(expiresAt) };
      held.set(installationId, fresh);
      return fresh;
    } catch (error) {
      if (error instanceof Error && error.cause instanceof PortError) throw error.cause;
      throw new PortError("unauthorized", "GitHub gives no token for this installation.", { retryable: true, cause: error });
    }
  }
  function renewOnce(installationId: number): Promise<Held> {
    const running = asking.get(installationId) ?? renew(installationId).finally(() => asking.delete(installationId));
    asking.set(installationId, running);
    return running;
  }

  async function hold(installationId: number): Promise<Held> {
    const known = held.get(installationId);
    const left = known ? known.expiresAt - now() : 0;
    if (!known || left < MARGIN_MS) return renewOnce(installationId);
    // A failure here shows when the token is really needed.
    if (left < REFRESH_BEFORE_MS) renewOnce(installationId).catch(() => {});
    return known;
  }

  return {
    token: async (installationId) => (await hold(installationId)).token,
    permissions: async (installationId) => (await hold(installationId)).permissions,
    forget: (installationId) => void held.delete(installationId),
    async identity() {
      const { token } = await auth({ type: "app" });
      const route = "GET /app";
      const { id, slug } = parseAnswer<{ id?: number; slug?: string }>(
        await ask(octokit, route, { headers: { authorization: `bearer ${token}` } }),
        route,
      );
      return { id: id ?? appId, slug: slug ?? "" };
    },
  };
}
