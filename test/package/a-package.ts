import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { root, type Ran } from "../cli/run-cli.ts";

/** What `npm pack` makes of the build that stands in `dist/`. */
export interface Packed {
  file: string;
  /** Bytes of the archive. */
  size: number;
  unpackedSize: number;
  paths: string[];
}

export interface Consumer {
  folder: string;
  packed: Packed;
  /** Runs the installed command. */
  pilotgate(argv: readonly string[], env?: Record<string, string | undefined>): Ran;
  /** Puts the optional part beside it, as `npm install` would. */
  addEmbeddedDatabase(): void;
  remove(): void;
}

export const isBuilt = existsSync(join(root, "dist/cli/main.js"));

/* This Node first, whatever the system has. */
const PATH = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
const npm = (argv: readonly string[], cwd: string) =>
  execFileSync("npm", [...argv, "--no-audit", "--no-fund", "--no-update-notifier"], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** The package, installed in an empty project as anybody would, but without a network: it depends on nothing, and none of its scripts can run there. */
export function installPackage(): Consumer {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "package-")));
  const [made] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root)) as {
    filename: string;
    size: number;
    unpackedSize: number;
    files: { path: string }[];
  }[];
  if (made === undefined) throw new Error("npm pack made nothing");
  const packed = { ...made, file: join(folder, made.filename), paths: made.files.map(({ path }) => path) };
  writeFileSync(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
  npm(["install", "--offline", packed.file], folder);
  return {
    folder,
    packed,
    pilotgate(argv, env = {}) {
      const command = join(folder, "node_modules/.bin/pilotgate");
      const { status, stdout, stderr } = spawnSync(command, argv, { cwd: folder, encoding: "utf8", env: { PATH, ...env } });
      return { exit: status, out: stdout, err: stderr };
    },
    addEmbeddedDatabase() {
      mkdirSync(join(folder, "node_modules/@electric-sql"));
      symlinkSync(realpathSync(join(root, "node_modules/@electric-sql/pglite")), join(folder, "node_modules/@electric-sql/pglite"));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const copyExample = (name: string, to: string) => cpSync(join(root, "examples", name), to, { recursive: true });
export const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
