import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { load, loadAll } from "js-yaml";
import { root } from "../cli/run-cli.ts";

/* compose.yaml and deploy/kubernetes.yaml, held against what the App reads and serves. */

const read = (path: string) => readFileSync(join(root, path), "utf8");
const settings = new Set(
  read("src/server/env.ts")
    .match(/"[A-Z][A-Z_]{2,}"/g)
    ?.map((text) => text.slice(1, -1)),
);
const isSetting = (name: string) => settings.has(name) || (name.endsWith("_PATH") && settings.has(name.slice(0, -"_PATH".length)));

describe("the App's manifests", () => {
  interface AppManifest {
    default_permissions: Record<string, string>;
    default_events: string[];
  }
  const plain = load(read("app.yml")) as AppManifest;
  const writing = load(read("app.contents-write.yml")) as AppManifest;

  it("differ in one right alone, which the plain one does not ask for", () => {
    expect(plain.default_permissions["contents"]).toBe("read");
    expect(writing).toEqual({ ...plain, default_permissions: { ...plain.default_permissions, contents: "write" } });
  });

  it("ask for what docs/security.md explains", () => {
    for (const [name, right] of Object.entries(plain.default_permissions))
      expect(read("docs/security.md")).toContain(`| \`${name}: ${right}\` |`);
    for (const event of plain.default_events) expect(read("docs/security.md")).toContain(`\`${event}\``);
  });
});

interface Service {
  environment: Record<string, string>;
  secrets: string[];
  [key: string]: unknown;
}
interface Compose {
  services: { app: Service; database: Service };
  secrets: Record<string, { file: string }>;
  networks: Record<string, object>;
  volumes: Record<string, object>;
}

describe("compose.yaml", () => {
  const { services, secrets, networks, volumes } = load(read("compose.yaml")) as Compose;
  const { app, database } = services;

  it("gives the App settings that it knows, and every secret as a file", () => {
    expect(Object.keys(app.environment).filter((name) => !isSetting(name))).toEqual([]);
    for (const { environment, secrets: given } of [app, database])
      for (const [name, value] of Object.entries(environment)) {
        if (/_(?:PATH|FILE)$/.test(name)) expect(given).toContain(value.replace("/run/secrets/", ""));
        else expect(name).not.toMatch(/SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL/);
      }
    expect(Object.keys(secrets).toSorted()).toEqual([...app.secrets, ...database.secrets].toSorted());
    for (const { file } of Object.values(secrets)) expect(file).toMatch(/^\.\/secrets\//);
    expect(read(".gitignore")).toMatch(/^secrets\/$/m);
  });

  it("waits for the database, and shuts in what needs no way out", () => {
    expect(app["depends_on"]).toEqual({ database: { condition: "service_healthy" } });
    expect(database["healthcheck"]).toMatchObject({ test: ["CMD", "pg_isready", "--username=pilotgate", "--dbname=pilotgate"] });
    expect(networks["back"]).toEqual({ internal: true });
    expect([database["networks"], database["ports"]]).toEqual([["back"], undefined]);
    expect(app["ports"]).toEqual(["127.0.0.1:3000:3000"]);
    expect(Object.keys(volumes)).toEqual(["database"]);
  });

  it("takes every right from the App", () => {
    expect(app).toMatchObject({
      user: "1000:1000",
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      stop_grace_period: "30s",
    });
  });
});

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec: Record<string, unknown>;
}

describe("deploy/kubernetes.yaml", () => {
  const manifests = loadAll(read("deploy/kubernetes.yaml")) as Manifest[];
  function of(kind: string): Manifest {
    const found = manifests.find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`there is no ${kind}`);
    return found;
  }
  const deployment = of("Deployment").spec as {
    replicas: number;
    selector: { matchLabels: object };
    template: { metadata: { labels: object }; spec: Record<string, unknown> };
  };
  const pod = deployment.template.spec;
  const [container = {}] = pod["containers"] as Record<string, unknown>[];
  const ports = container["ports"] as { name: string; containerPort: number }[];
  const env = container["env"] as { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];

  it("is everything that belongs together, in one namespace", () => {
    expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      "v1 Namespace",
      "v1 ServiceAccount",
      "apps/v1 Deployment",
      "v1 Service",
      "policy/v1 PodDisruptionBudget",
      "networking.k8s.io/v1 NetworkPolicy",
    ]);
    for (const { kind, metadata } of manifests)
      expect(metadata.namespace ?? metadata.name).toBe(kind === "Namespace" ? metadata.name : "pilotgate");
  });

  it("meets the restricted pod security standard, with a root that cannot be written to", () => {
    expect(pod["securityContext"]).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } });
    expect(container["securityContext"]).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect([pod["automountServiceAccountToken"], pod["hostNetwork"], pod["hostPID"]]).toEqual([false, undefined, undefined]);
  });

  it("asks where the App answers", () => {
    const path = (name: string) => (container[name] as { httpGet: { path: string; port: string } }).httpGet;
    expect(path("startupProbe")).toEqual({ path: "/healthz", port: "http" });
    expect(path("livenessProbe")).toEqual({ path: "/healthz", port: "http" });
    expect(path("readinessProbe")).toEqual({ path: "/readyz", port: "http" });
    expect(Object.fromEntries(ports.map(({ name, containerPort }) => [name, containerPort]))).toEqual({ http: 3000, metrics: 9090 });
    expect(env.find(({ name }) => name === "METRICS_PORT")?.value).toBe("9090");
    expect(of("Service").spec["ports"]).toEqual([{ name: "http", port: 80, targetPort: "http" }]);
    expect(pod["terminationGracePeriodSeconds"]).toBeGreaterThan(25);
  });

  it("holds no secret, and refers to one that its first lines say how to make", () => {
    expect(manifests.some(({ kind }) => kind === "Secret")).toBe(false);
    expect(env.map(({ name }) => name).filter((name) => !isSetting(name))).toEqual([]);
    const volumes = pod["volumes"] as {
      name: string;
      secret?: { secretName: string; defaultMode: number; items: { key: string; path: string }[] };
    }[];
    const secret = volumes.find(({ name }) => name === "secrets")?.secret;
    const mounted = secret?.items.map(({ path }) => `/run/secrets/pilotgate/${path}`);
    expect(env.flatMap(({ name, value }) => (name.endsWith("_PATH") ? [value] : []))).toEqual(mounted);
    expect(secret?.defaultMode).toBe(0o440);
    const keys = [...(secret?.items.map(({ key }) => key) ?? []), ...env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef.key ?? [])];
    const head = read("deploy/kubernetes.yaml").split("apiVersion")[0] ?? "";
    for (const key of keys) expect(head).toMatch(new RegExp(`--from-(?:literal|file)=${key}=`));
  });

  it("keeps one running while nodes go, and lets out what the App asks for alone", () => {
    expect(deployment.replicas).toBe(2);
    expect(of("PodDisruptionBudget").spec["minAvailable"]).toBe(1);
    for (const kind of ["PodDisruptionBudget", "Deployment"])
      expect(of(kind).spec["selector"]).toEqual({ matchLabels: deployment.template.metadata.labels });
    const { egress } = of("NetworkPolicy").spec as { egress: { ports: { port: number }[] }[] };
    expect(egress.flatMap((rule) => rule.ports.map(({ port }) => port))).toEqual([53, 53, 443, 5432]);
  });
});
