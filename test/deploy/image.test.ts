import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { root } from "../cli/run-cli.ts";
import { context, copyFiles, dockerfile, stagesOf } from "./dockerfile.ts";

/* No image is built here. What its files would be is made in a folder instead, by the same instructions, and run; the rest is read. */

const [build = [], final = []] = stagesOf(dockerfile);
const valueOf = (name: string) => final.filter((one) => one.name === name).map(({ rest }) => rest);

describe("the image", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "image-")));
  const places = { image: join(folder, "image"), build: join(folder, "build") };
  const node = (argv: string[], cwd: string) => spawnSync(process.execPath, argv, { cwd, encoding: "utf8", env: {} });

  beforeAll(() => {
    copyFiles(build, { image: places.build, build: "" });
    symlinkSync(realpathSync(join(root, "node_modules")), join(places.build, "build/node_modules"));
    const commands = build.filter(({ name }) => name === "RUN").map(({ rest }) => rest);
    expect(commands).toEqual(["npm ci --ignore-scripts --no-audit --no-fund", "node scripts/build.ts"]);
    const built = node(["scripts/build.ts"], join(places.build, "build"));
    expect([built.stderr, built.status]).toEqual(["", 0]);
    copyFiles(final, places);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the program and the embedded database, and nothing else", () => {
    const app = join(places.image, "app");
    expect(readdirSync(app).toSorted()).toEqual(["LICENSE", "dist", "node_modules", "package.json"]);
    expect(readdirSync(join(app, "node_modules"))).toEqual(["@electric-sql"]);
    expect(readdirSync(join(app, "node_modules/@electric-sql"))).toEqual(["pglite"]);
  });

  it("starts as it is told to", () => {
    const [command, main = "", ...more] = JSON.parse(valueOf("ENTRYPOINT")[0] ?? "[]") as string[];
    expect([command, more]).toEqual(["node", []]);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(node([join(places.image, main), "--version"], folder).stdout).toBe(`${version}\n`);
    const served = node([join(places.image, main), ...(JSON.parse(valueOf("CMD")[0] ?? "[]") as string[])], folder);
    expect([served.status, served.stderr]).toEqual([2, expect.stringContaining("WEBHOOK_SECRET: it is not set")]);
    const script = 'console.log(import.meta.resolve("@electric-sql/pglite"))';
    expect(node(["--input-type=module", "--eval", script], join(places.image, "app/dist/chunks")).stdout).toContain(
      "/image/app/node_modules/",
    );
  });

  it("has a health check that needs no shell and no other program", () => {
    const check = valueOf("HEALTHCHECK")[0] ?? "";
    const [command, flag, script = ""] = JSON.parse(check.slice(check.indexOf("["))) as string[];
    expect([command, flag]).toEqual(["node", "-e"]);
    expect(script).toContain("/healthz");
    expect(node(["-e", script.replaceAll("process.env.PORT", "1")], folder).status).toBe(1);
  });
});

describe("the Dockerfile", () => {
  it("runs as nobody in particular, stops as the App expects, listens to all", () => {
    expect(valueOf("USER")).toEqual(["1000:1000"]);
    expect(valueOf("STOPSIGNAL")).toEqual(["SIGTERM"]);
    expect(valueOf("VOLUME")).toEqual(["/data"]);
    expect(valueOf("EXPOSE")).toEqual(["3000"]);
    expect(valueOf("ENV")).toEqual(["NODE_ENV=production HOST=0.0.0.0 PORT=3000 PILOTGATE_DATA_DIR=/data"]);
    expect(final.findIndex(({ name }) => name === "USER")).toBeGreaterThan(final.findLastIndex(({ name }) => name === "RUN"));
  });

  it("takes no secret into a layer, and nothing from the network but packages of the lock file", () => {
    const everything = [...build, ...final];
    expect(everything.filter(({ name }) => name === "ADD" || name === "ARG")).toEqual([]);
    expect(dockerfile).not.toMatch(/APP_ID|PRIVATE_KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL|curl|wget|npm install/);
  });

  it("builds from a list of what may come in", () => {
    expect(readFileSync(join(root, ".dockerignore"), "utf8")).toMatch(/^\*$/m);
    expect(context.toSorted()).toEqual([".npmrc", "LICENSE", "package-lock.json", "package.json", "scripts", "src", "tsconfig.json"]);
  });
});
