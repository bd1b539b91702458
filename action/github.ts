import { PortError, type RepositoryRef } from "../src/app/ports.ts";
import type { Forge } from "../src/app/forge.ts";
import { createForge } from "../src/github/forge.ts";
import { createInstallation } from "../src/github/installation.ts";
import { createTransport } from "../src/github/transport.ts";
import type { Runner } from "./runner.ts";

/** A check run of one App, as it stands on a commit. */
export interface AppCheck {
  name: string;
  /** Null while it is not finished. */
  conclusion: string | null;
}

/** GitHub with the job's token: it reads, and nothing else is asked of it. */
export interface GitHub {
  forge: Forge;
  repository: RepositoryRef;
  /** Newest check runs that this App wrote on a commit. */
  checksOf(appId: number, commit: string): Promise<AppCheck[]>;
  close(): void;
}

interface ChecksAnswer {
  check_runs?: { name?: string; status?: string; conclusion?: string | null; app?: { id?: number; slug?: string } | null }[];
}

/** Any workflow of a repository writes checks as this App, so its checks are nobody's word. */
const ACTIONS = "github-actions";

export function connect({ apiUrl, owner, repository: name, proxy }: Runner, token: string, toolVersion: string): GitHub {
  const repository: RepositoryRef = { installationId: 0, id: 0, owner, name };
  const transport = createTransport(apiUrl, { proxyEnv: proxy });
  const identity = () => Promise.reject(new PortError("forbidden", "A job is no App."));
  const auth = { token: () => Promise.resolve(token), forget: () => undefined, identity };
  const installation = createInstallation(0, { apiUrl, userAgent: `pilotgate-action/${toolVersion}`, send: transport.send, auth });
  return {
    repository,
    forge: createForge(() => installation, identity),
    async checksOf(appId, commit) {
      const { check_runs: runs = [] } = await installation.get<ChecksAnswer>("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
        owner,
        repo: name,
        ref: commit,
        app_id: appId,
        filter: "latest",
        per_page: 100,
      });
      return runs
        .filter(({ app }) => app?.id === appId && app.slug !== ACTIONS)
        .map((run) => ({ name: run.name ?? "", conclusion: run.status === "completed" ? (run.conclusion ?? null) : null }));
    },
    close: transport.close,
  };
}
