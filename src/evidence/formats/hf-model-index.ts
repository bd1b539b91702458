import type { Evaluation, Unreadable } from "../../shapes/measurements.ts";
import { defineReader, unreadable, type Measured } from "../define-reader.ts";
import { fieldsOf, type Fields } from "../fields.ts";
import { frontMatterOf, isModelCard } from "../front-matter.ts";
import { maxTextLength, parseYaml } from "../yaml.ts";

type Metric = Evaluation["metrics"][number];

/**
 * Results in the front matter of a model card on Hugging Face. They are the author's own figures, in the unit that the author chose.
 * https://huggingface.co/docs/hub/model-cards#evaluation-results
 */
export default defineReader({
  format: "hf-model-index",
  title: "Hugging Face model card with results (model-index)",
  kinds: ["evaluation"],
  seen: ["sample of huggingface_hub"],
  recognises: ({ text }) => {
    const front = frontMatterOf(text);
    return typeof front === "object" && isModelCard(front.yaml);
  },
  read: ({ text }) => {
    if (text.length > maxTextLength) return unreadable("too-large", "The model card is over 1 MiB.");
    const front = frontMatterOf(text);
    const parsed = parseYaml(typeof front === "object" ? front.yaml : "");
    if (!parsed.ok) return { ...parsed, ...(parsed.line === undefined ? {} : { line: parsed.line + 1 }) };
    return readIndex(fieldsOf(parsed.value[0]));
  },
});

function readIndex(front: Fields): Measured | Unreadable {
  const models = front.list("model-index");
  const left = { out: 0 };
  const metrics = models.flatMap((model) =>
    model.list("results").flatMap((result) => {
      const task = `${models.length > 1 ? `${model.text("name")}: ` : ""}${datasetOf(result.in("dataset"))}`;
      return result.list("metrics").flatMap((metric) => toMetric(metric, task.slice(0, 200), left));
    }),
  );
  const problem = front.problem();
  if (problem !== undefined) return problem;
  if (metrics.length === 0) return unreadable("incomplete", "The `model-index` of the card holds no result that is a number.");
  return {
    kind: "evaluation",
    tool: { name: "huggingface", version: null },
    measurement: { metrics },
    notes: [
      "figures are the author's own, in the unit that the author chose",
      "no time in the file",
      ...(left.out > 0 ? [`${left.out} of the values are no numbers and were left out`] : []),
    ],
  };
}

/** Configuration and split stand in brackets where they are not the usual ones. */
function datasetOf(dataset: Fields): string {
  const config = dataset.optionalText("config");
  const split = dataset.optionalText("split");
  const parts = [config === "default" ? undefined : config, split].filter((part) => part !== undefined);
  return parts.length === 0 ? dataset.text("type") : `${dataset.text("type")} (${parts.join(", ")})`;
}

/** A value may be text or several figures; then nobody knows its unit. */
function toMetric(metric: Fields, task: string, left: { out: number }): Metric[] {
  const name = metric.text("type").slice(0, 200);
  const raw = metric.raw("value");
  if (typeof raw === "string" && /^[+-]?(?:nan|inf(?:inity)?)$/i.test(raw)) metric.refuse("value", "is not a finite number");
  if (typeof raw === "string" || (typeof raw === "object" && raw !== null)) {
    left.out += 1;
    return [];
  }
  return [{ name, value: metric.number("value", { min: -Number.MAX_VALUE }), task }];
}
