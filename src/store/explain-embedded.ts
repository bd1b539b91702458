import { PortError } from "../app/ports.ts";
import { codeOf } from "./to-port-error.ts";

/** What keeps the embedded database from opening: where, what, how to mend. */
export function explainEmbedded(error: unknown, directory: string): PortError {
  if (error instanceof PortError) return error;
  const code = codeOf(error) ?? "";
  const choose = "or set PILOTGATE_DATA_DIR to another folder";
  if (["EACCES", "EPERM", "EROFS"].includes(code)) {
    return new PortError(
      "forbidden",
      `No right to write in the data directory ${directory} (${code}). Give this user the right, ${choose}.`,
      { cause: error },
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
  const rebuilt = "What it held is read again from GitHub when the next event comes";
  return new PortError(
    "invalid",
    `The database in ${directory} does not open; its files may be damaged. Move the folder away and start again. ${rebuilt}.`,
    {
      cause: error,
    },
  );
}
