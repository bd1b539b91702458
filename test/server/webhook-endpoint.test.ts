import { request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { JobReason, JudgeSubject, RepositoryRef } from "../../src/app/ports.ts";
import { createWebhooks } from "../../src/github/webhooks.ts";
import { closeServer, createHttpServer, listen } from "../../src/server/http-server.ts";
import { createLog } from "../../src/server/log.ts";
import { createMetrics } from "../../src/server/metrics.ts";
import { createWebhookEndpoint } from "../../src/server/webhook-endpoint.ts";
import { privateKey, sign, webhookSecret } from "./a-secret.ts";

/* Over real sockets, with the real verification and handlers; only what stands behind the queue is left out. */

let url = "";
let stop = async () => {};
const logged: string[] = [];
const accepted: { repository: RepositoryRef; subject: JudgeSubject; reason: JobReason }[] = [];
let storing: () => Promise<void> = async () => {};

beforeAll(async () => {
  const webhooks = await createWebhooks(
    { appId: 4242, privateKey, webhookSecret },
    {
      appId: 4242,
      async accept(repository, subject, reason) {
        await storing();
        accepted.push({ repository, subject, reason });
      },
    },
  );
  const log = createLog(
    { logLevel: "info", logFormat: "json", webhookSecret, databaseUrl: undefined, metricsToken: undefined },
    { write: (line) => void logged.push(line) },
  );
  const server = createHttpServer(new Map([["/hook", createWebhookEndpoint(webhooks, { log, metrics: createMetrics() })]]));
  url = await listen(server, 0, "127.0.0.1");
  stop = () => {
    server.closeAllConnections();
    return closeServer(server);
  };
});
afterAll(() => stop());
beforeEach(() => {
  accepted.length = 0;
  storing = async () => {};
});

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

function post(body: string | Buffer, headers: Record<string, string | undefined> = {}, method = "POST"): Promise<Answer> {
  const all = {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": "d-1",
    "x-hub-signature-256": sign(body),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}/hook`,
      { method, headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string> },
      (message) => {
        let text = "";
        message.on("data", (chunk: Buffer) => (text += chunk.toString()));
        message.on("end", () => resolve({ status: message.statusCode, headers: message.headers, text }));
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const repository = { id: 77, name: "assistant", owner: { login: "acme" }, default_branch: "main", full_name: "acme/assistant" };
const pull = {
  number: 3,
  state: "open",
  draft: false,
  head: { sha: "a".repeat(40) },
  base: { ref: "main" },
  updated_at: "2026-11-23T19:00:00Z",
};
const event = (more: object, installed = true) =>
  JSON.stringify({ repository, ...(installed ? { installation: { id: 5 } } : {}), sender: { login: "dev" }, ...more });
const opened = event({ action: "opened", number: 3, pull_request: pull });

describe("refusals", () => {
  const cases: [string, () => Promise<Answer>, number][] = [
    ["no signature", () => post(opened, { "x-hub-signature-256": undefined }), 401],
    ["a signature of another form", () => post(opened, { "x-hub-signature-256": "sha1=abc" }), 401],
    ["a wrong signature", () => post(opened, { "x-hub-signature-256": sign(opened, "another secret") }), 401],
    ["a body that was changed", () => post(opened.replace("opened", "closed"), { "x-hub-signature-256": sign(opened) }), 401],
    ["bytes that are not UTF-8", () => post(Buffer.from([123, 255, 254, 125])), 401],
    ["another content type", () => post(opened, { "content-type": "application/x-www-form-urlencoded" }), 415],
    ["no content type", () => post(opened, { "content-type": undefined }), 415],
    ["no event", () => post(opened, { "x-github-event": undefined }), 400],
    ["no delivery", () => post(opened, { "x-github-delivery": undefined }), 400],
    ["an event's name with odd characters", () => post(opened, { "x-github-event": "pull request" }), 400],
    ["signed text that is not JSON", () => post("{"), 400],
    ["signed JSON that is no object", () => post("[]"), 400],
    ["an empty body", () => post("", { "x-hub-signature-256": sign("x") }), 400],
    ["another method", () => post("", { "x-hub-signature-256": undefined }, "GET"), 405],
  ];
  it.each(cases)("%s", async (_, send, status) => {
    expect((await send()).status).toBe(status);
    expect(accepted).toEqual([]);
  });

  it("a body whose header promises too much, before it is read", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("close", () => resolve(text));
      socket.write(
        `POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: push\r\nx-github-delivery: d\r\nx-hub-signature-256: ${sign("x")}\r\ncontent-length: ${26 * 1024 * 1024}\r\n\r\n{`,
      );
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it("a body of 26 MB that promises nothing", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("error", () => {});
      socket.on("close", () => resolve(text));
      socket.write(
        `POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: push\r\nx-github-delivery: d\r\nx-hub-signature-256: ${sign("x")}\r\ntransfer-encoding: chunked\r\n\r\n`,
      );
      const chunk = Buffer.alloc(1024 * 1024, 32);
      for (let sent = 0; sent < 26; sent += 1)
        socket.write(Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]));
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it("tell the sender nothing, and nobody reads our pages elsewhere", async () => {
    const { headers, text } = await post(opened, { "x-hub-signature-256": sign(opened, "another secret") });
    expect(text).toBe("The signature does not fit.\n");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "cache-control": "no-store" });
    expect(logged.join("")).not.toContain(webhookSecret);
  });
});

describe("a slow sender", () => {
  it("keeps nobody else waiting", async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: push\r\nx-github-delivery: d\r\nx-hub-signature-256: ${sign("x")}\r\ncontent-length: 100\r\n\r\n{`,
    );
    expect((await post(opened)).status).toBe(202);
    socket.destroy();
  });
});

