/* A load test as a tool reported it. Absent means "not in the file". Times are ISO 8601 instants in UTC, durations seconds, latencies
   milliseconds, rates shares from 0 to 1. */

export interface Percentiles {
  mean?: number;
  p50?: number;
  p90?: number;
  p95?: number;
  p97_5?: number;
  p99?: number;
  max?: number;
}

export interface LoadTest {
  /** Every attempt, answered or not. */
  requests?: number;
  /** Transport errors and HTTP status 400 and above, unless the tool was told otherwise. */
  failed?: number;
  errorRate?: number;
  durationSeconds?: number;
  /** requests / durationSeconds where both are known, else the tool's figure. */
  ratePerSecond?: number;
  latencyMs?: Percentiles;
  timeToFirstTokenMs?: Percentiles;
  interTokenLatencyMs?: Percentiles;
  outputTokensPerSecond?: number;
  totalTokensPerSecond?: number;
  /** Load that the generator could not send. */
  dropped?: number;
  startedAt?: string;
  endedAt?: string;
  /** The run's own thresholds. */
  thresholds?: { passed: number; failed: number };
  /** The run over time, where the format shows it. */
  timeline?: Timeline;
  /** Load levels that the file tells apart, in its order, where there are several; the figures above are those of the longest one. */
  stages?: LoadStage[];
}

export type LoadStage = Omit<LoadTest, "stages">;

/** What was answered in each interval since the first answer, one after another; the last interval may be shorter. */
export interface Timeline {
  intervalSeconds: number;
  requests: number[];
  failed: number[];
  /** Tokens read and written. */
  tokens?: number[];
}
