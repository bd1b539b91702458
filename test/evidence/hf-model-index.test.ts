import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

const card = (index: string, more = "") => `---\nlicense: mit\n${more}model-index: ${index}\n---\n\n# Card\n\nWords.\n`;
const result = (dataset: string, value: string) => `[{ name: m, results: [{ ${dataset} metrics: [{ type: f1, value: ${value} }] }] }]`;

describe("hf-model-index", () => {
  it("reads numbers by dataset", () => {
    const { measurement, origin, notes } = readAs("evaluation", fixture("hf-model-index.md"));
    expect(measurement).toEqual({
      metrics: [
        { name: "accuracy", value: 0.9, task: "support (test)" },
        { name: "f1", value: 0.66, task: "support (test)" },
        { name: "accuracy", value: 87.5, task: "tone" },
      ],
    });
    expect(origin).toEqual({});
    expect(notes).toContain("1 of the values are no numbers and were left out");
  });

  it("reads lines that end as on Windows", () => {
    expect(readAs("evaluation", fixture("hf-model-index.md").replaceAll("\n", "\r\n")).measurement.metrics).toHaveLength(3);
  });

  it("names the model where a card has several", () => {
    const of = (name: string) => `{ name: ${name}, results: [{ dataset: { type: d }, metrics: [{ type: f1, value: 1 }] }] }`;
    const { metrics } = readAs("evaluation", card(`[${of("a")}, ${of("b")}]`)).measurement;
    expect(metrics.map(({ task }) => task)).toEqual(["a: d", "b: d"]);
  });

  it.each(["status: approved\n", "owner: me\n"])("leaves to documents what has %j", (line) => {
    expect(read(card(result("dataset: { type: d },", "1"), line))).toMatchObject({ ok: true, format: "document" });
  });

  it("leaves cards without results to documents", () => {
    expect(read("---\nlicense: mit\n---\n\n# Card\n\nWords.\n")).toMatchObject({ ok: true, format: "document" });
  });

  it.each([
    ["a result without a dataset", card(result("", "1")), "bad-shape"],
    ["an index that is no list", card("none"), "bad-shape"],
    ["a value that is missing", card(result("dataset: { type: d },", "").replace("value: ", "")), "bad-shape"],
    ["no number", card(result("dataset: { type: d },", "high")), "incomplete"],
    ["broken YAML", card("[{ name: m"), "not-parseable"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "hf-model-index" });
  });
});
