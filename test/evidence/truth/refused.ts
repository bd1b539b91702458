/** Files of real tools that are refused: the code, and what the message names. */
export const refused: Record<string, readonly [code: string, says: string]> = {
  "ab/flaky-percentiles.csv": ["unknown-format", "ab's table of `-e`"],
  "datadog/algorithm_duration-monitor.json": ["unknown-format", "a Datadog monitor"],
  "flagd/example_flags.flagd.json": ["unknown-format", "flagd's file of feature flags"],
  "gatling/v3.2-simulation.log": ["unknown-format", "Gatling's `simulation.log`"],
  "inspect/cancelled-no-samples.json": ["incomplete", "did not end with success"],
  "locust/v1-stats_history.csv": ["unknown-format", "Locust's history"],
  "oscal/ifa_assessment-results.json": ["unknown-format", "an OSCAL document"],
  "pagerduty/incidents-none.SYNTHETIC.json": ["unknown-format", "PagerDuty's list of incidents"],
  "prometheus/vllm-metrics-exposition.txt": ["unknown-format", "a scrape of Prometheus metrics"],
  "spdx/ai-sbom.spdx3.json": ["unknown-format", "an SPDX bill of materials"],
};
