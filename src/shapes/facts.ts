import { Type, type Static } from "typebox";
import { instant, nullable } from "./schema-parts.ts";
import { criterionIds, gateIds, roles } from "./vocabulary.ts";

/* What only GitHub or a running canary can tell: given to `check --facts` as a file, filled by the App from GitHub. */

const closed = { additionalProperties: false };
const name = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

export const factsSchema = Type.Object(
  {
    repository: Type.Optional(name("`owner/name`.")),
    commit: Type.Optional(name("Commit that the facts were gathered for.")),
    defaultBranch: Type.Optional(name("Name of the default branch.")),
    approvals: Type.Optional(
      Type.Array(
        Type.Object(
          {
            criterion: Type.Enum([...criterionIds], { description: "Criterion that was signed off." }),
            system: Type.Optional(name("Id of the system; every system where absent.")),
            role: Type.Enum([...roles], { description: "Role in which it was given." }),
            by: name("Login of the person."),
            at: instant("When it was given."),
            digest: Type.Optional(name("Digest of the declaration that it binds to.")),
            source: Type.Optional(name("`review`, `sign-off` or `delegated`.")),
            url: Type.Optional(name("Where it can be seen.")),
          },
          closed,
        ),
        { maxItems: 10_000, description: "Sign-offs. Each binds to the declaration with this digest." },
      ),
    ),
    decisions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            gate: Type.Enum([...gateIds], { description: "Gate that was decided on." }),
            system: Type.Optional(name("Id of the system; every system where absent.")),
            verdict: Type.Enum(["pass", "hold"], { description: "`hold`, or `pass`, which lifts a hold of the same role." }),
            role: Type.Enum([...roles], { description: "Role in which it was decided." }),
            by: name("Login of the person."),
            at: instant("When it was decided."),
            reason: Type.Optional(Type.String({ maxLength: 4000, description: "Why." })),
          },
          closed,
        ),
        { maxItems: 10_000, description: "Holds and passes that people set on a gate; a hold stands until the same role lifts it." },
      ),
    ),
    deployments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.Integer({ description: "GitHub's number of the deployment; a later one has a greater number." }),
            environment: name("Environment."),
            commit: name("Commit deployed."),
            trafficPercent: Type.Optional(Type.Number({ minimum: 0, maximum: 100, description: "Share of the traffic, percent." })),
            statuses: Type.Array(Type.Object({ state: name("State of the deployment."), at: instant("Since when.") }, closed), {
              maxItems: 1000,
              description: "Its statuses, with their times.",
            }),
          },
          closed,
        ),
        { maxItems: 10_000, description: "Deployments with their statuses." },
      ),
    ),
    alerts: Type.Optional(
      Type.Object(
        {
          from: instant("Start of the window that was asked for."),
          to: instant("End of the window that was asked for."),
          coverage: Type.Array(Type.Object({ from: instant("From."), to: instant("To.") }, closed), {
            maxItems: 10_000,
            description: "Spans in which the alert source is known to have worked.",
          }),
          alerts: Type.Array(
            Type.Object(
              {
                name: name("Name of the alert."),
                severity: nullable(Type.String({ maxLength: 200, description: "Severity label." })),
                startsAt: instant("Start."),
                endsAt: nullable(instant("End; null while it fires.")),
              },
              closed,
            ),
            { maxItems: 100_000, description: "Alerts that fired." },
          ),
          silences: Type.Array(
            Type.Object(
              {
                name: Type.Optional(name("Alert that is silenced; all where absent.")),
                severity: Type.Optional(nullable(Type.String({ maxLength: 200, description: "Severity that is silenced." }))),
                startsAt: instant("Start."),
                endsAt: nullable(instant("End; null while it lasts.")),
              },
              closed,
            ),
            { maxItems: 10_000, description: "Silences: times in which alerts told nobody." },
          ),
        },
        { ...closed, description: "What the alert source saw." },
      ),
    ),
    requests: Type.Optional(
      Type.Array(
        Type.Object(
          {
            environment: name("Environment."),
            from: instant("From."),
            to: instant("To."),
            count: Type.Number({ minimum: 0, description: "Requests served." }),
          },
          closed,
        ),
        { maxItems: 100_000, description: "Requests that an environment served." },
      ),
    ),
    checks: Type.Optional(
      Type.Array(
        Type.Object(
          {
            app: name("Slug of the App."),
            name: name("Name of the check run."),
            workflow: Type.Optional(nullable(name("Path of the workflow."))),
            commit: name("Commit."),
            conclusion: nullable(name("Conclusion.")),
          },
          closed,
        ),
        { maxItems: 10_000, description: "Check runs." },
      ),
    ),
    lineage: Type.Optional(
      Type.Array(
        Type.Object(
          {
            path: name("Path."),
            blob: Type.Optional(name("Blob id.")),
            commit: name("Commit that changed it."),
            at: instant("When."),
            author: name("Login of the author."),
          },
          closed,
        ),
        { maxItems: 100_000, description: "History of files: one entry for each change." },
      ),
    ),
  },
  { additionalProperties: false, title: "Pilotgate facts", description: "What only GitHub or a running canary can tell." },
);

export type Facts = Static<typeof factsSchema>;
export type FactName = Exclude<keyof Facts, "repository" | "commit" | "defaultBranch">;
export type Approval = NonNullable<Facts["approvals"]>[number];
