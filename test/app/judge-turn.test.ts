import { describe, expect, it } from "@jest/globals";
import { handleJob } from "../../src/app/handle-job.ts";
import { toJob } from "../../src/app/jobs.ts";
import { hasTurned } from "../../src/app/judge-turn.ts";
import type { Job } from "../../src/app/ports.ts";
import type { AppDeps } from "../../src/app/pull-deps.ts";
import type { DoctorRounds, SettingsReader } from "../../src/app/settings.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { createRepository, readyFiles, repository } from "./a-repository.ts";

const gate = (line: string) => `version: 1
systems:
  - id: a
    risk: low
    models: [{ id: chat, provider: openai, model: gpt-4o-2024-11-20 }]
    gates: { governance: { branches: [main], ${line} } }
`;

function turnedAt(line: string, at: string): boolean {
  const parsed = parsePolicy(gate(line), { file: "pilotgate.yml" });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(" "));
  return hasTurned(resolvePolicy(parsed.policy), at);
}

describe("the day on which a gate turns to blocking", () => {
  it.each([
    ["the second before it begins", "enforcement: warn, enforceFrom: 2026-12-01", "2026-11-30T23:59:59Z", false],
    ["as it begins", "enforcement: warn, enforceFrom: 2026-12-01", "2026-12-01T00:00:00Z", true],
    ["six days later, after a time without us", "enforcement: advisory, enforceFrom: 2026-12-01", "2026-12-07T12:00:00Z", true],
    ["a week later", "enforcement: advisory, enforceFrom: 2026-12-01", "2026-12-08T00:00:00Z", false],
    ["of a gate without a date", "enforcement: warn", "2026-12-01T00:00:00Z", false],
  ])("%s", (_when, line, at, turns) => {
    expect(turnedAt(line, at)).toBe(turns);
  });

  it.each([
    ["turns", "enforcement: warn, enforceFrom: 2026-11-23", "fanned-out", 1],
    ["does not turn", "enforcement: warn, enforceFrom: 2026-12-24", "not-needed", 0],
  ])("has open pull requests judged again where it %s", async (_name, line, outcome, count) => {
    const at = createRepository();
    const main = at.commit({ ...readyFiles(), ".github/pilotgate.yml": gate(line) });
    at.setBranch("main", main);
    const jobs: Job[] = [];
    const settings = {
      repository: async () => ({ owner: "acme", name: "assistant", id: repository.id, defaultBranch: "main" }),
    } as Partial<SettingsReader> as SettingsReader;
    const deps: AppDeps = {
      ...at.deps,
      forge: { ...at.deps.forge, openPulls: async () => [3] },
      queue: { enqueue: async (job) => void jobs.push(job) },
      doctor: { settings, rounds: {} as DoctorRounds, appId: 4242, host: "github.com" },
    };
    const job = toJob(repository, { kind: "day" }, { event: "schedule", action: null, deliveryId: "2026-11-23" });
    expect(await handleJob(deps, null, job)).toBe(outcome);
    expect(jobs.filter(({ subject }) => subject.kind === "pull" && subject.number === 3)).toHaveLength(count);
  });
});
