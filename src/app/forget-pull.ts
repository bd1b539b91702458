import { newestChecks } from "./publish-checks.ts";
import type { PullRecord, RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";
import { pullJob } from "./jobs.ts";

/** A closed pull request no longer holds others with its head: they inherit its checks and are judged again. */
export async function forgetPull({ records, queue }: AppDeps, repository: RepositoryRef, record: PullRecord | null): Promise<void> {
  if (!record?.open) return;
  await records.save({ ...record, open: false });
  const sharing = (await records.withHead(repository.id, record.headSha)).filter(({ number, open }) => open && number !== record.number);
  for (const other of sharing) {
    await records.save({ ...other, checks: newestChecks([record, other], record.headSha) });
    await queue.enqueue(pullJob(repository, other.number, { event: "sibling-closed", action: null, deliveryId: "" }));
  }
}
