import { describe, expect, it } from "@jest/globals";
import { fixture, readAs, refusal } from "./fixtures.ts";

const own = fixture("pyrra.yaml");

describe("pyrra", () => {
  it("puts a percentage that is text to a share", () => {
    expect(readAs("slo", own).measurement.objectives).toEqual([{ name: "assistant-answers", target: 0.995 }]);
  });

  it("reads several documents", () => {
    const other = own.replace("assistant-answers", "b").replace("99.5", "100");
    expect(readAs("slo", `${own}---\n${other}`).measurement.objectives).toEqual([
      { name: "assistant-answers", target: 0.995 },
      { name: "b", target: 1 },
    ]);
  });

  it.each([
    ["a number", "99.5", "bad-shape"],
    ["a percentage over the whole", '"100.1"', "bad-value"],
    ["a sign", '"-1"', "bad-value"],
    ["an exponent", '"1e1"', "bad-value"],
    ["a percent sign", '"99.5%"', "bad-value"],
    ["nothing", "", "bad-shape"],
  ])("refuses a target that is %s", (_name, target, code) => {
    const refused = refusal(own.replace('"99.5"', target));
    expect(refused).toMatchObject({ code, format: "pyrra", message: expect.stringContaining("`spec.target`") });
  });
});
