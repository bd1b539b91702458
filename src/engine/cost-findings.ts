import type { Alerts } from "../shapes/measurements.ts";
import { documentPlace } from "./document-place.ts";
import { numberField, recordField } from "./fields.ts";
import type { Finding, Measured, ReadDocument } from "./types.ts";

type Rule = NonNullable<Alerts["rules"]>[number];

/** Is somebody told of the cost: by an alert, by a budget of the document, or by one of a gateway? */
export function costFindings(document: ReadDocument, rules: readonly Rule[], budgets: readonly Measured<"budget">[]): Finding[] {
  if (rules.some(watchesCost)) return [];
  if (budgets.some(({ measurement }) => measurement.budgets.some(({ amount, alerts }) => alerts && amount > 0))) return [];
  const budget = recordField(document.frontMatter, "budget");
  const alertAt = budget?.["alert-at"];
  const shares = Array.isArray(alertAt) ? alertAt : [alertAt];
  const alerts = shares.some((share) => typeof share === "number" && share > 0 && share <= 1);
  if (alerts && (numberField(budget ?? {}, "monthly") ?? 0) > 0) return [];
  const text =
    budget === undefined
      ? "Nothing warns of the cost: no alert on cost, spend or tokens, and no budget that alerts."
      : `The budget in ${document.path} names no monthly amount above zero with a share from 0 to 1 at which it alerts.`;
  const remedy = `Add an alert on cost or tokens, or \`budget: { currency: EUR, monthly: 4000, alert-at: [0.75, 1] }\` to ${document.path}.`;
  return [{ state: "missing", ...documentPlace(document, "budget"), text, remedy }, ...silentBudgets(budgets)];
}

/** An alert on cost: an error budget is none, and neither is a token that signs somebody in. */
function watchesCost({ name, expr }: Rule): boolean {
  const text = `${name} ${expr ?? ""}`.toLowerCase().replaceAll(/error[-_ ]?budget/g, "");
  return /cost|spend|budget/.test(text) || (/token/.test(text) && !/auth|jwt|csrf|session|refresh|credential/.test(text));
}

function silentBudgets(budgets: readonly Measured<"budget">[]): Finding[] {
  return budgets.map(({ path, measurement }): Finding => {
    const why = measurement.budgets.length === 0 ? "holds no budget" : "holds budgets of which nobody is told as they are used up";
    return { state: "note", path, text: `${path} ${why}, so it warns nobody of the cost.` };
  });
}
