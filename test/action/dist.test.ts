import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { build, type Metafile } from "esbuild";
import { load } from "js-yaml";
import { bundleAction } from "../../scripts/build-action.ts";
import { built, root } from "./a-job.ts";

interface Manifest {
  name: string;
  description: string;
  branding: { icon: string; color: string };
  inputs: Record<string, { description: string; required: boolean; default: string }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
}

const partsOf = ({ outputs }: Metafile) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));

describe("the committed bundle", () => {
  let bundle: Awaited<ReturnType<typeof bundleAction>>;
  beforeAll(async () => {
    bundle = await bundleAction();
  });

  it("is what the sources build: else `npm run build:action`, and commit it", () => {
    // Not toBe: a difference in a file of few lines is no help.
    expect(readFileSync(built, "utf8") === bundle.script).toBe(true);
    expect(readFileSync(join(root, "action/dist/licenses.txt"), "utf8") === bundle.licences).toBe(true);
  });

  it("holds no database, no Probot and no command line; nor does `check`", async () => {
    const heavy = /node_modules\/(probot|pg|kysely|@electric-sql|pino|emulate)\b|src\/(store|server|demo)\//;
    expect(
      partsOf(bundle.metafile).filter((path) => heavy.test(path) || path.includes("src/cli/") || path.includes("/commander/")),
    ).toEqual([]);
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ["src/cli/check.ts"],
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
      metafile: true,
      outfile: "check.js",
    });
    expect(partsOf(metafile).filter((path) => heavy.test(path))).toEqual([]);
  });

  it("asks for nothing beside itself, and names no place of the machine that built it", () => {
    const outside = Object.values(bundle.metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(outside.filter((path) => !path.startsWith("node:") && !/^[a-z_/]+$/.test(path))).toEqual([]);
    expect(bundle.script).not.toContain(root);
    expect(bundle.script).not.toContain("sourceMappingURL");
  });
});

describe("action.yml", () => {
  const manifest = load(readFileSync(join(root, "action/action.yml"), "utf8")) as Manifest;

  it("runs what is built, on Node 24", () => {
    expect(manifest.runs).toEqual({ using: "node24", main: "dist/index.js" });
    expect(Object.keys(manifest).toSorted()).toEqual(["author", "branding", "description", "inputs", "name", "outputs", "runs"]);
  });

  it("has the inputs and outputs that the program and its page know", () => {
    const inputs = Object.keys(manifest.inputs);
    const page = readFileSync(join(root, "docs/action.md"), "utf8");
    const program = readFileSync(join(root, "action/inputs.ts"), "utf8");
    expect(inputs).toEqual(["gate", "system", "policy", "format", "fail-on", "app-id", "token"]);
    for (const name of inputs) {
      expect(program).toContain(`"${name}"`);
      expect(page).toContain(`| \`${name}\` |`);
    }
    const outputs = Object.keys(manifest.outputs);
    expect(outputs).toEqual(["verdict", "report", "held", "unseen"]);
    for (const name of outputs) {
      expect(readFileSync(join(root, "action/publish.ts"), "utf8")).toContain(`${name}:`);
      expect(page).toContain(`| \`${name}\` |`);
    }
    expect(manifest.inputs["token"]?.default).toBe("${{ github.token }}");
    expect(manifest.inputs["fail-on"]?.default).toBe("enforced");
  });
});
