import { Type, type Static } from "typebox";

/* The numbers behind a criterion's verdict, for charts. Data only: what follows from them is in the criterion's state and findings. */

const closed = { additionalProperties: false };
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const instant = () => Type.String({ format: "date-time" });
const commit = () => Type.String({ description: "Commit that was deployed." });

const loadFigures = Type.Object(
  {
    kind: Type.Literal("load"),
    peak: Type.Number({ description: "Expected peak, requests a second." }),
    multiple: Type.Number(),
    target: Type.Number({ description: "Good answers a second that are asked for." }),
    rate: nullable(Type.Number({ description: "Good answers a second in the part that counts." })),
    errorRate: nullable(Type.Number()),
    maxErrorRate: Type.Number(),
    minutes: nullable(Type.Number({ description: "Length of the part that counts." })),
    leastMinutes: Type.Number(),
    part: nullable(Type.String({ description: "Which part counts, in words; null for the whole run." })),
    latencies: Type.Array(Type.Object({ name: Type.String(), ms: Type.Number(), limitMs: nullable(Type.Number()) }, closed), {
      description: "One for each run: those of several regions are not added up.",
    }),
    timeline: nullable(
      Type.Object(
        {
          stepSeconds: Type.Number(),
          good: Type.Array(Type.Number(), { description: "Good answers a second in each step." }),
          from: nullable(
            Type.Number({
              description: "Start of the part that counts, seconds since the run's start; null where none reaches the target.",
            }),
          ),
          to: nullable(Type.Number()),
        },
        closed,
      ),
    ),
  },
  closed,
);

const canaryFigures = Type.Object(
  {
    kind: Type.Literal("canary"),
    environment: Type.String(),
    leastPercent: Type.Number(),
    mostPercent: Type.Number(),
    hours: Type.Number({ description: "Length of the run that counts." }),
    leastHours: Type.Number(),
    requests: Type.Number(),
    leastRequests: Type.Number(),
    counted: Type.Integer({ description: "Index of the run that counts." }),
    runs: Type.Array(
      Type.Object(
        {
          commit: commit(),
          from: instant(),
          to: instant(),
          running: Type.Boolean(),
          share: nullable(Type.Number({ description: "Of the traffic, percent." })),
        },
        closed,
      ),
      { description: "Unbroken runs in the environment, oldest first." },
    ),
    alerts: Type.Array(
      Type.Object(
        { kind: Type.Enum(["critical", "other", "unclear", "silence"]), name: Type.String(), from: instant(), to: nullable(instant()) },
        closed,
      ),
    ),
    gaps: Type.Array(Type.Object({ from: instant(), to: instant() }, closed), {
      description: "Spans of the run that counts without alert data.",
    }),
  },
  closed,
);

export const figuresSchema = Type.Union([loadFigures, canaryFigures]);

export type LoadFigures = Static<typeof loadFigures>;
export type CanaryFigures = Static<typeof canaryFigures>;
export type Figures = Static<typeof figuresSchema>;
