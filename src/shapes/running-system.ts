/* What is measured of a running system: its alerts and where they go, its levels and dashboards, its budget, its traffic. */

export interface Alerts {
  alerts?: { name: string; severity: string | null; startsAt: string | null; endsAt: string | null }[];
  rules?: {
    name: string;
    severity: string | null;
    for: string | null;
    runbookUrl?: string;
    owner?: string;
    expr?: string;
    /** Labels that the rule sets; a value may be a template (`{{ $labels.team }}`). */
    labels?: Record<string, string>;
  }[];
}

export interface AlertMatcher {
  label: string;
  operator: "=" | "!=" | "=~" | "!~";
  value: string;
}

export interface AlertRoute {
  /** Place of the parent in the list; absent at the root. */
  parent?: number;
  /** The parent's where the route names none. */
  receiver: string;
  /** All must hold; none: the route takes every alert. */
  matchers: AlertMatcher[];
  /** The routes after it are tried too. */
  continues?: true;
  /** It is mute at some times. */
  timed?: true;
}

/** Where alerts go. */
export interface AlertRouting {
  /** Names of integrations (`email`, `pagerduty`); where there is none, what is sent to the receiver goes nowhere. */
  receivers: { name: string; integrations: string[] }[];
  /** Receiver of what no other route takes. */
  root: string;
  /** The tree, the root first, each route before its children, siblings in the order in which they are tried. */
  routes: AlertRoute[];
  inhibitRules: number;
}

export interface Slo {
  objectives: { name: string; target?: number }[];
}

export interface Dashboard {
  title: string;
  panels: number;
}

export interface Telemetry {
  /** Pipelines that send data somewhere, by signal: `traces`, `metrics`, `logs`. */
  pipelines: { signal: string; exporters: string[] }[];
}

/** What may be spent, and whether somebody is told before it is. */
export interface Budget {
  budgets: {
    scope: "all" | "provider" | "model" | "tag";
    /** Of the provider, model or tag. */
    name?: string;
    amount: number;
    /** ISO 4217. */
    currency: string;
    /** As written: `30d`, `1mo`. */
    period?: string;
    /** Somebody is told as it is used up. */
    alerts: boolean;
  }[];
  /** Where the tool sends its alerts, by the tool's names: `slack`, `webhook`. */
  channels: string[];
}

/** One share of a plan and how long it lasts. */
export interface TrafficStep {
  /** As declared, percent from 0 to 100. */
  percent: number;
  /** What it comes to where no router splits the requests, so that whole pods stand for shares; absent where they do not, or their number is not in the file. */
  podPercent?: number;
  /** Pauses at this share that end by themselves, summed. */
  pauseSeconds?: number;
  /** What else the next share waits for, however long: that somebody promotes, or that an analysis ends. */
  waitsFor?: "promotion" | "analysis";
}

/** What a controller reported at the moment of the file. */
export interface TrafficObserved {
  /** In the controller's word: `Paused`, `Degraded`, `Succeeded`, `Failed`. */
  phase?: string;
  aborted?: true;
  /** Share that the new version took, percent from 0 to 100. */
  percent?: number;
  /** When that began: the pause, the abortion, the end of an analysis, else the last change of the status. */
  since?: string;
  /** First and last measurement that an analysis took; dry runs do not count. */
  from?: string;
  to?: string;
}

export interface TrafficResource {
  /** As in the file: `Rollout`, `AnalysisRun`, `Canary`, `HTTPRoute`, `GRPCRoute`. */
  kind: string;
  name: string;
  /** The plan of a rollout: what a new version takes step by step, before it takes all. Empty where it takes all at once. */
  steps?: TrafficStep[];
  /** The plan of a route: the backends' shares, percent from 0 to 100, for each rule that asks for no header. */
  splits?: { backend: string; percent: number }[][];
  /** The plan is not followed: a new version takes all at once. */
  skipped?: true;
  /** Absent where the file is a plan and nothing else. */
  observed?: TrafficObserved;
}

/** What share of the traffic a new version takes: `steps` and `splits` are what somebody declared, `observed` is what was seen. */
export interface Traffic {
  resources: TrafficResource[];
}
