import type { Budget } from "../../shapes/measurements.ts";
import { defineReader } from "../define-reader.ts";
import { at, isRecord, fieldsOf, present, type Fields } from "../fields.ts";

type Limit = Budget["budgets"][number];

/** Channels that alerts on budgets are sent to; PagerDuty gets failed requests only. */
const telling = new Set(["slack", "webhook", "email"]);
const alertKind = "budget_alerts";

/**
 * Configuration of LiteLLM's proxy: budgets in US dollars, and where alerts go. Alerts are sent on the budget of the whole proxy, at
 * 85, 95 and 100 percent; the budgets of providers, models and tags stop requests and tell nobody.
 * https://docs.litellm.ai/docs/proxy/alerting https://docs.litellm.ai/docs/proxy/provider_budget_routing
 */
export default defineReader({
  format: "litellm-config",
  title: "LiteLLM proxy configuration",
  kinds: ["budget"],
  seen: [],
  recognises: ({ yaml }) => yaml?.filter(isProxy).length === 1,
  read: ({ yaml }) => {
    const file = fieldsOf(yaml?.find(isProxy));
    const general = settingsOf(file, "general_settings");
    const channels = general?.raw("alerting") == null ? [] : general.texts("alerting");
    const kinds = general?.raw("alert_types") == null ? [alertKind] : general.texts("alert_types");
    const alerts = kinds.includes(alertKind) && channels.some((channel) => telling.has(channel));
    const settings = settingsOf(file, "litellm_settings");
    const router = settingsOf(file, "router_settings");
    const limits = [
      settings === undefined ? undefined : limitOf(settings, { scope: "all", alerts }),
      ...namedLimits(router, "provider_budget_config", "provider"),
      ...namedLimits(settings, "tag_budget_config", "tag"),
      ...modelLimits(file),
    ];
    const budgets = limits.filter((limit) => limit !== undefined);
    return file.problem() ?? { kind: "budget", tool: { name: "litellm", version: null }, measurement: { budgets, channels } };
  },
});

function isProxy(document: unknown): boolean {
  const models = at(document, "model_list");
  const named = Array.isArray(models) && models.length > 0 && models.every((model) => isRecord(model) && isRecord(model["litellm_params"]));
  return named || isRecord(at(document, "litellm_settings"));
}

function settingsOf(file: Fields, key: string): Fields | undefined {
  return file.raw(key) == null ? undefined : file.in(key);
}

function namedLimits(settings: Fields | undefined, key: string, scope: Limit["scope"]): (Limit | undefined)[] {
  const limits = settings === undefined ? undefined : settingsOf(settings, key);
  return limits?.keys().map((name) => limitOf(limits.in(name), { scope, name, alerts: false })) ?? [];
}

function modelLimits(file: Fields): (Limit | undefined)[] {
  const models = file.raw("model_list") == null ? [] : file.list("model_list");
  return models.map((model) => {
    const parameters = settingsOf(model, "litellm_params");
    return parameters?.has("max_budget")
      ? limitOf(parameters, { scope: "model", name: model.text("model_name"), alerts: false })
      : undefined;
  });
}

/** Undefined where nothing is limited, or the limit comes from the environment. */
function limitOf(holder: Fields, rest: Pick<Limit, "scope" | "name" | "alerts">): Limit | undefined {
  const key = holder.has("budget_limit") ? "budget_limit" : "max_budget";
  const written = holder.raw(key);
  if (written == null || (typeof written === "string" && written.startsWith("os.environ/"))) return undefined;
  const period = ["time_period", "budget_duration"].find((name) => holder.raw(name) != null);
  return present({
    ...rest,
    amount: holder.number(key),
    currency: "USD",
    period: period === undefined ? undefined : holder.text(period),
  });
}
