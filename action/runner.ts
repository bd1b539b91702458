import { tmpdir } from "node:os";

export type Env = Readonly<Record<string, string | undefined>>;

/** What GitHub's runner says of the job: https://docs.github.com/actions/reference/workflows-and-actions/variables */
export interface Runner {
  /** Name of the event. */
  event: string;
  /** File with its payload. */
  eventFile: string;
  owner: string;
  repository: string;
  /** Commit that the run is about; for a pull request the test merge. */
  sha: string;
  /** `refs/heads/…`, `refs/tags/…`, `refs/pull/…`; empty where the event has none. */
  ref: string;
  workspace: string;
  apiUrl: string;
  temporary: string;
  outputFile: string | undefined;
  summaryFile: string | undefined;
  /** The variables that name a proxy. */
  proxy: Env;
}

/** The job cannot be done as it is set up; the message says what to change. It fails whatever `fail-on` says. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SetupError";
  }
}

const proxyNames = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

/** Throws SetupError where the variables of a runner are not there. */
export function toRunner(env: Env): Runner {
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === "") throw new SetupError(`${name} is not set: GitHub's runner starts this program, in a job.`);
    return value;
  };
  const [owner = "", repository = "", ...more] = need("GITHUB_REPOSITORY").split("/");
  if (owner === "" || repository === "" || more.length > 0) throw new SetupError("GITHUB_REPOSITORY is not OWNER/NAME.");
  return {
    event: need("GITHUB_EVENT_NAME"),
    eventFile: need("GITHUB_EVENT_PATH"),
    owner,
    repository,
    sha: need("GITHUB_SHA"),
    ref: env["GITHUB_REF"] ?? "",
    workspace: need("GITHUB_WORKSPACE"),
    apiUrl: toApiUrl(need("GITHUB_API_URL")),
    temporary: env["RUNNER_TEMP"] || tmpdir(),
    outputFile: env["GITHUB_OUTPUT"] || undefined,
    summaryFile: env["GITHUB_STEP_SUMMARY"] || undefined,
    proxy: Object.fromEntries(proxyNames.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
  };
}

function toApiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new SetupError("GITHUB_API_URL is not an address.");
  return text.replace(/\/+$/, "");
}
