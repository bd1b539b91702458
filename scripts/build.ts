#!/usr/bin/env node
// Builds dist/: schemas and validators first, then one bundle with a chunk a command, so that `check` loads only what it needs.
import { chmod, rm } from "node:fs/promises";
import { build } from "esbuild";
import { generate } from "./generate.ts";

const root = new URL("..", import.meta.url);

await generate();
await rm(new URL("dist", root), { recursive: true, force: true });
await build({
  absWorkingDir: new URL(".", root).pathname,
  entryPoints: { "cli/main": "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  sourcemap: false,
  chunkNames: "chunks/[name]-[hash]",
  // Loaded from node_modules: they bring WebAssembly, workers or optional parts that a bundle would break. None is on the path of `check`.
  external: ["@electric-sql/pglite", "pg", "pg-native", "pg-boss", "probot", "pino", "emulate"],
  banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
  logLevel: "warning",
});
await chmod(new URL("dist/cli/main.js", root), 0o755);
