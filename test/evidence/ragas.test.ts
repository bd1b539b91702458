import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

describe("ragas", () => {
  it("gives means of what was scored; blanks are no scores", () => {
    const { measurement, notes } = readAs("evaluation", fixture("ragas.csv"));
    expect(measurement).toEqual({
      total: 3,
      metrics: [
        { name: "faithfulness", value: 0.75, n: 2 },
        { name: "answer_relevancy", value: 0.8, n: 2 },
      ],
    });
    expect(notes).toEqual([
      "faithfulness: 1 of 3 answers have no score",
      "answer_relevancy: 1 of 3 answers have no score",
      "context_recall: 3 of 3 answers have no score",
      "no time in the file",
    ]);
  });

  const rows = [
    { question: "a", answer: "b", faithfulness: 1, "factual_correctness(mode=f1)": null, latency: 3 },
    { question: "c", answer: "d", faithfulness: 0, "factual_correctness(mode=f1)": 0.5 },
  ];
  it.each([
    ["a list", JSON.stringify(rows)],
    ["one a line", rows.map((row) => JSON.stringify(row)).join("\n")],
  ])("reads JSON, %s", (_name, text) => {
    expect(readAs("evaluation", text).measurement).toEqual({
      total: 2,
      metrics: [
        { name: "faithfulness", value: 0.5, n: 2 },
        { name: "factual_correctness(mode=f1)", value: 0.5, n: 1 },
      ],
    });
  });

  it("reads a score a row, with what was not scored", () => {
    const { measurement, notes } = readAs("evaluation", fixture("ragas-long.csv"));
    expect(measurement).toEqual({
      metrics: [
        { name: "faithfulness", value: 0.75, n: 2 },
        { name: "answer_relevancy", value: expect.closeTo(0.7, 12), n: 3 },
      ],
    });
    expect(notes).toEqual(["faithfulness: 1 of 3 answers have no score", "no time in the file"]);
  });

  it("does not know what a mean rests on where each metric stands once", () => {
    const { measurement, notes } = readAs("evaluation", "\ufeffMetric;Score\nfaithfulness;0,9\nanswer_relevancy;0,8\n");
    expect(measurement).toEqual({
      metrics: [
        { name: "faithfulness", value: 0.9 },
        { name: "answer_relevancy", value: 0.8 },
      ],
    });
    expect(notes).toContain("how many answers the metrics rest on is not in the file");
  });

  it("knows its metrics beside columns in another language, and leaves series and surveys alone", () => {
    const text = "Frage,Antwort,faithfulness,answer_relevancy\na,b,1,0.5\n";
    expect(readAs("evaluation", text).measurement).toMatchObject({ total: 1, metrics: [{ value: 1 }, { value: 0.5 }] });
    expect(read("date,faithfulness,answer_relevancy\n2026-11-01,0.9,0.8\n")).toMatchObject({ format: "metric-csv" });
    expect(read("metric,score\nhandle-time,5\n", { scale: "1-5" })).toMatchObject({ ok: false, code: "unknown-format" });
  });

  it.each([
    ["a score a row that is text", "metric,score\nfaithfulness,good\n", "bad-value"],
    ["a score a row in percent", "metric,score\nfaithfulness,93\n", "bad-value"],
    ["rows without a score", "metric,score\nfaithfulness,\nfaithfulness,NaN\n", "incomplete"],
    ["a score that is text", "question,answer,faithfulness\na,b,good\n", "bad-value"],
    ["a score in percent", "question,answer,faithfulness\na,b,93\n", "bad-value"],
    ["text for a number in JSON", '[{"question":"a","faithfulness":"1"}]', "bad-value"],
    ["no score", "question,answer,faithfulness\na,b,\n", "incomplete"],
    ["no row", "question,answer,faithfulness\n", "incomplete"],
    ["a line that breaks off", '{"question":"a","faithfulness":1}\n{"question":', "not-parseable"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "ragas" });
  });
});
