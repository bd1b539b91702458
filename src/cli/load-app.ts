import { readOwnFile, writeOwnFile } from "../local/own-file.ts";
import type * as app from "./app.ts";

// Imported, they would load all that they may ever need, such as streams of files.
const { readFileSync } = process.getBuiltinModule("node:fs");
const { createRequire, enableCompileCache, getCompileCacheDir } = process.getBuiltinModule("node:module");
const { dirname, join } = process.getBuiltinModule("node:path");
const { fileURLToPath } = process.getBuiltinModule("node:url");
const { Script } = process.getBuiltinModule("node:vm");

type App = typeof app;

/** Bytes before the kept code: the size of all compiled code at that time, as V8 counts it. */
const HEADER = 8;
const MAX_CODE_BYTES = 64 * 1024 * 1024;

export interface LoadedApp {
  app: App;
  /** Path for something of this build's that the next run may use; null where nothing is kept. */
  keptFile: ((name: string) => string) | null;
}

/** Set by the build: digest of `app.cjs`. */
declare const APP_DIGEST: string | undefined;

/* A cache holds what one command needed; commands that are run seldom do without. */
const often = new Set(["check", "read", "explain", "validate"]);

/**
 * The command line: from source as it is, in a build from `app.cjs`. Node's own cache keeps only what is compiled at once, and most of our
 * functions are compiled when first called; so the code is kept again after a command has run, beside Node's cache and as trusted as that.
 */
export async function loadApp(command: string | undefined): Promise<LoadedApp> {
  enableCompileCache?.();
  if (typeof APP_DIGEST === "undefined") return { app: await import("./app.ts"), keptFile: null };
  const file = fileURLToPath(new URL("app.cjs", import.meta.url));
  const folder = getCompileCacheDir?.();
  const keptFile = folder === undefined ? null : (name: string) => join(folder, `pilotgate-${APP_DIGEST}-${name}`);
  const path = command !== undefined && often.has(command) ? keptFile?.(command) : undefined;
  const kept = path === undefined ? undefined : readOwnFile(path, MAX_CODE_BYTES);
  // The build writes ASCII only: read as Latin-1 it needs no decoding and half the memory.
  const script = new Script(readFileSync(file, "latin1"), { filename: file, cachedData: kept?.subarray(HEADER) });
  if (path !== undefined) {
    const before = script.cachedDataRejected === false ? (kept?.readDoubleLE(0) ?? 0) : 0;
    process.once("exit", (code) => code < 2 && keep(script, path, before));
  }
  const module: { exports: unknown } = { exports: {} };
  const chunk = (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href);
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), chunk);
  return { app: module.exports as App, keptFile }; // the script is the bundle of that module
}

/** Code that was compiled before and in this run, if that is clearly more. */
function keep(script: InstanceType<typeof Script>, path: string, before: number): void {
  const { getHeapSpaceStatistics } = process.getBuiltinModule("node:v8");
  const compiled = getHeapSpaceStatistics().find((space) => space.space_name === "trusted_space")?.space_used_size ?? 0;
  if (before > 0 && compiled <= before * 1.1) return;
  const header = Buffer.alloc(HEADER);
  header.writeDoubleLE(compiled);
  writeOwnFile(path, Buffer.concat([header, script.createCachedData()]));
}
