import { defineReader } from "../define-reader.ts";
import { at, fieldsOf, present, type Fields } from "../fields.ts";
import { toInstant } from "../instant.ts";

/**
 * Answer of Alertmanager's `GET /api/v2/alerts`. `endsAt` of an alert that fires lies in the FUTURE: it is when the alert would end if
 * nobody sent it again, and no end. Alerts that were resolved are not in the answer.
 * https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export default defineReader({
  format: "alertmanager-alerts",
  title: "Alertmanager alerts (API v2, JSON)",
  kinds: ["alerts"],
  seen: ["0.25"],
  recognises: ({ json }) =>
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((alert) => typeof at(alert, "fingerprint") === "string" && typeof at(alert, "startsAt") === "string"),
  read: ({ json }) => {
    const file = fieldsOf({ alerts: json });
    const all = file.list("alerts").map((alert) => {
      const labels = alert.in("labels");
      const startsAt = instantOf(alert, "startsAt");
      const endsAt = instantOf(alert, "endsAt");
      const updatedAt = instantOf(alert, "updatedAt");
      const state = alert.in("status").text("state");
      return {
        updatedAt,
        silent: state === "suppressed",
        alert: {
          name: labels.text("alertname"),
          severity: labels.optionalText("severity") ?? null,
          startsAt,
          endsAt: Date.parse(endsAt) > Date.parse(updatedAt) ? null : endsAt,
        },
      };
    });
    const problem = file.problem();
    if (problem !== undefined) return problem;
    const silent = all.filter((one) => one.silent).length;
    return {
      kind: "alerts",
      tool: { name: "alertmanager", version: null },
      measurement: { alerts: all.map(({ alert }) => alert) },
      origin: present({
        measuredAt: all
          .map(({ updatedAt }) => updatedAt)
          .sort((one, other) => Date.parse(one) - Date.parse(other))
          .at(-1),
      }),
      notes: [
        "alerts of one moment: what was resolved before is not in the file",
        ...(silent > 0 ? [`${silent} of the alerts are silenced or inhibited`] : []),
      ],
    };
  },
});

function instantOf(alert: Fields, key: string): string {
  const time = toInstant(alert.text(key));
  if (time?.zoned !== true) alert.refuse(key, "is not an instant");
  return time?.at ?? "";
}
