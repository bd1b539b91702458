import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const bom = (components: unknown, more: object = {}) => JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components, ...more });
const model = { type: "machine-learning-model", name: "chat", version: "1" };

describe("cyclonedx", () => {
  it("reads models, versions of one name apart", () => {
    const { measurement, tool, origin, notes } = readAs("registry", fixture("cyclonedx.json"));
    expect(measurement.models).toEqual([
      { id: "chat@2024-11-20", version: "2024-11-20", provider: "OpenAI" },
      { id: "chat@2024-08-06", version: "2024-08-06", provider: "OpenAI" },
      { id: "embedder", version: "3", provider: "own" },
    ]);
    expect(tool).toEqual({ name: "cyclonedx", version: "1.6" });
    expect(origin).toEqual({ measuredAt: "2026-11-20T08:00:00Z" });
    expect(notes).toHaveLength(1);
  });

  it("reads the model that the bill describes", () => {
    const text = bom([], { metadata: { component: model } });
    expect(readAs("registry", text)).toMatchObject({ measurement: { models: [{ id: "chat", version: "1" }] }, origin: {} });
  });

  const deep = (levels: number): object => (levels === 0 ? model : { type: "library", name: "l", components: [deep(levels - 1)] });
  it.each([
    ["a bill without a model", bom([{ type: "library", name: "x" }]), "incomplete"],
    ["one model and version twice", bom([model, model]), "bad-value"],
    ["components nested without end", bom([deep(40)]), "bad-value"],
    ["a version that is a number", bom([{ ...model, version: 1 }]), "bad-shape"],
    ["a model without a name", bom([{ type: "machine-learning-model" }]), "bad-shape"],
    ["a bill that does not say its version", JSON.stringify({ bomFormat: "CycloneDX", components: [model] }), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "cyclonedx" });
  });
});
