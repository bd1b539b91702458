/*
 * What SARIF 2.1.0 and code scanning ask of the properties that we write, closed against any other. No package that the registry has
 * ships the schema without old libraries or a binary of its own, so the part that is used is written down here.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */

const closed = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
const text = (maxLength?: number) => ({ type: "string", minLength: 1, ...(maxLength === undefined ? {} : { maxLength }) });
const list = (items: unknown, maxItems?: number) => ({ type: "array", items, ...(maxItems === undefined ? {} : { maxItems }) });
const message = (maxLength?: number) => closed({ text: text(maxLength) });
const level = { enum: ["error", "warning", "note", "none"] };
const uri = { type: "string", format: "uri", pattern: "^https://" };

const rule = closed(
  {
    id: text(),
    name: text(255),
    shortDescription: message(1024),
    fullDescription: message(1024),
    helpUri: uri,
    help: closed({ text: text(), markdown: text() }, ["markdown"]),
    defaultConfiguration: closed({ level }),
    properties: closed({ precision: { enum: ["very-high", "high", "medium", "low"] }, tags: { ...list(text(), 10), uniqueItems: true } }),
  },
  ["name", "helpUri"],
);

const location = closed({
  physicalLocation: closed(
    {
      // Relative, percent-encoded, no `..`.
      artifactLocation: closed({
        uri: { type: "string", pattern: "^(?!/)(?!.*(?:^|/)\\.\\.(?:/|$))(?:[\\w.!~*'()/-]|%[0-9A-F]{2})+$" },
        uriBaseId: { const: "%SRCROOT%" },
      }),
      region: closed({ startLine: { type: "integer", minimum: 1 } }),
    },
    ["region"],
  ),
});

const result = closed(
  {
    ruleId: text(),
    ruleIndex: { type: "integer", minimum: 0, maximum: 16 },
    level,
    message: message(),
    locations: { ...list(location), minItems: 1, maxItems: 1 },
    partialFingerprints: { type: "object", minProperties: 1, additionalProperties: text() },
    suppressions: list(
      closed({
        kind: { enum: ["inSource", "external"] },
        status: { enum: ["accepted", "underReview", "rejected"] },
        justification: text(),
      }),
    ),
  },
  ["suppressions"],
);

const run = closed({
  tool: closed({
    driver: closed(
      { name: text(), version: text(), semanticVersion: text(), informationUri: uri, rules: { ...list(rule), uniqueItems: true } },
      ["informationUri"],
    ),
  }),
  automationDetails: closed({ id: { type: "string", pattern: "^.+/$" } }),
  invocations: list(
    closed(
      {
        executionSuccessful: { type: "boolean" },
        endTimeUtc: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$" },
        toolExecutionNotifications: list(closed({ level, message: message() })),
      },
      ["toolExecutionNotifications"],
    ),
  ),
  columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
  results: list(result, 25_000),
  properties: { type: "object" },
});

export const sarifSubset = closed({
  $schema: uri,
  version: { const: "2.1.0" },
  runs: { ...list(run), minItems: 1, maxItems: 20 },
});
