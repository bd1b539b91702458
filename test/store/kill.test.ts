import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openAt, places } from "./test-store.ts";

const script = join(import.meta.dirname, "enqueue-until-killed.ts");
const enough = 60;

/** Starts a server on that database, kills it with no chance to tidy up, and returns what it had acknowledged. */
async function killServer(options: object): Promise<string[]> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === enough) child.kill("SIGKILL");
  }
  expect(await ended).toBe("SIGKILL");
  return acknowledged;
}

describe.each(places)("a server that is killed, $name", (place) => {
  beforeAll(() => place.prepare());
  afterAll(() => place.remove());

  it("loses nothing it acknowledged, and runs again what was running", async () => {
    // On PostgreSQL another process waits until the lease of the dead one has ended.
    const leaseMs = 1500;
    const acknowledged = await killServer({ ...place.options(), leaseMs });
    const store = await openAt(place, { leaseMs });
    const handled: { key: string; keyIsNew: boolean }[] = [];
    const missing = new Set(acknowledged);
    await new Promise<void>((resolve) => {
      void store.runner.run(
        (job) => {
          handled.push({ key: job.key, keyIsNew: !handled.some(({ key }) => key === job.key) });
          missing.delete(job.key);
          if (missing.size === 0) resolve();
          return Promise.resolve();
        },
        { concurrency: 4, attempts: 5, onGivenUp: () => Promise.resolve() },
      );
    });
    await store.close();
    expect(acknowledged).toContain("running");
    expect(handled.filter(({ keyIsNew }) => !keyIsNew)).toEqual([]);
  });
});
