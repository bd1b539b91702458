import { textField } from "./fields.ts";

/** Text of a field that YAML may have read as a number: an id, a version, hours. `1.10` without quotes is the number 1.1. */
export function wordField(fields: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "number" && Number.isFinite(value) ? String(value) : textField(fields, key);
}
