import { defineReader, unreadable } from "../define-reader.ts";
import { fieldsOf, isRecord, nameOf, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";

const keys = ["commit", "measured-at", "model", "prompt", "data", "run", "region"];

/** `<file>.evidence.yml`: where a file comes from that does not carry its own origin. */
export default defineReader({
  format: "evidence-sidecar",
  title: "Sidecar (<file>.evidence.yml)",
  kinds: ["sidecar"],
  seen: ["1"],
  recognises: ({ yaml }) => {
    const document = yaml?.length === 1 ? yaml[0] : undefined;
    if (!isRecord(document) || Object.keys(document).length > 12) return false;
    const flat = Object.values(document).every((value) => typeof value !== "object" || value === null);
    return flat && (Object.hasOwn(document, "commit") || Object.hasOwn(document, "measured-at"));
  },
  read: ({ yaml }) => {
    const file = fieldsOf(yaml?.[0]);
    const unknown = file.keys().find((key) => !keys.includes(key));
    if (unknown !== undefined) return unreadable("bad-shape", `Unknown key \`${nameOf(unknown)}\`. A sidecar has: ${keys.join(", ")}.`);
    const measurement = present({
      commit: commitOf(file),
      measuredAt: instantOf(file),
      model: file.optionalText("model"),
      prompt: file.optionalText("prompt"),
      data: file.optionalText("data"),
      run: file.optionalText("run"),
      region: file.optionalText("region"),
    });
    return file.problem() ?? { kind: "sidecar", tool: { name: "pilotgate", version: null }, measurement, origin: measurement };
  },
});

function commitOf(file: Fields): string | undefined {
  const commit = file.optionalText("commit");
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/i.test(commit)) file.refuse("commit", "is not a commit id (7 to 64 hexadecimal digits)");
  return commit?.toLowerCase();
}

function instantOf(file: Fields): string | undefined {
  const text = file.optionalText("measured-at");
  const instant = text === undefined ? undefined : toInstant(text);
  if (text !== undefined && instant?.zoned !== true) {
    file.refuse("measured-at", "is not an instant with its zone; write it like 2026-11-12T10:00:00Z");
  }
  return instant?.at;
}
