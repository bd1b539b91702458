import type { Reading, Unreadable } from "../shapes/measurements.ts";
import { toContent } from "./content.ts";
import { unreadable, type Measured, type Reader, type ReadOptions, type TextSink } from "./define-reader.ts";
import { readers } from "./formats/index.ts";
import { chooseReader, toReading } from "./read-evidence.ts";

/** Bytes of a file that is read in pieces. */
export const maxStreamBytes = 4 * 1024 * 1024 * 1024;
/** Bytes that a format is recognised by. */
const headBytes = 256 * 1024;

export interface EvidenceStream {
  /** False where nothing more is wanted: it is refused already. */
  write(bytes: Uint8Array): boolean;
  end(): Reading;
}

/** Reads a file that is too large to hold, of the formats that can be read in pieces. Never throws. */
export function streamEvidence(options: ReadOptions = {}): EvidenceStream {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const head: Uint8Array[] = [];
  let [seen, headLength] = [0, 0];
  let chosen: { reader: Reader; sink: TextSink<Measured | Unreadable> } | undefined;
  let refused: Unreadable | undefined;

  function refuse(problem: Unreadable): false {
    refused = chosen === undefined ? problem : { ...problem, format: chosen.reader.format };
    return false;
  }

  function begin(): boolean {
    const bytes = joined(head, headLength);
    head.length = 0;
    const found = choose(bytes, options);
    if ("ok" in found) return refuse(found);
    const sink = found.stream?.(options);
    if (sink === undefined) return refuse(tooLarge(found.format));
    chosen = { reader: found, sink };
    return pass(bytes);
  }

  function pass(bytes: Uint8Array): boolean {
    const text = decode(() => decoder.decode(bytes, { stream: true }));
    if (typeof text !== "string") return refuse(text);
    const problem = chosen?.sink.write(text);
    return problem === undefined || refuse(problem);
  }

  const guard = (work: () => boolean): boolean => {
    try {
      return refused === undefined && work();
    } catch {
      // Readers are written so that nothing throws; should one, the file is refused.
      return refuse(unreadable("bad-shape", "The file does not have the shape of its format. Write it again with the tool itself."));
    }
  };

  return {
    write: (bytes) =>
      guard(() => {
        seen += bytes.byteLength;
        if (seen > maxStreamBytes) return refuse(unreadable("too-large", "The file is over 4 GiB. Keep the window that is judged."));
        if (chosen !== undefined) return pass(bytes);
        head.push(bytes.slice());
        headLength += bytes.byteLength;
        return headLength < headBytes || begin();
      }),
    end() {
      let measured: Measured | Unreadable | undefined;
      guard(() => {
        if (seen === 0) return refuse(unreadable("empty", "The file is empty. Write the result again."));
        if (chosen === undefined && !begin()) return false;
        const rest = decode(() => decoder.decode());
        if (typeof rest !== "string") return refuse(rest);
        const problem = rest === "" ? undefined : chosen?.sink.write(rest);
        measured = problem ?? chosen?.sink.end();
        return true;
      });
      if (refused !== undefined) return refused;
      if (chosen === undefined || measured === undefined) throw new Error("a stream that is not refused has measured something");
      return "ok" in measured ? { ...measured, format: chosen.reader.format } : toReading(chosen.reader, measured);
    },
  };
}

/** Of a beginning the same is said as of a whole file, but for what nobody knows: that is too large to look at any further. */
function choose(bytes: Uint8Array, options: ReadOptions): Reader | Unreadable {
  const chosen = chooseReader(toContent(wholeLines(bytes)), options);
  const isKnown = !("ok" in chosen) || chosen.code === "ambiguous-format" || chosen.code === "bad-shape";
  if (isKnown || options.format !== undefined) return chosen;
  return unreadable("too-large", `The file is over 32 MiB, and only these are read beyond that: ${streamed()}. Keep a summary.`);
}

function tooLarge(format: string): Unreadable {
  return unreadable("too-large", "The file is over 32 MiB, which is not read of this format. Keep a summary, not the raw results.", {
    format,
  });
}

function streamed(): string {
  return readers.flatMap(({ stream, format }) => (stream === undefined ? [] : [format])).join(", ");
}

/** Up to the last line end, so that neither a character nor a record is cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(0x0a);
  return end === -1 ? bytes : bytes.subarray(0, end + 1);
}

function decode(work: () => string): string | Unreadable {
  try {
    return work();
  } catch {
    return unreadable("not-utf8", "The file is not UTF-8 text. Save it as UTF-8; archives and binary files cannot be read.");
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.byteLength;
  }
  return all;
}
