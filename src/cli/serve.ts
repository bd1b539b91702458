import { PortError } from "../app/ports.ts";
import { EnvironmentError } from "../server/env.ts";
import { serve as start, type RunningApp } from "../server/main.ts";
import type { ExitCode, Io } from "./io.ts";
import { toolVersion } from "./tool-version.ts";

const DOCS_URL = "https://github.com/pilotgate/pilotgate/blob/main";
const CLOSE_WITHIN_MS = 25_000;

const signals = ["SIGTERM", "SIGINT"] as const;

/** Waits for a first signal, then closes. A second one, or too long a wait, ends the process at once: what was accepted is stored. */
function closeOnSignal(app: RunningApp): Promise<void> {
  return new Promise((resolve, reject) => {
    const forced = (signal: NodeJS.Signals) => {
      for (const name of signals) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    };
    const first = (signal: NodeJS.Signals) => {
      app.log.info({ signal }, "closing: running work ends first");
      for (const name of signals) process.removeAllListeners(name).once(name, forced);
      setTimeout(() => forced(signal), CLOSE_WITHIN_MS).unref();
      app.close().then(resolve, reject);
    };
    for (const name of signals) process.once(name, first);
  });
}

/** `pilotgate serve`: the App, until a signal ends it. */
export async function serve(io: Io): Promise<ExitCode> {
  try {
    const app = await start(io.env, { toolVersion, docsUrl: DOCS_URL });
    await closeOnSignal(app);
    return 0;
  } catch (error) {
    if (!(error instanceof EnvironmentError) && !(error instanceof PortError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}
