import type { PullRecord } from "../app/ports.ts";

/** Records held in memory, for a process that has the database to itself: most reads then need no statement. */
export interface PullMemory {
  /** Undefined: unknown, look into the database. */
  find(repositoryId: number, number: number): PullRecord | null | undefined;
  /** The open ones, by number. Undefined: unknown, look into the database. */
  withHead(repositoryId: number, headSha: string): PullRecord[] | undefined;
  remember(record: PullRecord): void;
}

/** `all` are all records there are, or null where these are more than `limit`. At most `limit` are held, those used last. */
export function createPullMemory(all: readonly PullRecord[] | null, limit: number): PullMemory {
  const records = new Map<string, PullRecord>();
  const byHead = new Map<string, Set<string>>();
  let complete = all !== null;

  const forget = (key: string): void => {
    const record = records.get(key);
    if (record === undefined) return;
    records.delete(key);
    const keys = byHead.get(headOf(record));
    keys?.delete(key);
    if (keys?.size === 0) byHead.delete(headOf(record));
  };

  const remember = (record: PullRecord): void => {
    const key = `${record.repositoryId}#${record.number}`;
    forget(key);
    records.set(key, record);
    const head = headOf(record);
    byHead.set(head, (byHead.get(head) ?? new Set()).add(key));
    const [oldest] = records.keys();
    if (records.size <= limit || oldest === undefined) return;
    forget(oldest);
    complete = false;
  };

  for (const record of all ?? []) remember(record);
  return {
    find: (repositoryId, number) => records.get(`${repositoryId}#${number}`) ?? (complete ? null : undefined),
    withHead(repositoryId, headSha) {
      if (!complete) return undefined;
      const keys = byHead.get(`${repositoryId}@${headSha}`) ?? [];
      return [...keys]
        .flatMap((key) => records.get(key) ?? [])
        .filter(({ open }) => open)
        .sort((a, b) => a.number - b.number);
    },
    remember,
  };
}

function headOf({ repositoryId, headSha }: PullRecord): string {
  return `${repositoryId}@${headSha}`;
}
