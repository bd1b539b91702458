import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator } from "emulate";
import { createPullFollower, type Json } from "./pull-follower.ts";

/** A GitHub on loopback: the emulator, and in front of it what the emulator leaves out (heads that follow pushes, changed files). */
export interface EmulatedGitHub {
  /** Root of the REST API. */
  url: string;
  appId: number;
  slug: string;
  privateKey: string;
  webhookSecret: string;
  /** Sends webhooks to this address from now on; before, they are dropped. */
  deliverTo(url: string): void;
  /** Calls the API as a person. */
  as(login: string): (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Json }>;
  close(): Promise<void>;
}

export interface EmulatedGitHubOptions {
  organization: string;
  repositories: string[];
  /** Logins; all are administrators of the organisation. */
  people: string[];
  teams?: { slug: string; members: string[] }[];
  /** What the App may do with files; `app.yml` asks for `read`. */
  contents?: "read" | "write";
}

const APP_ID = 4242;
const SLUG = "pilotgate";

export async function startEmulatedGitHub(options: EmulatedGitHubOptions): Promise<EmulatedGitHub> {
  const webhookSecret = randomUUID();
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  let target: string | null = null;
  let backend = "";
  const follower = createPullFollower((method, path, body, token) => call(backend, method, path, body, token));

  const front = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      response.writeHead(502, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: error instanceof Error ? error.message : "the emulator did not answer" }));
    });
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    if (request.url === "/_webhooks") {
      response.writeHead(204).end();
      await forward(String(request.headers["x-github-event"]), JSON.parse(body) as Json);
      return;
    }
    const answer = await follower.answer(
      { method: request.method ?? "GET", path: request.url ?? "/", body, headers: forwarded(request) },
      backend,
    );
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
    for (const event of answer.events) await forward("pull_request", event);
  }
  async function forward(event: string, payload: Json): Promise<void> {
    if (event === "pull_request") await follower.settled();
    const shown = event === "pull_request" ? follower.present(payload) : payload;
    if (shown === null || target === null) return;
    const text = JSON.stringify(shown);
    await fetch(target, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/emulated",
        "x-github-event": event,
        "x-github-delivery": randomUUID(),
        "x-hub-signature-256": `sha256=${createHmac("sha256", webhookSecret).update(text).digest("hex")}`,
      },
      body: text,
    }).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    );
  }

  await listen(front);
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const port = await freePort();
  const emulator = await createEmulator({
    service: "github",
    port,
    baseUrl: url,
    seed: seed(options, url, privateKey, webhookSecret) as never,
  });
  backend = `http://127.0.0.1:${port}`;
  return {
    url,
    appId: APP_ID,
    slug: SLUG,
    privateKey,
    webhookSecret,
    deliverTo: (address) => {
      target = address;
    },
    as: (login) => async (method, path, body) => {
      const answer = await call(url, method, path, body === undefined ? undefined : JSON.stringify(body), `token token-of-${login}`);
      return { status: answer.status, body: answer.text === "" ? null : (JSON.parse(answer.text) as Json) };
    },
    async close() {
      await emulator.close();
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}

function seed(
  { organization, repositories, people, teams = [], contents = "read" }: EmulatedGitHubOptions,
  url: string,
  privateKey: string,
  webhookSecret: string,
): Json {
  return {
    tokens: Object.fromEntries(people.map((login) => [`token-of-${login}`, { login, scopes: ["repo"] }])),
    github: {
      users: people.map((login) => ({ login })),
      orgs: [
        {
          login: organization,
          members: people.map((login) => ({ login, role: "admin" })),
          teams: teams.map(({ slug, members }) => ({ name: slug, slug, members: members.map((login) => ({ login, role: "member" })) })),
        },
      ],
      repos: repositories.map((name) => ({ owner: organization, name, auto_init: true, default_branch: "main" })),
      apps: [
        {
          app_id: APP_ID,
          slug: SLUG,
          name: "Pilotgate",
          private_key: privateKey,
          webhook_url: `${url}/_webhooks`,
          webhook_secret: webhookSecret,
          permissions: { checks: "write", contents, pull_requests: "write", issues: "read", members: "read", metadata: "read" },
          events: ["pull_request", "pull_request_review", "push", "check_run", "check_suite", "issue_comment"],
          installations: [{ installation_id: 1, account: organization }],
        },
      ],
    },
  };
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

async function call(base: string, method: string, path: string, body: string | undefined, token: string): Promise<Answer> {
  const answer = await fetch(base + path, {
    method,
    headers: { authorization: token, "content-type": "application/json", accept: "application/vnd.github+json" },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

function forwarded(request: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["authorization", "accept", "content-type", "if-none-match", "x-github-api-version", "user-agent"]) {
    const value = request.headers[name];
    if (typeof value === "string") kept[name] = value;
  }
  return kept;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

/** The emulator announces its base URL, here the front's, so its own port must be known beforehand. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await listen(probe);
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
