import { textField } from "./fields.ts";
import type { ReadDocument } from "./types.ts";

/** What a vendor record answers to, folded: its field `vendor`, and the name of its file. */
export function vendorNames({ path, frontMatter }: ReadDocument): string[] {
  const file = path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/i, "");
  return [textField(frontMatter, "vendor") ?? "", file].map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
}
