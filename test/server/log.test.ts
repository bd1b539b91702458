import { describe, expect, it } from "@jest/globals";
import { createLog } from "../../src/server/log.ts";
import { redact } from "../../src/server/redact.ts";
import { privateKey, webhookSecret } from "./a-secret.ts";

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0MjQyIn0.c2lnbmF0dXJl";
const secrets: [string, string][] = [
  ["an installation token", "ghs_16C7e42F292c6912E7710c838347Ae178B4a"],
  ["a token of the longer form", "ghs_4242_eyJhbGciOiJSUzI1NiJ9.eyJpc3Mi.c2ln-bmF0"],
  ["a personal token", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"],
  ["a fine-grained token", "github_pat_11AAAAAAA0abcdefghij_klmnop"],
  ["a JWT", jwt],
  ["a private key", privateKey.trim()],
  ["a password in a URL", "hunter2hunter2"],
  ["the webhook secret", webhookSecret],
];
const wrap: Record<string, (secret: string) => string> = {
  "a password in a URL": (secret) => `postgres://user:${secret}@db/pilotgate`,
};

describe.each(["json", "pretty"] as const)("a log in %s", (logFormat) => {
  function lines() {
    const written: string[] = [];
    const log = createLog(
      { logLevel: "info", logFormat, webhookSecret, databaseUrl: "postgres://user:other%2Fpassword@db/x", metricsToken: undefined },
      { write: (line) => void written.push(line) },
    );
    return { log, written };
  }

  it.each(secrets)("holds nothing of %s, wherever it hides", (name, secret) => {
    const { log, written } = lines();
    const text = wrap[name]?.(secret) ?? secret;
    log.info({ deep: { er: [{ headers: { authorization: `token ${text}` } }] } }, `message ${text}`);
    log.error({ err: Object.assign(new Error(`failed with ${text}`), { request: { url: text } }) }, "failed");
    const all = written.join("");
    expect(all).not.toContain(secret);
    expect(all).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(written).toHaveLength(2);
  });

  it("holds nothing of the database's password, as written or decoded", () => {
    const { log, written } = lines();
    log.info({ url: "postgres://user:other%2Fpassword@db/x" }, "other/password other%2Fpassword");
    expect(written.join("")).not.toMatch(/other.{1,3}password/);
  });

  it("keeps what is harmless", () => {
    const { log, written } = lines();
    log.info({ key: "77#1", sha: "a".repeat(40) }, "job done");
    expect(written.join("")).toMatch(/77#1.*a{40}|a{40}.*77#1/);
  });
});

it("hides authorization whatever the scheme", () => {
  expect(redact('{"authorization":"Basic dXNlcjpwYXNz","Proxy-Authorization":"x"}')).toBe(
    '{"authorization":"[hidden]","Proxy-Authorization":"[hidden]"}',
  );
});
