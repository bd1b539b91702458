import { PortError } from "../app/ports.ts";
import type { PortErrorCode } from "../app/ports.ts";

interface Known {
  code: PortErrorCode;
  retryable: boolean;
  message: string;
}

const byCode: Record<string, Known> = {
  ENOSPC: { code: "unavailable", retryable: true, message: "The disk of the store is full. Make room; work goes on by itself." },
  "53100": { code: "unavailable", retryable: true, message: "The disk of the database is full. Make room; work goes on by itself." },
  "53300": {
    code: "unavailable",
    retryable: true,
    message: "PostgreSQL has no connection left. Raise max_connections or run fewer servers.",
  },
  "42501": { code: "forbidden", retryable: false, message: "The database user may not do this. Grant it the schema pilotgate." },
  "40001": { code: "conflict", retryable: true, message: "Two transactions met; trying again helps." },
  "40P01": { code: "conflict", retryable: true, message: "Two transactions met; trying again helps." },
};

/** PostgreSQL's SQLSTATE, or Node's code of a system error. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** What went wrong at work, as the use cases understand it. The cause keeps the driver's words. */
export function toPortError(error: unknown): PortError {
  if (error instanceof PortError) return error;
  const code = codeOf(error) ?? "";
  const known = byCode[code];
  if (known !== undefined) return new PortError(known.code, known.message, { retryable: known.retryable, cause: error });
  if (/\bclosed\b|after calling end|driver has already been destroyed/i.test(String(error))) {
    return new PortError("closed", "The store is closed.", { cause: error });
  }
  const retryable = code === "" || /^(?:08|53|57|58)|^E[A-Z]+$/.test(code);
  return new PortError(retryable ? "unavailable" : "invalid", `The store does not answer${code === "" ? "" : ` (${code})`}.`, {
    retryable,
    cause: error,
  });
}
