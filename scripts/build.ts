#!/usr/bin/env node
// Builds dist/: schemas and validators first, then the command line as one script whose compiled code can be kept, and the server in chunks.
import { createHash } from "node:crypto";
import { chmod, rm, writeFile } from "node:fs/promises";
import { build, type BuildOptions } from "esbuild";
import { generate } from "./generate.ts";
import { bundledPackages, thirdPartyNotices } from "./third-party.ts";

const root = new URL("..", import.meta.url);

await generate();
await rm(new URL("dist", root), { recursive: true, force: true });
const shared: BuildOptions = {
  absWorkingDir: new URL(".", root).pathname,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node22",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  sourcemap: false,
  metafile: true,
  logLevel: "warning",
};
const script = await build({
  ...shared,
  entryPoints: { "cli/app": "src/cli/app.ts" },
  format: "cjs",
  write: false,
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
  plugins: [
    {
      name: "server apart",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^\.\/(?:doctor|serve|demo)\.ts$/ }, ({ path }) => ({ path: path.slice(2, -3), namespace: "chunk" }));
        // `chunk` is what src/cli/load-app.ts hands to the script.
        onLoad({ filter: /./, namespace: "chunk" }, ({ path }) => ({
          contents: `export const ${path} = async (...given) => (await chunk("./${path}.js")).${path}(...given);`,
        }));
      },
    },
  ],
});
const app = toAscii(`(function(exports,require,module,__filename,__dirname,chunk){${script.outputFiles?.[0]?.text ?? ""}\n})`);
await build({
  ...shared,
  entryPoints: { "cli/main": "src/cli/main.ts" },
  format: "esm",
  define: { APP_DIGEST: JSON.stringify(createHash("sha256").update(app).digest("hex").slice(0, 16)) },
});
const server = await build({
  ...shared,
  entryPoints: { "cli/doctor": "src/cli/doctor.ts", "cli/serve": "src/cli/serve.ts", "cli/demo": "src/cli/demo.ts" },
  splitting: true,
  format: "esm",
  chunkNames: "chunks/[name]-[hash]",
  // From node_modules: the embedded database is files beside its code, and an optional part; the emulator is the demo's alone; nobody has pg-native.
  external: ["@electric-sql/pglite", "emulate", "pg-native"],
  banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
});
await writeFile(new URL("dist/cli/app.cjs", root), app);
await writeFile(
  new URL("dist/third-party.txt", root),
  thirdPartyNotices(root, bundledPackages([script.metafile, server.metafile].filter((file) => file !== undefined))),
);
await chmod(new URL("dist/cli/main.js", root), 0o755);

/** Patterns keep their characters in the bundle; as escapes they mean the same. */
function toAscii(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
