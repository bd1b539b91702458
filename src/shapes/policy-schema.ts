import { Type } from "typebox";
import { criteriaSchema } from "./criteria-schema.ts";
import { globs, of, optional, text } from "./schema-parts.ts";
import { criterionSchema, gatesSchema, riskSchema, rolesSchema, systemSchema } from "./system-schema.ts";

/* Keys, types, defaults and texts of the policy file, once: validation, TypeScript types, the published JSON Schema and the
   reference page derive from what stands here and in `system-schema.ts`, `criteria-schema.ts` and `thresholds.ts`. */

const organizationSchema = of(
  {
    required: optional(
      of(
        { repositories: globs("Repositories that must have a policy, as globs of their names.", { "x-tighter": "more" }) },
        { description: "Where a policy must be." },
      ),
    ),
    roles: optional(rolesSchema),
    floors: optional(
      of({ risk: optional(riskSchema), criteria: optional(criteriaSchema) }, { description: "What no repository may go below." }),
    ),
    defaults: optional(
      of({ gates: optional(gatesSchema), criteria: optional(criteriaSchema) }, { description: "Used where a repository says nothing." }),
    ),
    inherit: optional(
      Type.Array(
        of({
          criterion: criterionSchema,
          file: text("Path of the document in the organisation's `.github` repository."),
        }),
        { maxItems: 100, description: "Evidence written once for all repositories.", "x-tighter": "same" },
      ),
    ),
    securityPolicy: optional(
      of(
        {
          clauses: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
            maxItems: 200,
            description: "Clauses that every model choice answers.",
            "x-tighter": "more",
          }),
        },
        { description: "The organisation's security policy." },
      ),
    ),
  },
  { description: "Organisation policy: `pilotgate.yml` in the organisation's `.github` repository." },
);

/** The whole policy file; a repository's has `systems`, an organisation's `organization`. */
export const policySchema = Type.Object(
  {
    version: Type.Literal(1, { description: "Version of the policy format." }),
    systems: optional(
      Type.Array(systemSchema, {
        minItems: 1,
        maxItems: 50,
        description: "GenAI use cases in this repository.",
        "x-key": "id",
        "x-tighter": "more",
      }),
    ),
    organization: optional(organizationSchema),
  },
  {
    additionalProperties: false,
    title: "Pilotgate policy",
    description: "`.github/pilotgate.yml`: systems, what guards them and who decides.",
  },
);
