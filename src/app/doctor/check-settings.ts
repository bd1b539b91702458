import { toDoctorOutput } from "../../report/to-doctor-output.ts";
import type { JobOutcome } from "../handle-job.ts";
import { PortError, type Job } from "../ports.ts";
import { publishChecks } from "../publish-checks.ts";
import type { AppDeps, DoctorParts } from "../pull-deps.ts";
import { DOCTOR_CHECK } from "../settings.ts";
import { runDoctor, type Doctored } from "./run-doctor.ts";

/* The weekly look at a repository's settings: a check on the newest commit of the default branch, which never blocks. */

const goneCodes: ReadonlySet<string> = new Set(["not-found", "unauthorized", "forbidden"]);

/** Null where the repository is gone, under another name somebody else's, or no longer ours to see. */
async function look(deps: AppDeps, { settings, appId, host }: DoctorParts, { repository }: Job): Promise<Doctored | null> {
  const { forge, readPolicy, toolVersion } = deps;
  try {
    const facts = await settings.repository(repository);
    if (facts.id !== repository.id) return null;
    return await runDoctor({ settings, forge, readPolicy, toolVersion, at: deps.now(), host }, facts, repository.installationId, appId);
  } catch (error) {
    if (error instanceof PortError && goneCodes.has(error.code)) return null;
    throw error;
  }
}

/** Throws PortError for what is worth another try. */
export async function checkSettings(deps: AppDeps, job: Job): Promise<JobOutcome> {
  const { doctor, forge, docsUrl } = deps;
  if (doctor === undefined) return "not-needed";
  const { repository, reason } = job;
  const doctored = await look(deps, doctor, job);
  if (doctored === null || doctored.kind === "absent") {
    await doctor.rounds.forget(repository.id);
    return "not-needed";
  }
  // A broken policy is told by every gate's check.
  if (doctored.kind !== "diagnosis") return "not-needed";
  const { diagnosis, commit } = doctored;
  const before = await doctor.rounds.written(repository.id);
  const known = before?.headSha === commit ? { [DOCTOR_CHECK]: before.check } : {};
  const decision = {
    name: DOCTOR_CHECK,
    conclusion: diagnosis.outcome === "proven" ? ("success" as const) : ("neutral" as const),
    output: toDoctorOutput(diagnosis, docsUrl),
  };
  const checks = await publishChecks(forge, repository, commit, [decision], { known, asked: reason.asked === true });
  const check = checks[DOCTOR_CHECK];
  if (check) await doctor.rounds.save(repository.id, { headSha: commit, check });
  return "judged";
}
