import { PortError } from "../app/ports.ts";
import { toTerminalText } from "../report/escape.ts";
import { EnvironmentError } from "../server/env.ts";
import { serve as startServer, type RunningApp } from "../server/main.ts";
import { UsageError, type ExitCode, type Io } from "./io.ts";
import { toolVersion } from "./tool-version.ts";

/** Where the documentation of this version stands; comments link there. */
const DOCS_URL = "https://github.com/pilotgate/pilotgate/blob/main";

/** `pilotgate serve`: runs the App until it is told to stop. What it says then goes to its log. */
export async function serve(io: Io): Promise<ExitCode> {
  const stopped = new Promise<void>((stop) => {
    process.once("SIGTERM", () => stop());
    process.once("SIGINT", () => stop());
  });
  const app = await start(io);
  if (app === null) return 2;
  await stopped;
  await app.close();
  return 0;
}

async function start(io: Io): Promise<RunningApp | null> {
  try {
    return await startServer(io.env, { toolVersion, docsUrl: DOCS_URL });
  } catch (error) {
    if (error instanceof PortError) throw new UsageError(error.message);
    if (!(error instanceof EnvironmentError)) throw error;
    io.err(`pilotgate: the environment is not complete:\n${error.problems.map((problem) => `  - ${toTerminalText(problem)}\n`).join("")}`);
    return null;
  }
}
