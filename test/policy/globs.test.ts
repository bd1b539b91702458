import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import picomatch from "picomatch";
import { globProblem, matcher, matchesBranch, matchesEnvironment } from "../../src/policy/globs.ts";

describe("matcher", () => {
  it.each([
    ["**", "a/b/c.ts", true],
    ["**", ".hidden", true],
    ["*", "a", true],
    ["*", "a/b", false],
    ["*", ".env", true],
    ["a/**", "a/b/c", true],
    ["a/**", "a", true],
    ["a/**", "ab", false],
    ["**/a.ts", "a.ts", true],
    ["**/a.ts", "x/y/a.ts", true],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**/b/**/c", "a/b/x/b/c", true],
    ["a**b", "a/b", false],
    ["a**b", "axxb", true],
    ["*.md", "x/y.md", false],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["[a-c]x", "bx", true],
    ["[a-c]x", "dx", false],
    ["[!a-c]x", "dx", true],
    ["[^a-c]x", "ax", false],
    ["[]", "[]", true],
    ["a[", "a[", true],
    ["{a,b}/c", "b/c", true],
    ["{a,b/**}/c", "b/x/y/c", true],
    ["a/{b,{c,d}}/e", "a/d/e", true],
    ["{a}", "{a}", true],
    ["{a,b", "{a,b", true],
    ["app/(group)/**", "app/(group)/page.tsx", true],
    ["a.b", "axb", false],
    ["a+b$", "a+b$", true],
    ["", "", false],
    ["!a", "b", false],
  ])("%s on %s: %s", (glob, path, expected) => {
    expect(matcher([glob])(path)).toBe(expected);
  });

  it("needs one glob of several, and none matches nothing", () => {
    expect(matcher(["a/*", "b/*"])("b/x")).toBe(true);
    expect(matcher([])("b/x")).toBe(false);
  });

  it("agrees with picomatch", () => {
    const name = fc
      .string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 3 })
      .filter((text) => text !== "." && text !== "..");
    const piece = fc.oneof(name, fc.constantFrom("*", "?", "a*", "*b", "[ab]", "[a-b]*", "{a,b}", "a?b"));
    const glob = fc.array(fc.oneof({ weight: 3, arbitrary: piece }, { weight: 1, arbitrary: fc.constant("**") }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(glob, fc.array(name, { minLength: 1, maxLength: 5 }), (segments, names) => {
        const [pattern, path] = [segments.join("/"), names.join("/")];
        // Whether `a/**` is also `a` itself depends on what `a` is there; here it always is.
        fc.pre(!(pattern.endsWith("/**") && matcher([pattern.slice(0, -3)])(path)));
        expect([pattern, path, matcher([pattern])(path)]).toEqual([pattern, path, picomatch(pattern, { dot: true })(path)]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["stars in a segment", `${"a*".repeat(200)}b`, "a".repeat(4000)],
    ["stars over segments", `${"**/a/".repeat(80)}b`, "a/".repeat(2000)],
    ["nested braces", `${"{,".repeat(120)}${"}".repeat(120)}`, "a".repeat(100)],
    ["open braces", "{".repeat(500), "a".repeat(4000)],
    ["open brackets", "[".repeat(500), "[".repeat(4000)],
  ])("stays quick on hostile globs and paths: %s", (_, glob, path) => {
    expect(matcher([glob])(path)).toBe(false);
  });
});

describe("globProblem", () => {
  it.each(["**", "a/{b,c}/*.ts", "app/(group)/[id]/**", "release/**", "@scope/pkg", "C#/**"])("accepts %s", (glob) => {
    expect(globProblem(glob)).toBeNull();
  });

  it.each([
    ["", "is empty"],
    ["a".repeat(513), "is longer than 512 characters"],
    ["!a", "begins with `!`"],
    ["a\\b", "backslash"],
    ["@(a|b)", "extended pattern"],
    ["x{1..9}", "range"],
    ["{a,b}".repeat(7), "more than 64 alternatives"],
  ])("refuses %s", (glob, reason) => {
    expect(globProblem(glob)).toContain(reason);
  });
});

describe("branches and environments", () => {
  it("knows the default branch by its sign", () => {
    expect(matchesBranch(["~DEFAULT_BRANCH"], "trunk", "trunk")).toBe(true);
    expect(matchesBranch(["~DEFAULT_BRANCH"], "main", "trunk")).toBe(false);
    expect(matchesBranch(["release/**", "~DEFAULT_BRANCH"], "release/1.2", "trunk")).toBe(true);
    expect(matchesBranch(["release/*"], "release/1/2", "trunk")).toBe(false);
    expect(matchesBranch(["main"], "Main", "trunk")).toBe(false);
  });

  it("compares environments without case", () => {
    expect(matchesEnvironment(["Production"], "PRODUCTION")).toBe(true);
    expect(matchesEnvironment(["prod-*"], "Prod-EU")).toBe(true);
    expect(matchesEnvironment(["production"], "production-canary")).toBe(false);
  });
});
