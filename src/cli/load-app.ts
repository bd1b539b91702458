import { closeSync, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire, enableCompileCache, getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import type * as app from "./app.ts";

type App = typeof app;

/** Set by the build: digest of `app.cjs`. */
declare const APP_DIGEST: string | undefined;

/* A cache holds what one command needed; commands that are run seldom do without. */
const kept = new Set(["check", "read", "explain", "validate"]);

/**
 * The command line: from source as it is, in a build from `app.cjs`. Node's own cache keeps only what is compiled at once, and most of our
 * functions are compiled when first called; so the code is kept again after a command has run, beside Node's cache and as trusted as that.
 */
export async function loadApp(command: string | undefined): Promise<App> {
  enableCompileCache?.();
  if (typeof APP_DIGEST === "undefined") return import("./app.ts");
  const file = fileURLToPath(new URL("app.cjs", import.meta.url));
  const folder = command !== undefined && kept.has(command) ? getCompileCacheDir?.() : undefined;
  const cache = folder === undefined ? undefined : join(folder, `pilotgate-${APP_DIGEST}-${command}`);
  // The build writes ASCII only: read as Latin-1 it needs no decoding and half the memory.
  const script = new Script(`(function(exports,require,module,__filename,__dirname,chunk){${readFileSync(file, "latin1")}\n})`, {
    filename: file,
    cachedData: cache === undefined ? undefined : readOwn(cache),
  });
  if (cache !== undefined && script.cachedDataRejected !== false) process.once("exit", (code) => code < 2 && keep(script, cache));
  const module: { exports: unknown } = { exports: {} };
  const chunk = (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href);
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), chunk);
  return module.exports as App; // the script is the bundle of that module
}

/** A file that another user wrote is not code of ours. */
function readOwn(path: string): Buffer | undefined {
  try {
    const file = openSync(path, "r");
    try {
      return process.getuid === undefined || fstatSync(file).uid === process.getuid() ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Whole or not at all; where nothing can be written, the next run compiles again. */
function keep(script: Script, path: string): void {
  try {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600, flag: "wx" });
    renameSync(unfinished, path);
  } catch {
    // A cache is never worth a failure.
  }
}
