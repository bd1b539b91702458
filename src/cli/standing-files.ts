import type { Tree } from "../app/ports.ts";
import type { NewFile } from "../scaffold/new-document.ts";

const MAX_BYTES = 64 * 1024;
const MAX_RECORDS = 200;

/** The files that are still to be written, and the paths at which the others stand already, under whatever name. */
export async function splitFiles(files: readonly NewFile[], tree: Tree): Promise<{ wanted: NewFile[]; there: string[] }> {
  const wanted: NewFile[] = [];
  const there: string[] = [];
  for (const file of files) {
    const standing = await standingAt(file, tree);
    if (standing === undefined) wanted.push(file);
    else there.push(standing);
  }
  return { wanted, there };
}

async function standingAt({ path, text }: NewFile, tree: Tree): Promise<string | undefined> {
  if (tree.entries.has(path)) return path;
  if (path.endsWith("/model-registry.yml")) {
    const twin = path.replace(/yml$/, "yaml");
    return tree.entries.has(twin) ? twin : undefined;
  }
  const [, folder] = /^(.*\/vendors\/)[^/]+\.md$/.exec(path) ?? [];
  const vendor = /^vendor: (.+?) # /m.exec(text)?.[1];
  return folder === undefined || vendor === undefined ? undefined : await recordOf(vendor, path, folder, tree);
}

/** A vendor has one record, by the name of its file or by its field; two would be judged as two. */
async function recordOf(vendor: string, path: string, folder: string, tree: Tree): Promise<string | undefined> {
  const records = [...tree.entries.values()].filter(
    ({ path: other, kind }) => kind === "file" && other.startsWith(folder) && other.endsWith(".md"),
  );
  for (const { path: other } of records.slice(0, MAX_RECORDS)) {
    if (other.toLowerCase() === path.toLowerCase()) return other;
    const text = await tree.read(other, MAX_BYTES).catch(() => new Uint8Array());
    const named = /^vendor:[ \t]{1,8}["']?([^"'#\n]{1,200})/m.exec(new TextDecoder().decode(text))?.[1]?.trim();
    if (named?.toLowerCase() === vendor.replaceAll('"', "").toLowerCase()) return other;
  }
  return undefined;
}
