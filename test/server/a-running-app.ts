import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serve, type RunningApp } from "../../src/server/main.ts";
import type { Environment } from "../../src/server/env.ts";
import { privateKey, sign, webhookSecret } from "./a-secret.ts";

/** The instant for which examples/ready was made. */
export const NOW = "2026-11-23T20:00:00Z";

export function createFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "pilotgate-app-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const environment = (apiUrl: string, dataDir: string, more: Record<string, string> = {}): Environment => ({
  APP_ID: "4242",
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: webhookSecret,
  GITHUB_API_URL: apiUrl,
  PILOTGATE_DATA_DIR: join(dataDir, "store"),
  PORT: "0",
  LOG_LEVEL: "debug",
  ...more,
});

export interface LoggedApp extends RunningApp {
  lines: string[];
}

/** The whole App in this process. */
export async function startApp(env: Environment): Promise<LoggedApp> {
  const lines: string[] = [];
  const app = await serve(env, {
    toolVersion: "0.0.0",
    now: () => NOW,
    logSink: { write: (line) => void lines.push(line) },
  });
  return { ...app, lines };
}

export interface AppProcess {
  url: string;
  child: ChildProcess;
  output(): string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const start = `
  import { serve } from ${JSON.stringify(new URL("../../src/cli/serve.ts", import.meta.url).href)};
  const io = { out() {}, err: (text) => process.stderr.write(text), cwd: process.cwd(), env: process.env, color: { out: false, err: false }, width: 80, unicode: true, now: () => new Date() };
  process.exitCode = await serve(io);
`;

const fromSources = ["--no-warnings", "--input-type=module-typescript", "--eval", start];

/** `pilotgate serve` in a process of its own, from the sources unless told otherwise. */
export function spawnApp(env: Environment, argv: readonly string[] = fromSources): Promise<AppProcess> {
  const child = spawn(process.execPath, argv, {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on("exit", (code, signal) => resolve({ code, signal })),
  );
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /"url":"(http[^"]+)\/api\/github\/webhooks"/.exec(output)?.[1];
      if (url !== undefined) resolve({ url, child, output: () => output, ended });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then(() => reject(new Error(output)));
  });
}

export async function deliver(url: string, event: string, payload: object, secret = webhookSecret): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(`${url}/api/github/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": sign(body, secret),
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

/** Asks until the answer is there; Jest's own limit ends it. */
export async function eventually<T>(ask: () => T | undefined | null | false | Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await pause(20);
  }
}
