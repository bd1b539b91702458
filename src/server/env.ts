import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";

/* The only reader of the environment on the server's side. Every problem is reported at once, and no message holds a value of a secret. */

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

export interface Settings {
  appId: number;
  /** PEM. */
  privateKey: string;
  webhookSecret: string;
  /** 0 asks for a free port. */
  port: number;
  host: string;
  /** REST root without a slash at its end. */
  apiUrl: string;
  /** Absent: the embedded store in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  logLevel: LogLevel;
  logFormat: "json" | "pretty";
  /** Where the documentation stands, without a slash at the end; comments link there. */
  docsUrl: string | undefined;
  /** Bearer token that opens `/metrics` on the main port. */
  metricsToken: string | undefined;
  /** Port of its own for `/metrics`, without a token. */
  metricsPort: number | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment cannot be used; `problems` lists everything that is wrong with it. */
export class EnvironmentError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "EnvironmentError";
    this.problems = problems;
  }
}

const MIN_SECRET = 12;
const MIN_DIFFERENT = 6;
const logLevels: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "silent"];
const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

function parseAppId(env: Environment, problems: string[]): number {
  const text = env["APP_ID"]?.trim() ?? "";
  if (!/^[1-9]\d{0,14}$/.test(text)) problems.push("APP_ID: set it to the number of your GitHub App, shown on the App's settings page.");
  return Number(text);
}

interface Secret {
  /** Name of the variable that it came by. */
  from: string;
  /** Empty where its file could not be read, which is a problem already. */
  text: string;
}

/** A secret as `NAME`, or the path of its file as `NAME_PATH`: containers mount secrets as files. Undefined where neither is set. */
function secretOf(env: Environment, name: string, problems: string[]): Secret | undefined {
  const inline = env[name];
  if (inline?.trim()) return { from: name, text: inline };
  const from = `${name}_PATH`;
  const path = env[from]?.trim();
  if (!path) return undefined;
  try {
    const text = readFileSync(path, "utf8").trim();
    if (text === "") problems.push(`${from}: the file is empty.`);
    return { from, text };
  } catch {
    problems.push(`${from}: the file cannot be read. Check the path and that this user may read it.`);
    return { from, text: "" };
  }
}

/** PEM from text as people paste it: with real line ends, with literal `\n`, or base64 of the whole. */
function toPem(text: string): string {
  const unescaped = text.trim().replaceAll("\\n", "\n");
  if (unescaped.includes("-----BEGIN")) return unescaped;
  return Buffer.from(unescaped, "base64").toString("utf8").trim();
}

function parsePrivateKey(env: Environment, problems: string[]): string {
  const secret = secretOf(env, "PRIVATE_KEY", problems);
  if (secret === undefined)
    problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH: set one of them to the App's private key (PEM), or to the path of its file.");
  if (!secret?.text) return "";
  const pem = toPem(secret.text);
  try {
    if (createPrivateKey(pem).asymmetricKeyType === "rsa") return `${pem}\n`;
  } catch {
    // The cause may quote the key, so it is left out on purpose.
  }
  problems.push(
    `${secret.from}: this is not an RSA private key in PEM form (or base64 of one). Generate a new one on the App's settings page.`,
  );
  return "";
}

/** "development" is what Probot takes where none is set. */
const isWeak = (secret: string) =>
  secret.length < MIN_SECRET ||
  new Set(secret).size < MIN_DIFFERENT ||
  /^(development|change-?me|my-?secret|password|secret)+[\d!]*$/i.test(secret);

function parseSecret(env: Environment, problems: string[]): string {
  const secret = secretOf(env, "WEBHOOK_SECRET", problems);
  const make = "make one with `openssl rand -hex 32` and set the same on the App's settings page.";
  if (secret === undefined) problems.push(`WEBHOOK_SECRET: it is not set, so anyone could send events; ${make}`);
  else if (secret.text !== "" && isWeak(secret.text))
    problems.push(
      `${secret.from}: it is too easy to guess (at least ${MIN_SECRET} characters, ${MIN_DIFFERENT} of them different); ${make}`,
    );
  return secret?.text ?? "";
}

function parsePort(env: Environment, name: string, fallback: number | undefined, problems: string[]): number | undefined {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  problems.push(`${name}: use a port from 0 (any free one) to 65535.`);
  return fallback;
}

/** REST root without a slash at its end; adds a problem where it cannot be used. */
export function parseApiUrl(env: Environment, problems: string[]): string {
  const text = env["GITHUB_API_URL"]?.trim() || "https://api.github.com";
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) && !url.username && !url.search)
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  problems.push(
    "GITHUB_API_URL: use the https address of the REST API, for example https://api.github.com or https://HOST/api/v3 (http only for this machine).",
  );
  return text;
}

function parseDatabaseUrl(env: Environment, problems: string[]): string | undefined {
  const secret = secretOf(env, "DATABASE_URL", problems);
  const text = secret?.text.trim();
  if (!secret || !text) return undefined;
  if (!/^postgres(ql)?:\/\/./.test(text) || !URL.canParse(text))
    problems.push(`${secret.from}: use postgres://USER:PASSWORD@HOST/DATABASE, or leave it out for the embedded store.`);
  return text;
}

function parseMetricsToken(env: Environment, problems: string[]): string | undefined {
  const secret = secretOf(env, "METRICS_TOKEN", problems);
  const text = secret?.text.trim();
  if (!secret || !text) return undefined;
  if (isWeak(text)) problems.push(`${secret.from}: it is too easy to guess; use at least ${MIN_SECRET} characters.`);
  return text;
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly T[], fallback: T, problems: string[]): T {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) problems.push(`${name}: use one of ${values.join(", ")}.`);
  return value ?? fallback;
}

/** Named in the contract and not built yet: what asks for more strictness must not be ignored silently. */
function refuseUnbuilt(env: Environment, problems: string[]): void {
  for (const name of ["PILOTGATE_SOURCES", "PILOTGATE_REQUIRE_ORG_POLICY"])
    if (env[name]?.trim()) problems.push(`${name}: this version cannot honour it yet; leave it out.`);
}

/** Throws an EnvironmentError that lists every problem. */
export function parseEnvironment(env: Environment): Settings {
  const problems: string[] = [];
  const docsUrl = env["PILOTGATE_DOCS_URL"]?.trim().replace(/\/+$/, "") || undefined;
  if (docsUrl !== undefined && !/^https?:\/\/[^\s()<>]+$/.test(docsUrl)) problems.push("PILOTGATE_DOCS_URL: use an http or https address.");
  const metricsToken = parseMetricsToken(env, problems);
  const settings: Settings = {
    appId: parseAppId(env, problems),
    privateKey: parsePrivateKey(env, problems),
    webhookSecret: parseSecret(env, problems),
    port: parsePort(env, "PORT", 3000, problems) ?? 3000,
    host: env["HOST"]?.trim() || "127.0.0.1",
    apiUrl: parseApiUrl(env, problems),
    databaseUrl: parseDatabaseUrl(env, problems),
    dataDir: env["PILOTGATE_DATA_DIR"]?.trim() || ".pilotgate",
    logLevel: oneOf(env, "LOG_LEVEL", logLevels, "info", problems),
    logFormat: oneOf(env, "LOG_FORMAT", ["json", "pretty"], "json", problems),
    docsUrl,
    metricsToken,
    metricsPort: parsePort(env, "METRICS_PORT", undefined, problems),
  };
  refuseUnbuilt(env, problems);
  if (problems.length > 0) throw new EnvironmentError(problems);
  return settings;
}
