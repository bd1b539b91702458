import { describe, expect, it } from "@jest/globals";
import { questionsFor, takeAnswer } from "../../src/scaffold/questions.ts";
import { look } from "./look.ts";
import { repositories } from "./repositories.ts";

const empty = look({});
const first: Parameters<typeof questionsFor>[1] = { systems: 1, name: "shop-assistant", risk: undefined };
const texts = (asked: Partial<typeof first>) => questionsFor(empty, { ...first, ...asked }).map(({ text }) => text);
const question = (words: string, seen = empty) => {
  const found = questionsFor(seen, first).find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error("no such question");
  return found;
};

describe("questions", () => {
  it("are six at most, and fewer where less can be answered", () => {
    expect(texts({})).toHaveLength(6);
    expect(texts({ risk: "low" })).toHaveLength(5);
    expect(texts({ systems: 3 })).toEqual([
      "How much is at stake: low, medium or high?",
      "Who is the product owner, as @login or @org/team?",
    ]);
    expect(texts({ systems: 3, risk: "low" })).toHaveLength(1);
  });

  it.each<[string, string, object | undefined]>([
    ["called", "", { name: "shop-assistant" }],
    ["called", " Shop Helper ", { name: "Shop Helper" }],
    ["called", "---", undefined],
    ["called", "a\u0007b", undefined],
    ["called", "later", {}],
    ["stake", "", { risk: "medium" }],
    ["stake", "HIGH", { risk: "high" }],
    ["stake", "extreme", undefined],
    ["owner", "", {}],
    ["owner", "octo-mia", { productOwner: "@octo-mia" }],
    ["owner", "@acme/product", { productOwner: "@acme/product" }],
    ["owner", "me@example.com", undefined],
    ["sign-in", "", {}],
    ["sign-in", "y", { isPublic: true }],
    ["sign-in", "No", { isPublic: false }],
    ["sign-in", "maybe", undefined],
    ["tools", "n", { usesTools: false }],
    ["peak", "", {}],
    ["peak", "12.5", { peak: 12.5 }],
    ["peak", "0", undefined],
    ["peak", "1e9", undefined],
    ["peak", "many", undefined],
  ])("%s, answered with %j", (words, typed, answers) => expect(takeAnswer(question(words), typed, {})).toEqual(answers));

  it("offer what was seen", () => {
    const seen = look(repositories["every tool"] ?? {});
    expect(takeAnswer(question("owner", seen), "", {})).toEqual({ productOwner: "@acme/product" });
    expect(question("tools", look(repositories["TypeScript with Anthropic"] ?? {})).usual).toBe("y");
  });
});
