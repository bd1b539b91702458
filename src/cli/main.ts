#!/usr/bin/env node
import type { Io } from "./io.ts";
import { loadApp } from "./load-app.ts";

const { app, keptFile } = await loadApp(process.argv[2]);
const { openTerminal, pilotgate, wantsColor, wantsUnicode } = app;

const { stdout, stderr, env, platform } = process;
// A reader that has seen enough, as `head` does, is no fault; a full disk is one, and what was to be said is lost.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    if (stream === stdout) stderr.write("pilotgate: standard output cannot be written.\n");
    process.exit(2);
  });
}
const io: Io = {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  cwd: process.cwd(),
  env,
  color: { out: wantsColor(env, stdout), err: wantsColor(env, stderr) },
  width: stdout.columns || 80,
  unicode: wantsUnicode(env, stdout, platform),
  now: () => new Date(),
  ...(stderr.isTTY ? { progress: (line: string) => void stderr.write(`\r\u001b[K${line}`) } : {}),
  // Asked for by number: the stream of standard input need not be opened for commands that ask nothing.
  ...(stdout.isTTY && process.getBuiltinModule("node:tty").isatty(0) ? { openTerminal } : {}),
  // In CI other jobs of the same user may have written to the folder: there every file is read anew.
  ...(keptFile === null || env["CI"] ? {} : { keptReadings: keptFile("readings") }),
};
process.exitCode = await pilotgate(process.argv.slice(2), io);
