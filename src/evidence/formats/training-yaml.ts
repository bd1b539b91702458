import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, isRecord, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";

/** The training record as YAML: a list `training` with the fields of the CSV. */
export default defineReader({
  format: "training-yaml",
  title: "Training record (YAML)",
  kinds: ["training"],
  seen: ["1"],
  recognises: ({ yaml }) => {
    const records = yaml?.length === 1 ? at(yaml[0], "training") : undefined;
    return Array.isArray(records) && records.some((record) => isRecord(record) && Object.hasOwn(record, "person"));
  },
  read: ({ yaml }) => {
    const file = fieldsOf(yaml?.[0]);
    const records = file.list("training").map((record) =>
      present({
        person: record.text("person"),
        material: record.text("material"),
        version: record.text("version"),
        completed: dateOf(record),
        score: record.optionalNumber("score"),
      }),
    );
    return file.problem() ?? { kind: "training", tool: { name: "pilotgate", version: null }, measurement: { records } };
  },
});

function dateOf(record: Fields): string | undefined {
  const text = record.optionalText("completed");
  if (text !== undefined && toInstant(text) === undefined) record.refuse("completed", "is not a date; write it like 2026-11-12");
  return text;
}
