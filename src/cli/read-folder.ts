import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import type { Unreadable } from "../shapes/measurements.ts";
import { readInput } from "./read-input.ts";

const maxFiles = 5000;
/** Of all files together. */
const maxBytes = 64 * 1024 * 1024;

/** Files of a folder by their paths in it, hidden ones and links left out. */
export function readFolder(folder: string): Map<string, Uint8Array> | Unreadable {
  const files = new Map<string, Uint8Array>();
  const waiting = [""];
  let bytes = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const item of list(join(folder, place))) {
      const path = place === "" ? item.name : `${place}/${item.name}`;
      if (item.name.startsWith(".")) continue;
      if (item.isDirectory()) waiting.push(path);
      if (!item.isFile()) continue;
      const input = readInput(join(folder, path), maxBytes - bytes);
      if (files.size === maxFiles || (!input.ok && input.problem === "too-large")) return tooLarge;
      if (!input.ok) return { ok: false, code: "not-parseable", message: "A file of the folder cannot be read." };
      files.set(path, input.bytes);
      bytes += input.bytes.byteLength;
    }
  }
  return files;
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const tooLarge: Unreadable = {
  ok: false,
  code: "too-large",
  message: `The folder has over ${maxFiles} files or 64 MiB. Name the one that is evidence, for example the folder of one MLflow run.`,
};
