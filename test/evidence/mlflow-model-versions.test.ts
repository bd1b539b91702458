import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const answer = (versions: object[], more: object = {}) => JSON.stringify({ model_versions: versions, ...more });

describe("mlflow-model-versions", () => {
  it("reads versions; a stage is the status", () => {
    const { measurement, notes } = readAs("registry", fixture("mlflow-model-versions.json"));
    expect(measurement.models).toEqual([
      { id: "assistant/2", version: "2", status: "production", owner: "mia", since: "2026-11-20T08:00:00Z" },
      { id: "assistant/1", version: "1", since: "2026-10-21T08:00:00Z" },
    ]);
    expect(notes[0]).toContain("unconfirmed");
  });

  it("takes a time that is a number", () => {
    const text = answer([{ name: "a", version: "1", creation_timestamp: 1795161600250 }], { next_page_token: "" });
    expect(readAs("registry", text).measurement.models).toEqual([{ id: "a/1", version: "1", since: "2026-11-20T08:00:00.250Z" }]);
  });

  it.each([
    ["one page of several", answer([{ name: "a", version: "1" }], { next_page_token: "x" }), "incomplete"],
    ["one version twice", answer([1, 2].map(() => ({ name: "a", version: "1" }))), "bad-value"],
    ["a version that is a number", answer([{ name: "a", version: 1 }]), "bad-shape"],
    ["a time that is none", answer([{ name: "a", version: "1", creation_timestamp: "soon" }]), "bad-shape"],
    ["a time beyond all time", answer([{ name: "a", version: "1", creation_timestamp: 1e18 }]), "bad-value"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "mlflow-model-versions" });
  });
});
