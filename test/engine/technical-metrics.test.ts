import { describe, expect, it } from "@jest/globals";
import { isTechnicalMetric } from "../../src/engine/technical-metrics.ts";

const technical: [string, string?][] = [
  ["bleu"],
  ["BLEU-4"],
  ["rougeL"],
  ["rouge-2"],
  ["rougeLsum"],
  ["perplexity"],
  ["F1-score"],
  ["f1"],
  ["macro_f1"],
  ["faithfulness"],
  ["hallucination-rate"],
  ["HallucinationRate"],
  ["p95-latency"],
  ["totalLatency"],
  ["tokens-per-second"],
  ["TTFT"],
  ["time-to-first-token"],
  ["exact_match"],
  ["context recall"],
  ["answer-relevancy"],
  ["accuracy"],
  ["Precision"],
  ["throughput"],
  ["pass@1"],
  ["toxicity"],
  ["quality", "mean BLEU over 200 answers"],
  ["answer-quality", "F1-score against the gold answers"],
];
const business: [string, string?][] = [
  ["handle-time", "minutes from opening to closing"],
  ["first-response-time"],
  ["resolution-rate"],
  ["cost-per-contact"],
  ["revenue"],
  ["complaints"],
  ["forecast-accuracy"],
  ["churn-loss"],
  ["orders-throughput"],
  ["tickets-without-errors"],
  ["csat"],
  ["nps"],
  ["double-blind-reviews"],
  ["conversion"],
];

describe("isTechnicalMetric", () => {
  it.each(technical.map((row) => [row]))("%s is technical", ([id, formula]) => expect(isTechnicalMetric(id, formula)).toBe(true));
  it.each(business.map((row) => [row]))("%s is not", ([id, formula]) => expect(isTechnicalMetric(id, formula)).toBe(false));
});
