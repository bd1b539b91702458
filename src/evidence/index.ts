import alertmanagerAlerts from "./alertmanager-alerts.ts";
import autocannon from "./autocannon.ts";
import azureRedteam from "./azure-redteam.ts";
import cyclonedx from "./cyclonedx.ts";
import deepeval from "./deepeval.ts";
import deepteam from "./deepteam.ts";
import type { Reader } from "./define-reader.ts";
import document from "./document.ts";
import evidenceSidecar from "./evidence-sidecar.ts";
import garak from "./garak.ts";
import grafanaDashboard from "./grafana-dashboard.ts";
import hfModelIndex from "./hf-model-index.ts";
import inspect from "./inspect.ts";
import jsonSchema from "./json-schema.ts";
import junit from "./junit.ts";
import k6Summary from "./k6-summary.ts";
import lmEvaluationHarness from "./lm-evaluation-harness.ts";
import logSample from "./log-sample.ts";
import metricCsv from "./metric-csv.ts";
import mlflowModelVersions from "./mlflow-model-versions.ts";
import mlflowRun from "./mlflow-run.ts";
import modelRegistry from "./model-registry.ts";
import openslo from "./openslo.ts";
import otelCollector from "./otel-collector.ts";
import prometheusQuery from "./prometheus-query.ts";
import prometheusRules from "./prometheus-rules.ts";
import promptfoo from "./promptfoo.ts";
import ragas from "./ragas.ts";
import sarif from "./sarif.ts";
import sloth from "./sloth.ts";
import surveyCsv from "./survey-csv.ts";
import trainingCsv from "./training-csv.ts";
import trainingYaml from "./training-yaml.ts";

/** Every format that can be read. Each is a file of its name here, and a page of its name in docs/evidence. */
export const readers: readonly Reader[] = [
  alertmanagerAlerts,
  autocannon,
  azureRedteam,
  cyclonedx,
  deepeval,
  deepteam,
  document,
  evidenceSidecar,
  garak,
  grafanaDashboard,
  hfModelIndex,
  inspect,
  jsonSchema,
  junit,
  k6Summary,
  lmEvaluationHarness,
  logSample,
  metricCsv,
  mlflowModelVersions,
  mlflowRun,
  modelRegistry,
  openslo,
  otelCollector,
  prometheusQuery,
  prometheusRules,
  promptfoo,
  ragas,
  sarif,
  sloth,
  surveyCsv,
  trainingCsv,
  trainingYaml,
];
