/** Where editors find the schema of the policy: in the published package, which holds `schema/`. Relative paths break as soon as a file moves. */
export const policySchemaAddress = "https://unpkg.com/pilotgate/schema/policy.schema.json";
