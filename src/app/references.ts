import { recordField, recordsField, textField } from "../engine/fields.ts";
import type { ReadOptions } from "../evidence/define-reader.ts";
import type { DocumentName } from "../shapes/vocabulary.ts";

export type ReferenceOptions = ReadOptions | undefined;

type Fields = Readonly<Record<string, unknown>>;

/** Files that a document names, with how to read them. */
export function references(name: DocumentName, fields: Fields): { path: string; options?: ReferenceOptions }[] {
  const paths = (...found: (string | undefined)[]) => found.flatMap((path) => (path === undefined ? [] : [{ path }]));
  switch (name) {
    case "model-selection":
      return paths(...recordsField(fields, "candidates").map((candidate) => textField(candidate, "evaluation")));
    case "vendor":
      return paths(textField(recordField(fields, "exit") ?? {}, "evaluation"));
    case "pilot-data":
      return paths(...recordsField(fields, "data").map((data) => textField(data, "path")));
    case "support":
      return paths(textField(fields, "training"));
    case "output-logging": {
      const mapped = Object.entries(recordField(fields, "fields") ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      const options = mapped.length > 0 ? { fields: Object.fromEntries(mapped) } : {};
      return paths(textField(fields, "schema"), textField(fields, "sample")).map(({ path }) => ({ path, options }));
    }
    default:
      return [];
  }
}
