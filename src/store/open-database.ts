import type { PortError } from "../app/ports.ts";
import type { Database } from "./store-database.ts";

/** A database that answers, embedded or not. */
export interface OpenDatabase {
  db: Database;
  /** Other processes may work on it at the same time. */
  shared: boolean;
  /** Calls back when another process stored a job. */
  onWake(wake: () => void): Promise<void>;
  /** What went wrong while the tables were set up, for the operator. */
  explain(error: unknown): PortError;
  close(): Promise<void>;
}
