import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { codeOf } from "./to-port-error.ts";

/** A running process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** Where process numbers mean the same: one boot of one machine, one container. Null where the system does not tell. */
  space: string | null;
  /** When the process began, in the system's own ticks. Null where the system does not tell. */
  began: string | null;
}

export function identifySelf(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), space: readSpace(), began: readBegan(process.pid) };
}

/** Does that process still run? "unknown" where its number means nothing here. */
export function isRunning(other: ProcessIdentity): boolean | "unknown" {
  const space = readSpace();
  if (space === null || other.space === null || other.began === null)
    return other.host === hostname() && !answersToSignal(other.pid) ? false : "unknown";
  if (space !== other.space) return "unknown";
  return readBegan(other.pid) === other.began;
}

function answersToSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** The 22nd field of /proc/PID/stat; the second one may hold spaces and brackets. See proc_pid_stat(5). */
function readBegan(pid: number): string | null {
  const stat = tryRead(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function readSpace(): string | null {
  const boot = tryRead(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim());
  const pids = tryRead(() => readlinkSync("/proc/self/ns/pid"));
  return boot === null || pids === null ? null : `${boot}/${pids}`;
}

function tryRead(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
