import { setFlagsFromString } from "node:v8";
import type { PGlite } from "@electric-sql/pglite";

/**
 * What a small database of one process needs: 8 MB of shared buffers instead of 128, a log that is recycled after 64 MB
 * (the default keeps 1 GB), no just-in-time compiler.
 */
const settings = ["shared_buffers=8MB", "wal_buffers=1MB", "max_wal_size=64MB", "min_wal_size=32MB", "jit=off"];

/**
 * V8's optimizing WebAssembly compiler takes 600 MB and seconds of processor time for PostgreSQL and gains nothing measurable on
 * statements as small as ours, so the code stays as the baseline compiler made it. Other WebAssembly of the process is compiled as ever:
 * a module keeps the flags it was made under. Both are needed, without the second the whole module is optimized at once.
 */
export const baselineFlags = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];

/** Opens the embedded database in an existing folder of its own. */
export async function openPglite(directory: string): Promise<PGlite> {
  const { PGlite } = await import("@electric-sql/pglite");
  baselineFlags.forEach((flag) => setFlagsFromString(flag));
  try {
    return await PGlite.create({
      dataDir: directory,
      startParams: [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ["-c", setting])],
    });
  } finally {
    baselineFlags.forEach((flag) => setFlagsFromString(flag.replace("--no-", "--")));
  }
}
