import { describe, expect, it } from "@jest/globals";
import { createFilePages, pullUrl, toWebUrl } from "../../src/github/file-pages.ts";
import { toActions } from "../../src/github/buttons.ts";
import { buttons } from "../../src/app/forge.ts";
import { newFile } from "../../src/scaffold/new-file.ts";
import { documentDefinitions } from "../../src/shapes/document-definitions.ts";

it.each([
  ["https://api.github.com", "https://github.com"],
  ["https://api.octo.ghe.com", "https://octo.ghe.com"],
  ["https://ghe.example/api/v3", "https://ghe.example"],
  ["https://ghe.example:8443/api/v3", "https://ghe.example:8443"],
  ["http://127.0.0.1:4001", "http://127.0.0.1:4001"],
])("%s is seen at %s", (apiUrl, webUrl) => {
  expect(toWebUrl(apiUrl)).toBe(webUrl);
});

const pages = createFilePages("https://github.com", { owner: "acme", name: "assistant", branch: "feature/a b#1", fork: false });
const BRANCH = "https://github.com/acme/assistant/new/feature/a%20b%231";

describe("the page of a new file", () => {
  it("carries path and text, whatever is in them", () => {
    const text = "---\nowner: # A (name) & [more] + 100 %\n---\n\n# Ümlaut 🚲 <b>\n";
    const { url, whole } = pages.create("docs/readiness/a (b)'.md", text);
    expect(url.startsWith(`${BRANCH}?filename=docs%2Freadiness%2Fa%20%28b%29%27.md&value=`)).toBe(true);
    expect(url).toMatch(/^[\w.:/?=&%~-]+$/);
    expect([new URL(url).searchParams.get("filename"), new URL(url).searchParams.get("value"), whole]).toEqual([
      "docs/readiness/a (b)'.md",
      text,
      true,
    ]);
  });

  it("stays an address that GitHub takes: whole lines are left out at the end", () => {
    const text = Array.from({ length: 500 }, (_, index) => `line ${index} "quoted"`).join("\n");
    const { url, whole } = pages.create("a.md", text);
    const value = new URL(url).searchParams.get("value") ?? "";
    expect([url.length <= 8000, url.length > 7900, whole]).toEqual([true, true, false]);
    expect(text.startsWith(`${value}\n`)).toBe(true);
    expect(pages.create("a.md", "x".repeat(9000))).toEqual({ url: `${BRANCH}?filename=a.md`, whole: false });
  });

  it("holds every document that can be missing", () => {
    const about = {
      name: "Support assistant",
      documents: "docs/readiness",
      models: [{ id: "chat", provider: "openai", model: "m-1" }],
      risk: "high" as const,
    };
    for (const { file } of Object.values(documentDefinitions)) {
      const begun = newFile(`docs/readiness/${file.replace("<name>", "openai")}`, about);
      expect(begun && pages.create(begun.path, begun.text).whole).toBe(true);
    }
  });

  it("does not fall over half a character", () => {
    expect(pages.create("a\uD800.md", "\uD800").url).toBe(`${BRANCH}?filename=a%EF%BF%BD.md&value=%EF%BF%BD`);
  });
});

it("edits a file of the branch", () => {
  expect(pages.edit("docs/readiness/a b?.md")).toBe("https://github.com/acme/assistant/edit/feature/a%20b%231/docs/readiness/a%20b%3F.md");
});

it("names a pull request", () => {
  expect(pullUrl("https://github.com", { owner: "acme", name: "assistant" }, 7)).toBe("https://github.com/acme/assistant/pull/7");
});

it("keeps buttons within GitHub's limits", () => {
  const actions = toActions([...buttons, "recheck"]);
  expect(actions).toHaveLength(3);
  for (const { identifier, label, description } of actions)
    expect([identifier.length <= 20, label.length <= 20, description.length <= 40]).toEqual([true, true, true]);
});
