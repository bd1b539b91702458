/*
 * What the embedded store costs: processor time of this process a job, and memory. Run: node bench/store.ts [--database-url URL]
 * A job here is enqueue, begin, find and save of its pull request's record, the look for others of the same head, and its end.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Job } from "../src/app/ports.ts";
import { openStore } from "../src/store/open-store.ts";

const { values } = parseArgs({ options: { "database-url": { type: "string" }, jobs: { type: "string", default: "1000" } } });
const dataDir = mkdtempSync(join(tmpdir(), "pilotgate-bench-"));
const print = (details: object, message: string): void => console.log(message, details);
const openedAt = performance.now();
const store = await openStore({ databaseUrl: values["database-url"], dataDir, log: { info: print, warn: print, error: print } });
console.log(`open: ${(performance.now() - openedAt).toFixed(0)} ms, ${residentMb()} MB resident`);

let number = 0;
const ends = new Map<string, () => void>();
const stop = await store.runner.run(
  async (job) => {
    const found = await store.pulls.find(job.repository.id, number);
    await store.pulls.withHead(job.repository.id, job.key);
    await store.pulls.save({
      repositoryId: job.repository.id,
      number: job.subject.kind === "pull" ? job.subject.number : 0,
      headSha: job.key,
      baseRef: "main",
      open: true,
      checks: found?.checks ?? { "pilotgate/governance": { id: 1, conclusion: "failure", digest: "sha256:0" } },
      comment: { id: 1, digest: "sha256:0" },
      judgedAt: "2026-11-23T09:00:00Z",
    });
    ends.get(job.key)?.();
  },
  { concurrency: 64, attempts: 5, onGivenUp: (_, error) => Promise.reject(error) },
);

await measure("one at a time, none between (warms up)", 300, 1, 0);
await measure("nothing, every 150 ms", 40, 0, 150);
await measure("one every 150 ms", 100, 1, 150);
await measure("one at a time, none between", Number(values.jobs), 1, 0);
await measure("64 at a time", Math.ceil(Number(values.jobs) / 64), 64, 0);
await pause(2000);
console.log(`after ${number} jobs and 2 s: ${residentMb()} MB resident`);
await stop();
await store.close();
rmSync(dataDir, { recursive: true });

async function measure(label: string, rounds: number, atOnce: number, pauseMs: number): Promise<void> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(Array.from({ length: atOnce }, () => runOne()));
    if (pauseMs > 0) await pause(pauseMs);
  }
  const used = process.cpuUsage(before);
  const count = rounds * Math.max(1, atOnce);
  const cpu = (used.user + used.system) / 1000 / count;
  const wall = (performance.now() - startedAt) / count;
  console.log(`${label}: ${cpu.toFixed(2)} ms of processor, ${wall.toFixed(2)} ms of time a job; ${residentMb()} MB resident`);
}

async function runOne(): Promise<void> {
  number += 1;
  const job = jobOf(number);
  const ended = new Promise<void>((resolve) => ends.set(job.key, resolve));
  await store.queue.enqueue(job);
  await ended;
  ends.delete(job.key);
}

function jobOf(pull: number): Job {
  return {
    key: `acme/assistant#${pull}`,
    repository: { installationId: 1, id: 7, owner: "acme", name: "assistant" },
    subject: { kind: "pull", number: pull },
    reason: { event: "pull_request", action: "synchronize", deliveryId: `delivery-${pull}` },
  };
}

function residentMb(): string {
  return (process.memoryUsage().rss / 1e6).toFixed(0);
}
