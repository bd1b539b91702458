import type { Unreadable } from "../../shapes/measurements.ts";
import { defineReader, type Measured } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";

/** A Grafana dashboard as exported, or as its API wraps it. Rows are not panels; the panels inside them are. */
export default defineReader({
  format: "grafana-dashboard",
  title: "Grafana dashboard (JSON)",
  kinds: ["dashboard"],
  seen: ["schema 38"],
  recognises: ({ json }) => isDashboard(json) || isDashboard(at(json, "dashboard")),
  read: ({ json }): Measured | Unreadable => {
    const file = fieldsOf(isDashboard(json) ? json : at(json, "dashboard"));
    const title = file.text("title");
    const rows = file.has("rows") ? file.list("rows").flatMap((row) => panelsOf(row)) : [];
    const panels = panelsOf(file).length + rows.length;
    return file.problem() ?? { kind: "dashboard", tool: { name: "grafana", version: null }, measurement: { title, panels } };
  },
});

function isDashboard(value: unknown): boolean {
  return (
    isRecord(value) && "title" in value && "schemaVersion" in value && (Array.isArray(value["panels"]) || Array.isArray(value["rows"]))
  );
}

/** A row holds its panels only while it is folded. */
function panelsOf(holder: Fields): Fields[] {
  const panels = holder.has("panels") ? holder.list("panels") : [];
  return panels.flatMap((panel) => (panel.raw("type") === "row" ? (panel.has("panels") ? panel.list("panels") : []) : [panel]));
}
