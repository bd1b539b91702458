import { describe, expect, it } from "@jest/globals";
import { leadsElsewhere, resolveLink } from "../../src/engine/resolve-link.ts";

const files = new Set(["docs/runbooks/errors.md", "docs/runbooks/with space.md", "rules/here.md", "docs", "README.md"]);
const around = { from: "rules/alerts.yml", exists: (path: string) => files.has(path) };

describe("resolveLink", () => {
  it.each([
    ["docs/runbooks/errors.md", "docs/runbooks/errors.md"],
    ["/docs/runbooks/errors.md", "docs/runbooks/errors.md"],
    ["../docs/./runbooks/errors.md?plain=1#L3", "docs/runbooks/errors.md"],
    ["here.md", "rules/here.md"],
    ["docs/runbooks/with%20space.md", "docs/runbooks/with space.md"],
    ["https://github.com/acme/assistant/blob/main/docs/runbooks/errors.md#top", "docs/runbooks/errors.md"],
    ["//git.example/x/raw/main/docs/runbooks/errors.md", "docs/runbooks/errors.md"],
  ])("%s leads to %s", (link, path) => {
    expect(resolveLink(link, around)).toBe(path);
  });

  it.each([
    "",
    "   ",
    "#top",
    "?x",
    "docs/runbooks/other.md",
    "../../docs/runbooks/errors.md",
    "https://git.example/docs",
    "https://git.example/../../docs/other.md",
    "javascript:docs/runbooks/errors.md",
    "file:///docs/runbooks/errors.md",
    "data:text/html,docs/runbooks/errors.md",
    "https://git.example/%zz",
    `https://git.example/${"a/".repeat(900)}docs/runbooks/errors.md`,
    "x".repeat(100_000),
    "{{ $labels.runbook }}",
  ])("%.60s leads nowhere", (link) => {
    expect(resolveLink(link, around)).toBeUndefined();
  });

  it("knows what leads elsewhere", () => {
    for (const link of ["https://a.example", "//a.example", "mailto:a@b.example", "slack://channel"])
      expect(leadsElsewhere(link)).toBe(true);
    for (const link of ["docs/a.md", "/docs/a.md", "#a", "../a.md"]) expect(leadsElsewhere(link)).toBe(false);
  });
});
