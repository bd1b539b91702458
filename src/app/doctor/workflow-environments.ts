import { parseYaml } from "../../policy/parse-yaml.ts";

/* Which environments the jobs of workflows name. Workflows are read as data. */

export interface WorkflowJobs {
  path: string;
  /** Names of environments, as written. */
  environments: string[];
  /** Some job's environment is only known when it runs: an expression, or a workflow of another repository. */
  unclear: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** `environment: NAME` or `environment: { name: NAME }`. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
function environmentOf(job: Fields): unknown {
  const { environment } = job;
  return isFields(environment) ? environment["name"] : environment;
}

const isForeign = (job: Fields) => typeof job["uses"] === "string" && !job["uses"].startsWith("./");

/** A text that is no workflow names nothing and is unclear. */
export function workflowJobs(path: string, text: string): WorkflowJobs {
  const { value } = parseYaml(text);
  const jobs = isFields(value) ? value["jobs"] : undefined;
  if (!isFields(jobs)) return { path, environments: [], unclear: true };
  const found: WorkflowJobs = { path, environments: [], unclear: false };
  for (const job of Object.values(jobs)) {
    if (!isFields(job)) continue;
    const name = environmentOf(job);
    if (isForeign(job) || (name !== undefined && (typeof name !== "string" || name.includes("${{")))) found.unclear = true;
    else if (name !== undefined && typeof name === "string") found.environments.push(name);
  }
  return { ...found, environments: [...new Set(found.environments)] };
}
