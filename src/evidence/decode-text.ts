import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";

/** Bytes of any file of evidence. */
export const maxBytes = 32 * 1024 * 1024;

/** UTF-8 text without byte order mark, or why the bytes are not that. */
export function decodeText(bytes: Uint8Array): string | Unreadable {
  if (bytes.length > maxBytes) return unreadable("too-large", "The file is over 32 MiB. Keep a summary, not the raw results.");
  if (looksLikeUtf16(bytes)) return unreadable("not-utf8", "The file looks like UTF-16. Save it as UTF-8.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return unreadable("not-utf8", "The file is not UTF-8 text. Save it as UTF-8; archives and binary files cannot be read.");
  }
  if (text.includes("\0")) return unreadable("not-utf8", "The file holds NUL bytes, so it is not text. Save it as UTF-8.");
  if (text.trim() === "") return unreadable("empty", "The file is empty. Write the result again and commit it.");
  return text;
}

/** With a byte order mark, or with a NUL in every other of the first bytes. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, 64);
  if (head.length < 4) return false;
  const zeros = [0, 1].map((parity) => head.filter((byte, index) => index % 2 === parity && byte === 0).length);
  return zeros.some((count, parity) => count >= Math.floor(head.length / 2) - 1 && zeros[1 - parity] === 0);
}
