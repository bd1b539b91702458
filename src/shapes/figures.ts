import { Type, type Static } from "typebox";

/* The numbers behind a criterion's verdict, for charts. Data only: what follows from them is in the criterion's state and findings. */

const closed = { additionalProperties: false };
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const number = (description: string) => Type.Number({ description });
const text = (description: string) => Type.String({ description });
const instant = (description: string) => Type.String({ format: "date-time", description });

const latency = Type.Object(
  {
    name: text("Which latency."),
    ms: number("Milliseconds."),
    limitMs: nullable(Type.Number(), "Greatest that the policy accepts; null where it sets none."),
  },
  closed,
);

const timeline = Type.Object(
  {
    stepSeconds: number("Length of a step."),
    good: Type.Array(Type.Number(), { description: "Good answers a second in each step." }),
    from: nullable(Type.Number(), "Start of the part that counts, seconds since the run's start; null where none reaches the target."),
    to: nullable(Type.Number(), "Its end."),
  },
  closed,
);

const loadFigures = Type.Object(
  {
    kind: Type.Literal("load", { description: "Of `load-test`." }),
    peak: number("Expected peak, requests a second."),
    multiple: number("Times the peak that are asked for."),
    target: number("Good answers a second that are asked for."),
    rate: nullable(Type.Number(), "Good answers a second in the part that counts."),
    errorRate: nullable(Type.Number(), "Share of failed requests in it, 0 to 1."),
    maxErrorRate: number("Greatest share that is accepted."),
    minutes: nullable(Type.Number(), "Length of the part that counts."),
    leastMinutes: number("Length that is asked for."),
    part: nullable(Type.String(), "Which part counts, in words; null for the whole run."),
    latencies: Type.Array(latency, { description: "One for each run: those of several regions are not added up." }),
    timeline: nullable(timeline, "Load over time; null where the file does not show it."),
  },
  closed,
);

const run = Type.Object(
  {
    commit: text("Commit that was deployed."),
    from: instant("Start."),
    to: instant("End."),
    running: Type.Boolean({ description: "Under way at the instant of the judgement?" }),
    share: nullable(Type.Number(), "Of the traffic, percent."),
  },
  closed,
);

const alert = Type.Object(
  {
    kind: Type.Enum(["critical", "other", "unclear", "silence"], { description: "What it counts as." }),
    name: text("Name of the alert."),
    from: instant("Start."),
    to: nullable(Type.String({ format: "date-time" }), "End; null while it fires."),
  },
  closed,
);

const canaryFigures = Type.Object(
  {
    kind: Type.Literal("canary", { description: "Of `canary-stability`." }),
    environment: text("Environment that takes the canary's share."),
    leastPercent: number("Least share of the traffic."),
    mostPercent: number("Greatest share of the traffic."),
    hours: number("Length of the run that counts."),
    leastHours: number("Length that is asked for."),
    requests: number("Requests served in it."),
    leastRequests: number("Requests that are asked for."),
    counted: Type.Integer({ description: "Index of the run that counts." }),
    runs: Type.Array(run, { description: "Unbroken runs in the environment, oldest first." }),
    alerts: Type.Array(alert, { description: "Alerts and silences in the time of `runs`." }),
    gaps: Type.Array(Type.Object({ from: instant("Start."), to: instant("End.") }, closed), {
      description: "Spans of the run that counts without alert data.",
    }),
  },
  closed,
);

export const figuresSchema = Type.Union([loadFigures, canaryFigures], { description: "Numbers behind the verdict, for charts." });

export type LoadFigures = Static<typeof loadFigures>;
export type CanaryFigures = Static<typeof canaryFigures>;
export type Figures = Static<typeof figuresSchema>;
