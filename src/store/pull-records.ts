import type { PullRecord, PullRecords } from "../app/ports.ts";
import { findPullRecord, findPullRecordsWithHead } from "./find-pull-records.ts";
import type { PullMemory } from "./pull-memory.ts";
import type { Database } from "./store-database.ts";
import type { WriteBehind } from "./write-behind.ts";

/** `save` resolves before the record is written: it may be lost, and is read again from GitHub then. */
export function createPullRecords(db: Database, writes: WriteBehind, memory: PullMemory | null): PullRecords {
  const unsaved = (repositoryId: number): PullRecord[] => writes.unsaved().filter((record) => record.repositoryId === repositoryId);

  const findUnsaved = (repositoryId: number, number: number): PullRecord | undefined =>
    unsaved(repositoryId).find((record) => record.number === number);

  const readWithHead = async (repositoryId: number, headSha: string): Promise<PullRecord[]> => {
    const newer = unsaved(repositoryId);
    const written = await findPullRecordsWithHead(db, repositoryId, headSha);
    return [
      ...written.filter((record) => !newer.some(({ number }) => number === record.number)),
      ...newer.filter((record) => record.open && record.headSha === headSha),
    ].sort((a, b) => a.number - b.number);
  };

  return {
    async find(repositoryId, number) {
      const remembered = memory?.find(repositoryId, number);
      if (remembered !== undefined) return remembered;
      return findUnsaved(repositoryId, number) ?? findPullRecord(db, repositoryId, number);
    },
    async withHead(repositoryId, headSha) {
      return memory?.withHead(repositoryId, headSha) ?? readWithHead(repositoryId, headSha);
    },
    save(record) {
      memory?.remember(record);
      writes.save(record);
      return Promise.resolve();
    },
  };
}
