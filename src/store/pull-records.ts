import type { PullRecord, PullRecords } from "../app/ports.ts";
import { findPullRecord, findPullRecordsWithHead } from "./find-pull-records.ts";
import type { Database } from "./store-database.ts";
import type { WriteBehind } from "./write-behind.ts";

/** `save` resolves before the record is written: it may be lost, and is read again from GitHub then. */
export function createPullRecords(db: Database, writes: WriteBehind): PullRecords {
  const unsaved = (repositoryId: number): PullRecord[] => writes.unsaved().filter((record) => record.repositoryId === repositoryId);
  return {
    async find(repositoryId, number) {
      return unsaved(repositoryId).find((record) => record.number === number) ?? (await findPullRecord(db, repositoryId, number));
    },
    async withHead(repositoryId, headSha) {
      const newer = unsaved(repositoryId);
      const written = await findPullRecordsWithHead(db, repositoryId, headSha);
      return [
        ...written.filter((record) => !newer.some(({ number }) => number === record.number)),
        ...newer.filter((record) => record.open && record.headSha === headSha),
      ].sort((a, b) => a.number - b.number);
    },
    save(record) {
      writes.save(record);
      return Promise.resolve();
    },
  };
}
