import type { SchemaNode } from "./json-schema.ts";

export type Path = readonly (string | number)[];

export type ViolationKind =
  | "type"
  | "choice"
  | "missing-key"
  | "unknown-key"
  | "key-name"
  | "key-count"
  | "item-count"
  | "length"
  | "pattern"
  | "format"
  | "range"
  | "none-fits";

/** One place at which a value does not fit its schema. `key` is the unknown or missing key of the mapping at `path`. */
export interface Violation {
  kind: ViolationKind;
  path: Path;
  node: SchemaNode;
  value: unknown;
  key?: string;
  /** Schema of the missing key's value. */
  wanted?: SchemaNode;
}

/** What ajv says where a value does not fit: `schema` is the keyword's own value, `parentSchema` the piece that it stands in. */
interface SchemaError {
  /** JSON Pointer. */
  instancePath: string;
  keyword: string;
  params: { missingProperty?: string; additionalProperty?: string; propertyName?: string };
  schema: unknown;
  parentSchema: SchemaNode;
  data: unknown;
  /** There where the name of a key was checked. */
  propertyName?: string;
}

/** A schema as `npm run generate` compiles it: says whether a value fits, and leaves in `errors` where it does not. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** More violations are not handed on: nobody reads them. */
export const MAX_VIOLATIONS = 1000;

const kinds: Readonly<Record<string, ViolationKind>> = {
  type: "type",
  enum: "choice",
  const: "choice",
  required: "missing-key",
  additionalProperties: "unknown-key",
  propertyNames: "key-name",
  minProperties: "key-count",
  maxProperties: "key-count",
  minItems: "item-count",
  maxItems: "item-count",
  minLength: "length",
  maxLength: "length",
  pattern: "pattern",
  format: "format",
  minimum: "range",
  maximum: "range",
  exclusiveMinimum: "range",
  anyOf: "none-fits",
};

/** Of these, a value may have several at once; of the others, one says enough. */
const ofContent = new Set<ViolationKind>(["missing-key", "unknown-key", "key-name", "key-count", "item-count"]);

/** Every place at which `value` does not fit, at most 1000 of them; none exactly where the schema accepts it. */
export function validate(validator: Validator, value: unknown): Violation[] {
  if (validator(value)) return [];
  const errors = ofMeantBranches(validator.errors ?? []);
  validator.errors = null;
  const violations: Violation[] = [];
  const places = new Map<string, number>();
  for (const error of errors) {
    const violation = toViolation(error, value);
    const known = ofContent.has(violation.kind) ? undefined : places.get(error.instancePath);
    if (known !== undefined) {
      // The choices say more than their type does.
      if (violation.kind === "choice" && violations[known]?.kind === "type") violations[known] = violation;
      continue;
    }
    if (violations.length === MAX_VIOLATIONS) break;
    if (!ofContent.has(violation.kind)) places.set(error.instancePath, violations.length);
    violations.push(violation);
  }
  if (violations.length === 0) throw new Error("a value was refused without a reason");
  return violations;
}

/** Without what only says that a value has not the shape of an alternative that nobody meant. */
function ofMeantBranches(errors: readonly SchemaError[]): SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (error.propertyName !== undefined) continue; // said once more by `propertyNames`
    if (error.keyword !== "anyOf") {
      kept.push(error);
      continue;
    }
    const { instancePath } = error;
    const outside = kept.findLastIndex((one) => one.instancePath !== instancePath && !one.instancePath.startsWith(`${instancePath}/`));
    for (const one of ofMeantBranch(kept.splice(outside + 1), error)) kept.push(one);
  }
  return kept;
}

/** Where exactly one alternative is of the value's own type, that one is meant; else no more can be said than that none fits. */
function ofMeantBranch(errors: readonly SchemaError[], anyOf: SchemaError): readonly SchemaError[] {
  const isOfOtherType = ({ instancePath, keyword, schema, data }: SchemaError) =>
    instancePath === anyOf.instancePath && (keyword === "type" || (keyword === "const" && typeof schema !== typeof data));
  const others = new Set(errors.filter(isOfOtherType).map(({ parentSchema }) => parentSchema));
  const branches = Array.isArray(anyOf.schema) ? anyOf.schema.length : 0;
  return branches - others.size === 1 ? errors.filter((error) => !isOfOtherType(error)) : [anyOf];
}

function toViolation({ instancePath, keyword, params, parentSchema: node, data: value }: SchemaError, root: unknown): Violation {
  const kind = kinds[keyword];
  if (kind === undefined) throw new Error(`a schema uses the keyword ${keyword}, of which no message speaks`);
  const key = params.missingProperty ?? params.additionalProperty ?? params.propertyName;
  const wanted = params.missingProperty === undefined ? undefined : node.properties?.[params.missingProperty];
  const path = toPath(instancePath, root);
  return { kind, path, node, value, ...(key === undefined ? {} : { key }), ...(wanted === undefined ? {} : { wanted }) };
}

/** Steps of a JSON Pointer; numbers where the value holds a list. */
function toPath(pointer: string, root: unknown): Path {
  let value = root;
  return pointer
    .split("/")
    .slice(1)
    .map((text) => {
      const step = Array.isArray(value) ? Number(text) : text.replaceAll("~1", "/").replaceAll("~0", "~");
      value = Object.getOwnPropertyDescriptor(value, step)?.value;
      return step;
    });
}
