import { generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import nock from "nock";

/* Hosts that no machine at hand can be: the addresses of GitHub, of an Enterprise Server and of data residency, over https. */

const { createAuth } = await import("../../src/github/app-auth.ts");
const { createForge } = await import("../../src/github/forge.ts");
const { createInstallations } = await import("../../src/github/installation.ts");
const { createTransport } = await import("../../src/github/transport.ts");

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const repository = { installationId: 5, id: 9, owner: "acme", name: "assistant" };
const COMMIT = "a".repeat(40);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

describe("the root of the API", () => {
  it.each([
    ["GitHub", "https://api.github.com", ""],
    ["Enterprise Server", "https://github.acme.example/api/v3", "/api/v3"],
    ["data residency", "https://api.acme.ghe.com", ""],
  ])("is kept in every address: %s", async (_, apiUrl, prefix) => {
    const github = nock(new URL(apiUrl).origin)
      .post(`${prefix}/app/installations/5/access_tokens`)
      .reply(201, {
        token: "ghs_t",
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
        permissions: {},
        repository_selection: "all",
      })
      .get(`${prefix}/repos/acme/assistant/git/ref/heads/main`)
      .reply(200, { ref: "refs/heads/main", object: { sha: COMMIT } });
    const transport = createTransport(apiUrl);
    const auth = createAuth({ appId: 4242, privateKey, apiUrl, userAgent: "test", send: transport.send });
    const forge = createForge(createInstallations({ apiUrl, userAgent: "test", send: transport.send, auth }), async () => ({
      id: 4242,
      slug: "pilotgate",
    }));
    expect(await forge.branchTip(repository, "main")).toBe(COMMIT);
    expect(github.pendingMocks()).toEqual([]);
    transport.close();
  });
});
