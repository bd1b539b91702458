import { describe, expect, it } from "@jest/globals";
import { firstToRead, thenToRead } from "../../src/scaffold/files-to-read.ts";
import { classOf, isPlainPath, mayAnswer } from "../../src/scaffold/path-classes.ts";

const many = (count: number, name: (index: number) => string) => Array.from({ length: count }, (_, index) => name(index));

describe("what is read", () => {
  it("begins with manifests, workflows and files that tools know, the shallow ones first", () => {
    const paths = [
      "a/b/package.json",
      "package.json",
      "src/a.ts",
      ".github/workflows/ci.yml",
      "promptfooconfig.yaml",
      "docs/a.md",
      "node_modules/x/package.json",
    ];
    expect(firstToRead(paths)).toEqual(["package.json", "promptfooconfig.yaml", ".github/workflows/ci.yml", "a/b/package.json"]);
  });

  it("goes on near the manifests that name a library for models, and with what its name hints at", () => {
    const paths = ["z/a.ts", "svc/package.json", "svc/src/a.ts", "web/package.json", "web/chat.ts", "web/b.ts"];
    const texts = new Map([
      ["svc/package.json", '{\n"openai": "1"'],
      ["web/package.json", "{}"],
    ]);
    expect(thenToRead(paths, texts)).toEqual(["web/chat.ts", "svc/src/a.ts", "web/b.ts", "z/a.ts"]);
  });

  it("is bounded, whatever there is", () => {
    const paths = [...many(5_000, (n) => `s${n}/package.json`), ...many(9_000, (n) => `src/f${n}.ts`)];
    expect(firstToRead(paths)).toHaveLength(1_500);
    expect(thenToRead(paths, new Map())).toHaveLength(2_500);
  });
});

describe("a path", () => {
  it.each([
    ["package.json", "manifest"],
    ["requirements-dev.txt", "manifest"],
    ["src/App.csproj", "manifest"],
    ["a/b.TS", "source"],
    [".env.example", "config"],
    ["Dockerfile.prod", "config"],
    ["deploy/values.yaml", "config"],
    ["package-lock.json", undefined],
    ["src/a.min.js", undefined],
    ["src/a.d.ts", undefined],
    ["vendor/a.go", undefined],
    ["README.md", undefined],
    ["", undefined],
  ])("%j is %s", (path, kind) => expect(classOf(path)).toBe(kind));

  it.each([
    ["src/chat.ts", true],
    ["src/evaluate.ts", true],
    ["testing.py", true],
    ["src/chat.test.ts", false],
    ["tests/chat.py", false],
    ["_scripts/chat.py", false],
    ["src/test/java/A.java", false],
    ["src/ChatTest.java", false],
    ["pkg/chat_test.go", false],
    ["load-tests/a.js", false],
    [".github/workflows/a.yml", false],
  ])("%s may answer users: %s", (path, may) => expect(mayAnswer(path)).toBe(may));

  it.each([
    "a b",
    "a\nb",
    "-a",
    "a/-b/c",
    "../a",
    "a/./b",
    "a//b",
    "/a",
    "a;b",
    "`a`",
    "a'b",
    'a"b',
    "a:b",
    "a#b",
    "{a}",
    "a*",
    "[a]",
    "a\u202Eb",
    "",
  ])("%j is not plain", (path) => {
    expect(isPlainPath(path)).toBe(false);
  });

  it.each(["a/b-c.ts", "@scope/a_b+c.md", "ünï/名前.yml", ".github/a.yml"])("%s is plain", (path) => expect(isPlainPath(path)).toBe(true));
});
