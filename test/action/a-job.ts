import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NOW, type Files } from "../app/a-repository.ts";

/* A job as GitHub's runner does it: a checkout, environment files, inputs, and the built Action as a child process. */

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const built = join(root, "action/dist/index.js");
export const node = join(root, "node_modules/.bin/node");
const folders: string[] = [];

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function aFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "action-")));
  folders.push(folder);
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export function git(folder: string, ...words: string[]): string {
  const who = ["-c", "user.name=Dev", "-c", "user.email=dev@example.com", "-c", "init.defaultBranch=main"];
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...who, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
  return stdout.trim();
}

/** A checkout with these files in one commit. */
export function aCheckout(files: Files): string {
  const folder = aFolder();
  write(folder, files);
  git(folder, "init", "-q");
  git(folder, "add", "-A");
  git(folder, "commit", "-qm", "All");
  return folder;
}

export interface JobOptions {
  event: string;
  payload: unknown;
  workspace: string;
  apiUrl?: string;
  ref?: string;
  sha?: string;
  inputs?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  /** Instant that the job takes for now. */
  at?: string;
}

export interface Annotation {
  level: string;
  properties: Readonly<Record<string, string>>;
  message: string;
}

export interface Job {
  exit: number | null;
  log: string;
  errors: string;
  annotations: Annotation[];
  outputs: Readonly<Record<string, string>>;
  summary: string;
  /** The report file; undefined where none was written. */
  report: string | undefined;
}

/* Evidence ages: the Action asks the clock, so the clock is set before it is loaded. */
const clock = (at: string) => `
  const Now = Date;
  const shift = Now.parse(${JSON.stringify(at)}) - Now.now();
  globalThis.Date = class extends Now {
    constructor(...given) { given.length === 0 ? super(Now.now() + shift) : super(...given); }
    static now() { return Now.now() + shift; }
  };`;

/** Runs the Action to its end. */
export async function runJob({
  event,
  payload,
  workspace,
  apiUrl = "http://127.0.0.1:9",
  ref,
  sha,
  inputs,
  env,
  at = NOW,
}: JobOptions): Promise<Job> {
  const place = aFolder();
  const file = (name: string, content = "") => {
    writeFileSync(join(place, name), content);
    return join(place, name);
  };
  const outputFile = file("output");
  const summaryFile = file("summary");
  const all: Record<string, string | undefined> = {
    PATH: process.env["PATH"],
    CI: "true",
    NO_COLOR: "1",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: file("event.json", typeof payload === "string" ? payload : JSON.stringify(payload)),
    GITHUB_REPOSITORY: "acme/assistant",
    GITHUB_SHA: sha ?? "c".repeat(40),
    GITHUB_REF: ref ?? "refs/heads/main",
    GITHUB_WORKSPACE: workspace,
    GITHUB_API_URL: apiUrl,
    GITHUB_OUTPUT: outputFile,
    GITHUB_STEP_SUMMARY: summaryFile,
    RUNNER_TEMP: place,
    ...inputVariables({ token: "ghs_testtesttest", ...inputs }),
    ...env,
  };
  const child = spawn(node, ["--import", `data:text/javascript,${encodeURIComponent(clock(at))}`, built], { cwd: workspace, env: all });
  let log = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (log += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const outputs = toOutputs(readFileSync(outputFile, "utf8"));
  const report = outputs["report"];
  return {
    exit,
    log,
    errors,
    annotations: toAnnotations(log),
    outputs,
    summary: readFileSync(summaryFile, "utf8"),
    report: report !== undefined && report !== "" && existsSync(report) ? readFileSync(report, "utf8") : undefined,
  };
}

/** The runner hands on every input of action.yml: what is given, else the default. */
function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = { gate: "", system: "", policy: "", format: "json", "fail-on": "enforced", "app-id": "", token: "" };
  return Object.fromEntries(Object.entries({ ...defaults, ...given }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** As the runner reads the file: `name<<end`, lines, `end`. */
function toOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const [, name, end] = /^([^<]+)<<(.+)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined || end === undefined) continue;
    const last = lines.indexOf(end, at + 1);
    outputs[name] = lines.slice(at + 1, last).join("\n");
    at = last;
  }
  return outputs;
}

/** As the runner reads the log: commands count unless they are stopped, and are unescaped. */
export function toAnnotations(log: string): Annotation[] {
  const found: Annotation[] = [];
  let stoppedUntil: string | undefined;
  for (const line of log.split(/\r\n|\n|\r/)) {
    const [, name, properties = "", message = ""] = /^\s*::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (stoppedUntil !== undefined) {
      if (line === `::${stoppedUntil}::`) stoppedUntil = undefined;
    } else if (name === "stop-commands") stoppedUntil = message;
    else if (name !== undefined && name !== "group" && name !== "endgroup")
      found.push({ level: name, properties: toProperties(properties), message: unescape(message) });
  }
  return found;
}

function toProperties(text: string): Record<string, string> {
  return Object.fromEntries(text.split(",").map((pair) => [pair.slice(0, pair.indexOf("=")), unescape(pair.slice(pair.indexOf("=") + 1))]));
}

function unescape(text: string): string {
  return text.replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
