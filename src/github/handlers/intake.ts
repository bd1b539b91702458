import type { JobReason, JudgeSubject, RepositoryRef } from "../../app/ports.ts";

/** Where handlers put what is to be judged. */
export interface Intake {
  /** Resolves when it is durable. */
  accept(repository: RepositoryRef, subject: JudgeSubject, reason: JobReason): Promise<void>;
  /** Our own App's number. */
  appId: number;
}
