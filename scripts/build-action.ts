#!/usr/bin/env node
// Builds action/dist/: the Action as one script with the licences of what is in it, committed because GitHub runs it as it stands in the repository.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { generate } from "./generate.ts";
import { bundledPackages, thirdPartyNotices } from "./third-party.ts";

const root = new URL("..", import.meta.url);

export interface Bundle {
  script: string;
  /** Licences of what is in it. */
  licences: string;
  metafile: Metafile;
}

/** The script and what went into it; equal sources give equal bytes, wherever they stand. */
export async function bundleAction(): Promise<Bundle> {
  const { version } = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as { version: string };
  const { outputFiles, metafile } = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: ["action/main.ts"],
    outfile: "action/dist/index.js",
    write: false,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    charset: "ascii",
    metafile: true,
    // Names of modules stay below node_modules, also where that is a link.
    preserveSymlinks: true,
    logLevel: "warning",
    define: { TOOL_VERSION: JSON.stringify(version) },
    banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
  });
  return { script: outputFiles[0]?.text ?? "", licences: thirdPartyNotices(root, bundledPackages([metafile])), metafile };
}

if (import.meta.main) {
  await generate();
  const { script, licences } = await bundleAction();
  await mkdir(new URL("action/dist", root), { recursive: true });
  await writeFile(new URL("action/dist/index.js", root), script);
  await writeFile(new URL("action/dist/licenses.txt", root), licences);
}
