import ab from "./ab.ts";
import aiperf from "./aiperf.ts";
import alertmanagerAlerts from "./alertmanager-alerts.ts";
import alertmanagerConfig from "./alertmanager-config.ts";
import argoRollouts from "./argo-rollouts.ts";
import artillery from "./artillery.ts";
import autocannon from "./autocannon.ts";
import azureRedteam from "./azure-redteam.ts";
import cyclonedx from "./cyclonedx.ts";
import deepeval from "./deepeval.ts";
import deepteam from "./deepteam.ts";
import type { Reader } from "../define-reader.ts";
import document from "./document.ts";
import evidenceSidecar from "./evidence-sidecar.ts";
import flagger from "./flagger.ts";
import garak from "./garak.ts";
import gatewayApi from "./gateway-api.ts";
import gatling from "./gatling.ts";
import genaiPerf from "./genai-perf.ts";
import grafanaDashboard from "./grafana-dashboard.ts";
import guidellm from "./guidellm.ts";
import h2load from "./h2load.ts";
import hey from "./hey.ts";
import hfModelIndex from "./hf-model-index.ts";
import inferencePerf from "./inference-perf.ts";
import inspect from "./inspect.ts";
import jmeterStatistics from "./jmeter-statistics.ts";
import jsonSchema from "./json-schema.ts";
import jtl from "./jtl.ts";
import junit from "./junit.ts";
import k6Points from "./k6-points.ts";
import k6Summary from "./k6-summary.ts";
import litellmConfig from "./litellm-config.ts";
import llmperf from "./llmperf.ts";
import lmEvaluationHarness from "./lm-evaluation-harness.ts";
import locust from "./locust.ts";
import logSample from "./log-sample.ts";
import metricCsv from "./metric-csv.ts";
import metricJson from "./metric-json.ts";
import mlflowModelVersions from "./mlflow-model-versions.ts";
import mlflowRun from "./mlflow-run.ts";
import modelRegistry from "./model-registry.ts";
import oha from "./oha.ts";
import openslo from "./openslo.ts";
import otelCollector from "./otel-collector.ts";
import prometheusQuery from "./prometheus-query.ts";
import prometheusRules from "./prometheus-rules.ts";
import promptfoo from "./promptfoo.ts";
import pyrra from "./pyrra.ts";
import ragas from "./ragas.ts";
import sarif from "./sarif.ts";
import sglangBench from "./sglang-bench.ts";
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
  alertmanagerAlerts,
  alertmanagerConfig,
  argoRollouts,
  artillery,
  autocannon,
  azureRedteam,
  cyclonedx,
  deepeval,
  deepteam,
  document,
  evidenceSidecar,
  flagger,
  garak,
  gatewayApi,
  gatling,
  genaiPerf,
  grafanaDashboard,
  guidellm,
  h2load,
  hey,
  hfModelIndex,
  inferencePerf,
  inspect,
  jmeterStatistics,
  jsonSchema,
  jtl,
  junit,
  k6Points,
  k6Summary,
  litellmConfig,
  llmperf,
  lmEvaluationHarness,
  locust,
  logSample,
  metricCsv,
  metricJson,
  mlflowModelVersions,
  mlflowRun,
  modelRegistry,
  oha,
  openslo,
  otelCollector,
  prometheusQuery,
  prometheusRules,
  promptfoo,
  pyrra,
  ragas,
  sarif,
  sglangBench,
  siege,
  sloth,
  surveyCsv,
  trainingCsv,
  trainingYaml,
  vegeta,
  vllmBench,
  wrk,
];
