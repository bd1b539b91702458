import { profiles } from "../src/engine/profile.ts";
import { resolveRef, type Schema, type SchemaNode } from "../src/policy/json-schema.ts";
import { criterionIds, risks, type CriterionId } from "../src/shapes/vocabulary.ts";

const head = `# Policy

<!-- Written by \`npm run generate\` from the policy's schema; edit the schema instead. -->

A repository declares its systems in \`.github/pilotgate.yml\`; \`pilotgate init\` writes a first one and \`pilotgate validate\` checks it.
An organisation keeps defaults, roles, floors and shared evidence in \`pilotgate.yml\` of its \`.github\` repository.
The policy in force is always the default branch's. YAML 1.2: dates and \`yes\` are text. Unknown keys are errors.

Editors complete and check the file when its first line names \`schema/policy.schema.json\` of this project, by path or address:

\`\`\`yaml
# yaml-language-server: $schema=…/schema/policy.schema.json
\`\`\`

The smallest policy:

\`\`\`yaml
version: 1
systems:
  - id: support-assistant
    risk: low
    models:
      - { id: chat, provider: openai, model: gpt-4o-2024-11-20 }
\`\`\`

A pull request that changes a value against the direction in the last column loosens the policy, and then needs the approval of a role
holder who is not its author: *higher* and *lower* say which value is stricter, *more* that an entry taken away loosens, *fewer* that an
entry added does, *stronger* that weaker evidence does, *same* that every change does.
`;

const globsText = `## Globs

\`*\` stands for any characters but \`/\`, \`**\` as a whole segment for any folders, \`?\` for one character, \`[a-z]\` and \`[!a-z]\` for one of
(or none of) a range, \`{a,b}\` for one of several. Names that begin with a dot match like others. Paths are relative to the repository.
A glob cannot exclude. Branches may be named \`~DEFAULT_BRANCH\`; environments are compared without case.
`;

type Row = [key: string, type: string, fallback: string, description: string, tighter: string];

/** The reference page of the policy: every key with its type, default, meaning and stricter direction. */
export function policyReference(schema: Schema): string {
  const organization = schema.properties?.["organization"];
  const systems = schema.properties?.["systems"];
  if (!organization || !systems?.items) throw new Error("the policy's schema has no systems or no organization");
  const shared = (name: string) => resolveRef(schema, { $ref: `#/$defs/${name}` });
  const table = (node: SchemaNode) => toTable(rowsOf(schema, node, ""));
  const sections: [string, string][] = [
    ["The file", toTable(Object.entries(schema.properties ?? {}).map(([key, node]) => toRow(schema, schema, key, node)))],
    ["`systems[]`", table(systems.items)],
    ["`roles`", table(shared("roles"))],
    ["`gates.<gate>`", `${shared("gate").description ?? ""}\n\n${table(shared("gate"))}`],
    ["`criteria.<criterion>`", criteriaText(schema, shared("criteria"), table)],
    ["`organization`", table(organization)],
  ];
  const body = sections.map(([title, text]) => `## ${title}\n\n${text}`).join("\n");
  return `${head}\n${body}\n${globsText}`;
}

/** Shared pieces have a section of their own and are not unfolded where they are used. */
const folded = new Set(["roles", "gates", "criteria"]);

function rowsOf(schema: Schema, reference: SchemaNode, prefix: string): Row[] {
  const node = resolveRef(schema, reference);
  const rows: Row[] = [];
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const path = `${prefix}${key}`;
    const value = resolveRef(schema, child);
    rows.push(toRow(schema, node, path, child));
    if (!folded.has(key)) rows.push(...(value.items ? rowsOf(schema, value.items, `${path}[].`) : rowsOf(schema, value, `${path}.`)));
  }
  return rows;
}

function toRow(schema: Schema, parent: SchemaNode, path: string, reference: SchemaNode): Row {
  const node = resolveRef(schema, reference);
  const last = path.split(".").at(-1) ?? "";
  const fallback = node.default === undefined ? (parent.required?.includes(last) ? "required" : "") : `\`${JSON.stringify(node.default)}\``;
  return [`\`${path}\``, typeText(schema, node), fallback, node.description ?? "", node["x-tighter"] ?? ""];
}

function typeText(schema: Schema, node: SchemaNode): string {
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.enum) return node.enum.length > 6 ? "id" : node.enum.map((choice) => `\`${choice}\``).join(" ");
  if (node.anyOf) return "mapping or list";
  if (node.type === "array") return `list of ${node.items ? plural(typeText(schema, resolveRef(schema, node.items))) : "values"}`;
  if (node.type === "object") return "mapping";
  if (node.type === "string") return node.format ?? (node["x-expects"]?.includes("@login") ? "`@login` or `@org/team`" : "text");
  return `${node.type === "boolean" ? "true or false" : String(node.type)}${boundsText(node)}`;
}

function plural(type: string): string {
  return type === "mapping" ? "mappings" : type;
}

function boundsText({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  if (low === undefined || maximum === undefined) return "";
  if (maximum >= 1e9) return exclusiveMinimum === undefined ? ` from ${low}` : ` over ${low}`;
  return exclusiveMinimum === undefined ? `, ${low} to ${maximum}` : `, over ${low} to ${maximum}`;
}

function toTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
  return `| key | type | default | meaning | stricter |\n| --- | --- | --- | --- | --- |\n${lines}`;
}

function criteriaText(schema: Schema, criteria: SchemaNode, table: (node: SchemaNode) => string): string {
  const settings: Record<string, SchemaNode> = {};
  for (const node of Object.values(criteria.properties ?? {})) Object.assign(settings, { ...settings, ...node.properties });
  const { thresholds: _, ...general } = settings;
  const parts = criterionIds.map((id) => {
    const node = criteria.properties?.[id]?.properties?.["thresholds"];
    return `### Thresholds of [\`${id}\`](criteria/${id}.md)\n\n${thresholdTable(schema, id, node ?? {})}`;
  });
  const source = `One source:\n\n${table(resolveRef(schema, { $ref: "#/$defs/source" }))}`;
  return `${table({ type: "object", properties: general })}\n${source}\n${parts.join("\n")}`;
}

function thresholdTable(schema: Schema, id: CriterionId, node: SchemaNode): string {
  const rows = Object.entries(node.properties ?? {}).map(([key, reference]) => {
    const threshold = resolveRef(schema, reference);
    const defaults = risks.map((risk) => String(new Map(Object.entries(profiles[risk].thresholds[id])).get(key) ?? "–"));
    const framework = threshold["x-framework"] === undefined ? "" : " The framework's own number.";
    return `| \`${key}\` | ${defaults.join(" | ")} | ${threshold.description ?? ""}${framework} | ${threshold["x-tighter"] ?? ""} |\n`;
  });
  return `| key | low | medium | high | meaning | stricter |\n| --- | --- | --- | --- | --- | --- |\n${rows.join("")}`;
}
