import type { Training, Unreadable } from "../../shapes/measurements.ts";
import { columnOf, numberIn, rowName } from "../csv-columns.ts";
import type { CsvTable } from "../csv.ts";
import { defineReader, unreadable, type Measured, type ReadOptions } from "../define-reader.ts";
import { present } from "../fields.ts";
import { toInstant } from "../instant.ts";

const required = ["person", "material", "version"] as const;

/** `person,material,version,completed,score`: who was trained on what. A row without `completed` is training that is not done yet. */
export default defineReader({
  format: "training-csv",
  title: "Training record (CSV)",
  kinds: ["training"],
  seen: ["1"],
  recognises: ({ csvHeader }, { columns }) =>
    csvHeader !== undefined && required.every((name) => columnOf(csvHeader, columns?.[name], [name]) !== -1),
  read: ({ csv }, options) => (csv.ok ? readRecords(csv.value, options) : csv),
});

function readRecords(table: CsvTable, { columns }: ReadOptions): Measured | Unreadable {
  const places = new Map([...required, "completed", "score"].map((name) => [name, columnOf(table.header, columns?.[name], [name])]));
  const cellOf = (row: string[], name: string) => (row[places.get(name) ?? -1] ?? "").trim();
  const records: Training["records"] = [];
  for (const [index, row] of table.rows.entries()) {
    const blank = required.find((name) => cellOf(row, name) === "");
    if (blank !== undefined) return unreadable("bad-value", `\`${blank}\` is blank in ${rowName(index)}.`);
    const completed = cellOf(row, "completed");
    if (completed !== "" && toInstant(completed) === undefined) {
      return unreadable("bad-value", `\`completed\` in ${rowName(index)} is not a date; write it like 2026-11-12.`);
    }
    const scoreCell = cellOf(row, "score");
    const score = scoreCell === "" ? undefined : numberIn(scoreCell, table);
    if (scoreCell !== "" && (score === undefined || score < 0))
      return unreadable("bad-value", `\`score\` in ${rowName(index)} is not a number from 0.`);
    const [person, material, version] = [cellOf(row, "person"), cellOf(row, "material"), cellOf(row, "version")];
    records.push(present({ person, material, version, completed: completed === "" ? undefined : completed, score }));
  }
  return { kind: "training", tool: { name: "csv", version: null }, measurement: { records } };
}
