import { PortError } from "../app/ports.ts";
import { codeOf } from "./to-port-error.ts";

/** Error numbers of WebAssembly's system interface, as PGlite's file system throws them. */
const systemCodes: Record<number, string> = { 2: "EACCES", 19: "EDQUOT", 51: "ENOSPC", 63: "EPERM", 69: "EROFS" };

/** With the version that the package names as its optional peer. */
export const PGLITE = "@electric-sql/pglite@0.5.16";

/** What keeps the embedded database from opening: where, what, how to mend. */
export function explainEmbedded(error: unknown, directory: string): PortError {
  if (error instanceof PortError) return error;
  const code = codeOf(error) ?? systemCodeOf(error) ?? "";
  const choose = "or set PILOTGATE_DATA_DIR to another folder";
  if (code === "ERR_MODULE_NOT_FOUND") {
    return new PortError(
      "invalid",
      `The embedded database is an optional part, and it is not installed. Run \`npm install ${PGLITE}\` where pilotgate is installed ` +
        "(with `-g` where that is global), or set DATABASE_URL to a PostgreSQL.",
      { cause: error },
    );
  }
  if (["EACCES", "EPERM", "EROFS"].includes(code)) {
    return new PortError(
      "forbidden",
      `No right to write in the data directory ${directory} (${code}). Give this user the right, ${choose}.`,
      {
        cause: error,
      },
    );
  }
  if (code === "ENOENT") {
    return new PortError(
      "invalid",
      `The data directory ${directory} cannot be made: its parent is missing or read-only. Make it, ${choose}.`,
      {
        cause: error,
      },
    );
  }
  if (["ENOTDIR", "EEXIST"].includes(code)) {
    return new PortError("invalid", `The data directory ${directory} is not a folder. Move that file away, ${choose}.`, { cause: error });
  }
  if (["ENOSPC", "EDQUOT", "53100"].includes(code)) {
    return new PortError("unavailable", `The disk of the data directory ${directory} is full. Make room, ${choose}.`, {
      retryable: true,
      cause: error,
    });
  }
  return new PortError(
    "invalid",
    `The database in ${directory} does not open; its files may be damaged. Move its folder "database" away and start again: ` +
      "events that waited in it are lost, everything else is read again from GitHub.",
    { cause: error },
  );
}

function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("errno" in error)) return undefined;
  return typeof error.errno === "number" ? systemCodes[error.errno] : undefined;
}
