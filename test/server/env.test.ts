import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { EnvironmentError, parseEnvironment } from "../../src/server/env.ts";
import { privateKey, webhookSecret } from "./a-secret.ts";

const good = { APP_ID: "4242", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: webhookSecret };
const folder = mkdtempSync(join(tmpdir(), "pilotgate-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    parseEnvironment(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return [...(error as EnvironmentError).problems];
  }
}

describe("a good environment", () => {
  it("has defaults", () => {
    expect(parseEnvironment(good)).toMatchObject({
      appId: 4242,
      port: 3000,
      host: "127.0.0.1",
      apiUrl: "https://api.github.com",
      databaseUrl: undefined,
      dataDir: ".pilotgate",
      logLevel: "info",
      logFormat: "json",
      metricsToken: undefined,
      metricsPort: undefined,
    });
  });

  const path = join(folder, "key.pem");
  writeFileSync(path, privateKey);
  it.each([
    ["as it is", { PRIVATE_KEY: privateKey }],
    ["with literal line ends", { PRIVATE_KEY: privateKey.trim().replaceAll("\n", "\\n") }],
    ["in base64", { PRIVATE_KEY: Buffer.from(privateKey).toString("base64") }],
    ["in a file", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path }],
    ["empty, and in a file", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: path }],
  ])("takes the key %s", (_, key) => {
    expect(parseEnvironment({ ...good, ...key }).privateKey.trim()).toBe(privateKey.trim());
  });

  it("takes every other secret from a file as well, without its line end", () => {
    const at = (name: string, content: string) => {
      writeFileSync(join(folder, name), `${content}\n`);
      return join(folder, name);
    };
    const env = {
      APP_ID: "4242",
      PRIVATE_KEY_PATH: path,
      WEBHOOK_SECRET_PATH: at("webhook", webhookSecret),
      DATABASE_URL_PATH: at("database", "postgres://pilotgate:pass@database/pilotgate"),
      METRICS_TOKEN_PATH: at("metrics", "a-token-for-metrics"),
    };
    expect(parseEnvironment(env)).toMatchObject({
      webhookSecret,
      databaseUrl: "postgres://pilotgate:pass@database/pilotgate",
      metricsToken: "a-token-for-metrics",
    });
    expect(parseEnvironment({ ...env, WEBHOOK_SECRET: "another-webhook-secret" }).webhookSecret).toBe("another-webhook-secret");
  });

  it.each([
    ["https://api.github.com/", "https://api.github.com"],
    ["https://ghe.example/api/v3", "https://ghe.example/api/v3"],
    ["https://api.octo.ghe.com", "https://api.octo.ghe.com"],
    ["http://127.0.0.1:4001/api/v3/", "http://127.0.0.1:4001/api/v3"],
    ["http://localhost:4001", "http://localhost:4001"],
  ])("takes %s", (given, apiUrl) => {
    expect(parseEnvironment({ ...good, GITHUB_API_URL: given }).apiUrl).toBe(apiUrl);
  });
});

describe("a bad environment", () => {
  const emptyFile = join(folder, "empty");
  writeFileSync(emptyFile, "\n");
  const cases: [string, Record<string, string | undefined>, RegExp][] = [
    ["no App id", { APP_ID: undefined }, /^APP_ID/],
    ["an App id that is no number", { APP_ID: "my-app" }, /^APP_ID/],
    ["no key", { PRIVATE_KEY: undefined }, /^PRIVATE_KEY or/],
    ["something else for a key", { PRIVATE_KEY: "hunter2hunter2" }, /^PRIVATE_KEY:/],
    ["a key file that is not there", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/nowhere/key.pem" }, /^PRIVATE_KEY_PATH/],
    [
      "a secret's file that is not there",
      { WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_PATH: "/nowhere/secret" },
      /^WEBHOOK_SECRET_PATH: the file/,
    ],
    ["a database's file that is not there", { DATABASE_URL_PATH: "/nowhere/url" }, /^DATABASE_URL_PATH: the file cannot/],
    ["a token's file that is empty", { METRICS_TOKEN_PATH: emptyFile }, /^METRICS_TOKEN_PATH: the file is empty/],
    ["no secret", { WEBHOOK_SECRET: undefined }, /^WEBHOOK_SECRET: it is not set/],
    ["an empty secret", { WEBHOOK_SECRET: "" }, /^WEBHOOK_SECRET: it is not set/],
    ["the public default", { WEBHOOK_SECRET: "development" }, /^WEBHOOK_SECRET: it is too easy/],
    ["a short secret", { WEBHOOK_SECRET: "a1b2c3d4" }, /^WEBHOOK_SECRET: it is too easy/],
    ["one character repeated", { WEBHOOK_SECRET: "a".repeat(40) }, /^WEBHOOK_SECRET: it is too easy/],
    ["a word repeated", { WEBHOOK_SECRET: "secretsecretsecret" }, /^WEBHOOK_SECRET: it is too easy/],
    ["plain http to elsewhere", { GITHUB_API_URL: "http://api.github.com" }, /^GITHUB_API_URL/],
    ["http to a name that only begins like this machine", { GITHUB_API_URL: "http://127.0.0.1.evil.example" }, /^GITHUB_API_URL/],
    ["no address", { GITHUB_API_URL: "github" }, /^GITHUB_API_URL/],
    ["an address with a password", { GITHUB_API_URL: "https://me:hunter2hunter2@api.github.com" }, /^GITHUB_API_URL/],
    ["a port too high", { PORT: "70000" }, /^PORT/],
    ["another database", { DATABASE_URL: "mysql://a:hunter2hunter2@b/c" }, /^DATABASE_URL/],
    ["an unknown level", { LOG_LEVEL: "loud" }, /^LOG_LEVEL/],
    ["an unknown format", { LOG_FORMAT: "xml" }, /^LOG_FORMAT/],
    ["a weak token for metrics", { METRICS_TOKEN: "abc" }, /^METRICS_TOKEN/],
    ["a demand that cannot be honoured", { PILOTGATE_REQUIRE_ORG_POLICY: "1" }, /^PILOTGATE_REQUIRE_ORG_POLICY/],
    ["sources that cannot be read", { PILOTGATE_SOURCES: "sources.yml" }, /^PILOTGATE_SOURCES/],
  ];
  it.each(cases)("%s", (_, env, problem) => {
    expect(problemsOf({ ...good, ...env })).toEqual([expect.stringMatching(problem)]);
  });

  it("is told whole, once, and without a value", () => {
    const env = Object.assign({}, ...cases.map(([, one]) => one), { PRIVATE_KEY: "hunter2hunter2" }) as Record<string, string>;
    const problems = problemsOf(env);
    expect(problems.length).toBeGreaterThan(9);
    expect(problems.join()).not.toContain("hunter2");
  });
});
