import ab from "./ab.ts";
import aiperf from "./aiperf.ts";
import artillery from "./artillery.ts";
import autocannon from "./autocannon.ts";
import type { Reader } from "./define-reader.ts";
import document from "./document.ts";
import evidenceSidecar from "./evidence-sidecar.ts";
import gatling from "./gatling.ts";
import genaiPerf from "./genai-perf.ts";
import grafanaDashboard from "./grafana-dashboard.ts";
import guidellm from "./guidellm.ts";
import h2load from "./h2load.ts";
import hey from "./hey.ts";
import inferencePerf from "./inference-perf.ts";
import jmeterStatistics from "./jmeter-statistics.ts";
import jsonSchema from "./json-schema.ts";
import jtl from "./jtl.ts";
import junit from "./junit.ts";
import k6Summary from "./k6-summary.ts";
import llmperf from "./llmperf.ts";
import locust from "./locust.ts";
import logSample from "./log-sample.ts";
import metricCsv from "./metric-csv.ts";
import modelRegistry from "./model-registry.ts";
import oha from "./oha.ts";
import openslo from "./openslo.ts";
import otelCollector from "./otel-collector.ts";
import prometheusRules from "./prometheus-rules.ts";
import promptfoo from "./promptfoo.ts";
import siege from "./siege.ts";
import sloth from "./sloth.ts";
import surveyCsv from "./survey-csv.ts";
import trainingCsv from "./training-csv.ts";
import trainingYaml from "./training-yaml.ts";
import vegeta from "./vegeta.ts";
import vllmBench from "./vllm-bench.ts";
import wrk from "./wrk.ts";

/** Every format that can be read. Each is a file of its name here, and a page of its name in docs/evidence. */
export const readers: readonly Reader[] = [
  ab,
  aiperf,
  artillery,
  autocannon,
  document,
  evidenceSidecar,
  gatling,
  genaiPerf,
  grafanaDashboard,
  guidellm,
  h2load,
  hey,
  inferencePerf,
  jmeterStatistics,
  jsonSchema,
  jtl,
  junit,
  k6Summary,
  llmperf,
  locust,
  logSample,
  metricCsv,
  modelRegistry,
  oha,
  openslo,
  otelCollector,
  prometheusRules,
  promptfoo,
  siege,
  sloth,
  surveyCsv,
  trainingCsv,
  trainingYaml,
  vegeta,
  vllmBench,
  wrk,
];
