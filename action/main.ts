import { run } from "./run.ts";

/** Version of the project, set when this is built. */
declare const TOOL_VERSION: string;

process.exitCode = await run({
  env: process.env,
  out: (text) => void process.stdout.write(text),
  now: () => new Date(),
  toolVersion: TOOL_VERSION,
});
