import { defineReader } from "../define-reader.ts";
import { fieldsOf, isRecord } from "../fields.ts";

/** A JSON Schema of log lines: which properties there are at the top, and which of them are required. */
export default defineReader({
  format: "json-schema",
  title: "JSON Schema",
  kinds: ["json-schema"],
  seen: ["2020-12"],
  recognises: ({ json }) => {
    if (!isRecord(json) || !isRecord(json["properties"])) return false;
    const dialect = json["$schema"];
    return json["type"] === "object" || (typeof dialect === "string" && dialect.includes("json-schema.org"));
  },
  read: ({ json }) => {
    const file = fieldsOf(json);
    const properties = file.in("properties").keys();
    const required = file.has("required") ? file.texts("required") : [];
    return file.problem() ?? { kind: "json-schema", tool: { name: "json-schema", version: null }, measurement: { properties, required } };
  },
});
