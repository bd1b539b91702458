import type { Report } from "../shapes/report.ts";
import { toSafeJson } from "./escape.ts";

/* One order for the keys of every object in a report; a test compares it with the schema. */
export const reportKeys = [
  "schema",
  "toolVersion",
  "role",
  "by",
  "at",
  "commit",
  "policyDigest",
  "facts",
  "id",
  "name",
  "title",
  "risk",
  "verdict",
  "week",
  "due",
  "fingerprint",
  "gates",
  "signals",
  "systems",
  "enforcement",
  "enforceFrom",
  "entry",
  "blockedBy",
  "holds",
  "questions",
  "criteria",
  "until",
  "reason",
  "approvedBy",
  "question",
  "command",
  "source",
  "path",
  "digest",
  "format",
  "state",
  "level",
  "summary",
  "findings",
  "deviations",
  "waiver",
  "decision",
  "decisions",
  "remedy",
  "evidence",
  "roles",
  "paths",
  "docs",
];

/** `check --format json`: keys in one order, two spaces, a newline at the end. Equal reports give equal bytes. */
export function renderJson(report: Report): string {
  return `${toSafeJson(JSON.stringify(report, reportKeys, 2))}\n`;
}