describe("what becomes of events", () => {
  const head = "b".repeat(40);
  const check = (more: object) => ({
    id: 1,
    name: "pilotgate/governance",
    head_sha: head,
    app: { id: 4242 },
    pull_requests: [{ number: 3 }],
    check_suite: { head_branch: "topic" },
    ...more,
  });
  const suite = (more: object) => ({ id: 1, head_sha: head, app: { id: 4242 }, pull_requests: [{ number: 3 }], ...more });
  const review = { review: { state: "approved", user: { login: "mia" } }, pull_request: pull };
  const push = (more: object) => ({
    ref: "refs/heads/main",
    forced: false,
    created: false,
    commits: [{ added: [], modified: [".github/pilotgate.yml"], removed: [] }],
    ...more,
  });
  const hint = { headSha: pull.head.sha, baseRef: "main", defaultBranch: "main", open: true, draft: false, updatedAt: pull.updated_at };
  const asked = { asked: true };
  const cases: [string, string, object, { subject: object; reason?: object }[]][] = [
    ["an opened pull request", "pull_request", { action: "opened", pull_request: pull }, [{ subject: { kind: "pull", number: 3, hint } }]],
    ["a push to it", "pull_request", { action: "synchronize", pull_request: pull }, [{ subject: { kind: "pull", number: 3, hint } }]],
    [
      "a closed one",
      "pull_request",
      { action: "closed", pull_request: { ...pull, state: "closed" } },
      [{ subject: { kind: "pull", number: 3, hint: { ...hint, open: false } } }],
    ],
    [
      "ready for review",
      "pull_request",
      { action: "ready_for_review", pull_request: pull },
      [{ subject: { kind: "pull", number: 3, hint } }],
    ],
    [
      "turned into a draft",
      "pull_request",
      { action: "converted_to_draft", pull_request: { ...pull, draft: true } },
      [{ subject: { kind: "pull", number: 3, hint: { ...hint, draft: true } } }],
    ],
    [
      "another base",
      "pull_request",
      { action: "edited", changes: { base: { ref: { from: "topic" } } }, pull_request: pull },
      [{ subject: { kind: "pull", number: 3, hint } }],
    ],
    ["another title", "pull_request", { action: "edited", changes: { title: { from: "x" } }, pull_request: pull }, []],
    ["a label", "pull_request", { action: "labeled", pull_request: pull }, []],
    ["a review", "pull_request_review", { action: "submitted", ...review }, [{ subject: { kind: "pull", number: 3 } }]],
    ["a dismissed review", "pull_request_review", { action: "dismissed", ...review }, [{ subject: { kind: "pull", number: 3 } }]],
    [
      "our check re-run",
      "check_run",
      { action: "rerequested", check_run: check({}) },
      [{ subject: { kind: "pull", number: 3 }, reason: asked }],
    ],
    [
      "our button",
      "check_run",
      { action: "requested_action", requested_action: { identifier: "recheck" }, check_run: check({}) },
      [{ subject: { kind: "press", button: "recheck", by: "dev", headSha: head, numbers: [3] }, reason: { deliveryId: "d-1" } }],
    ],
    [
      "our check re-run on a fork's head",
      "check_run",
      { action: "rerequested", check_run: check({ pull_requests: [] }) },
      [{ subject: { kind: "head", headSha: head }, reason: asked }],
    ],
    [
      "our check re-run in the merge queue",
      "check_run",
      {
        action: "rerequested",
        check_run: check({ pull_requests: [], check_suite: { head_branch: `gh-readonly-queue/release/1/pr-3-${head}` } }),
      },
      [{ subject: { kind: "merge-group", headSha: head, baseRef: "release/1", defaultBranch: "main" }, reason: asked }],
    ],
    ["another App's check re-run", "check_run", { action: "rerequested", check_run: check({ app: { id: 1 } }) }, []],
    ["the echo of our own check", "check_run", { action: "completed", check_run: check({}) }, []],
    [
      "our suite re-run",
      "check_suite",
      { action: "rerequested", check_suite: suite({}) },
      [{ subject: { kind: "pull", number: 3 }, reason: asked }],
    ],
    ["another App's suite re-run", "check_suite", { action: "rerequested", check_suite: suite({ app: { id: 1 } }) }, []],
    ["a new suite", "check_suite", { action: "requested", check_suite: suite({}) }, []],
    [
      "a merge group",
      "merge_group",
      { action: "checks_requested", merge_group: { head_sha: head, base_ref: "refs/heads/release/1" } },
      [{ subject: { kind: "merge-group", headSha: head, baseRef: "release/1", defaultBranch: "main" } }],
    ],
    ["a merge group that ended", "merge_group", { action: "destroyed", merge_group: { head_sha: head, base_ref: "refs/heads/main" } }, []],
    ["a new policy", "push", push({}), [{ subject: { kind: "policy" } }]],
    ["a forced push", "push", push({ forced: true, commits: [] }), [{ subject: { kind: "policy" } }]],
    [
      "a push with more commits than are listed",
      "push",
      push({ commits: Array.from({ length: 20 }, () => ({ added: [], modified: [], removed: [] })) }),
      [{ subject: { kind: "policy" } }],
    ],
    ["a push of something else", "push", push({ commits: [{ added: ["a"], modified: [], removed: [] }] }), []],
    ["a policy on another branch", "push", push({ ref: "refs/heads/topic" }), []],
    ["our own comment's echo", "issue_comment", { action: "created", comment: { id: 1 } }, []],
    ["an event nobody knows", "from_the_future", { action: "happened" }, []],
    ["a ping", "ping", { zen: "Keep it logically awesome." }, []],
  ];
  it.each(cases)("%s", async (_, name, payload, jobs) => {
    const body = event(payload);
    expect((await post(body, { "x-github-event": name })).status).toBe(202);
    expect(accepted).toHaveLength(jobs.length);
    expect(accepted).toMatchObject(
      jobs.map(({ subject, reason = {} }) => ({
        repository: { id: 77, owner: "acme", name: "assistant", installationId: 5 },
        subject,
        reason: { deliveryId: "d-1", ...reason },
      })),
    );
  });

  it("without an installation there is nothing to judge", async () => {
    const body = event({ action: "opened", pull_request: pull }, false);
    expect((await post(body)).status).toBe(202);
    expect(accepted).toEqual([]);
  });

  it("is 500 where it could not be stored, without a word of why", async () => {
    storing = () => Promise.reject(new Error(`password hunter2 and ${webhookSecret}`));
    const answer = await post(opened);
    expect([answer.status, answer.text]).toEqual([500, "The delivery could not be stored; send it again.\n"]);
    expect(logged.join("")).not.toContain(webhookSecret);
  });

  it("answers only after it is stored", async () => {
    let release = () => {};
    const begun = new Promise<void>((resolve) => {
      storing = () => new Promise((done) => ((release = done), resolve()));
    });
    let answered = false;
    const answer = post(opened).then((one) => ((answered = true), one));
    await begun;
    await post("{"); // a whole other exchange fits in between
    expect(answered).toBe(false);
    release();
    expect((await answer).status).toBe(202);
  });
});
