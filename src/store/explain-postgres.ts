import { PortError } from "../app/ports.ts";
import { codeOf } from "./to-port-error.ts";

/** Throws PortError `invalid` without quoting the text: it holds a password. */
export function parseDatabaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw new PortError(
      "invalid",
      "DATABASE_URL is not a PostgreSQL address. It looks like postgres://user:password@host:5432/database; special characters in the password are written %XX.",
    );
  }
  return url;
}

/** What keeps PostgreSQL from serving us: where, what, how to mend. Never names the password. */
export function explainPostgres(error: unknown, url: URL): PortError {
  if (error instanceof PortError) return error;
  const code = codeOf(error) ?? codeOf(firstOf(error)) ?? "";
  const at = `PostgreSQL at ${url.host || "the local socket"}`;
  const database = decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username);
  if (code.startsWith("28")) {
    return new PortError(
      "unauthorized",
      `${at} refuses the user ${decodeURIComponent(url.username)}. Check user and password in DATABASE_URL.`,
    );
  }
  if (code === "3D000") {
    return new PortError("not-found", `${at} has no database ${database}. Create it (createdb ${database}), or correct DATABASE_URL.`);
  }
  if (code === "42501") {
    return new PortError(
      "forbidden",
      `${at} does not let the user create the schema pilotgate in ${database}. Run once as its owner: create schema pilotgate authorization ${decodeURIComponent(url.username)}.`,
      { cause: error },
    );
  }
  if (code === "53100")
    return new PortError("unavailable", `The disk of ${at} is full. Make room and start again.`, { retryable: true, cause: error });
  if (code === "53300")
    return new PortError("unavailable", `${at} has no connection left. Raise max_connections or run fewer servers.`, {
      retryable: true,
      cause: error,
    });
  const why = code === "" ? "no answer within 5 seconds" : code;
  return new PortError("unavailable", `${at} does not answer (${why}). Is it running, and is DATABASE_URL right?`, {
    retryable: true,
    cause: error,
  });
}

/** Several addresses of one host fail together, as one AggregateError. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors[0] : error;
}
