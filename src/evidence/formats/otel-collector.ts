import { defineReader, unreadable } from "../define-reader.ts";
import { at, fieldsOf, isRecord, type Fields } from "../fields.ts";
import { parseYaml } from "../yaml.ts";

/** Exporters that send nothing anywhere. */
const idle = new Set(["debug", "logging", "nop"]);

/**
 * OpenTelemetry collector configuration, or an OpenTelemetryCollector resource that holds one. Only what a pipeline names is active,
 * and only an exporter that is configured and leaves the process counts; connectors lead to other pipelines.
 */
export default defineReader({
  format: "otel-collector",
  title: "OpenTelemetry collector configuration",
  kinds: ["telemetry"],
  seen: ["core examples of 2026"],
  recognises: ({ yaml }) => yaml?.some((document) => configOf(document) !== undefined) === true,
  read: ({ yaml = [] }) => {
    const config = configOf(yaml.find((document) => configOf(document) !== undefined));
    const parsed = typeof config === "string" ? parseYaml(config) : undefined;
    if (parsed?.ok === false) return unreadable(parsed.code, "`spec.config` of the resource is not YAML.");
    const file = fieldsOf(parsed === undefined ? config : parsed.value[0]);
    const pipelines = file.in("service").in("pipelines");
    const sending = pipelines.keys().flatMap((name) => {
      const exporters = pipelines
        .in(name)
        .texts("exporters")
        .filter((exporter) => isReal(exporter, file));
      return exporters.length === 0 ? [] : [{ signal: typeOf(name), exporters }];
    });
    const silent = pipelines.keys().length - sending.length;
    const notes = silent === 0 ? [] : [`${silent} pipeline${silent === 1 ? " has" : "s have"} no exporter that sends data anywhere`];
    return (
      file.problem() ?? { kind: "telemetry", tool: { name: "otel-collector", version: null }, measurement: { pipelines: sending }, notes }
    );
  },
});

function configOf(document: unknown): unknown {
  if (at(document, "kind") === "OpenTelemetryCollector") return at(document, "spec", "config");
  const isConfig = isRecord(at(document, "service", "pipelines")) && at(document, "apiVersion") === undefined;
  return isConfig && at(document, "receivers") !== undefined ? document : undefined;
}

function isReal(exporter: string, file: Fields): boolean {
  return !idle.has(typeOf(exporter)) && isRecord(file.raw("exporters")) && file.in("exporters").has(exporter);
}

/** `otlp/backend` is the instance "backend" of the type `otlp`. */
function typeOf(id: string): string {
  return id.split("/")[0] ?? id;
}
