import { describe, expect, it } from "@jest/globals";
import { fileLinkSection, type FileLink } from "../../src/report/file-links.ts";

const link = (more: Partial<FileLink> = {}): FileLink => ({
  path: "docs/readiness/support.md",
  url: "https://github.com/acme/assistant/new/feature?filename=a",
  isNew: true,
  whole: true,
  criteria: ["support-readiness"],
  ...more,
});

describe("links to what is missing", () => {
  it("tell what each page does, and for which criterion", () => {
    const files = [
      link(),
      link({ path: "a.md", whole: false }),
      link({ path: "b.md", isNew: false, criteria: ["load-test", "guardrails"] }),
    ];
    expect(fileLinkSection({ branch: "feature", files })).toBe(
      [
        "**Add what is missing.** Each opens a page of `feature` with what is known filled in, and a question for the rest:",
        "",
        "- [docs/readiness/support.md](https://github.com/acme/assistant/new/feature?filename=a): new, for support-readiness",
        "- [a.md](https://github.com/acme/assistant/new/feature?filename=a): new, its beginning only; `pilotgate init` writes the whole, for support-readiness",
        "- [b.md](https://github.com/acme/assistant/new/feature?filename=a): to complete, for load-test and guardrails",
      ].join("\n"),
    );
  });

  it("show names of strangers as they are", () => {
    const shown = fileLinkSection({ branch: "`@octo-mia`", files: [link({ path: "](https://evil.example)\n<img> @octo-mia.md" })] });
    expect(shown).toContain("``` `@octo-mia` ```".replaceAll("```", "``"));
    expect(shown).toContain("- [\\](https:/\u200B/evil.example) &lt;img&gt; @\u200Bocto-mia.md](https://github.com/");
  });

  it("stay within bounds, and are absent where nothing is missing", () => {
    const files = Array.from({ length: 40 }, (_, index) => link({ path: `${index}.md`, url: `https://x.example/${"a".repeat(2000)}` }));
    const shown = fileLinkSection({ branch: "feature", files }) ?? "";
    expect(shown.length).toBeLessThan(31_000);
    expect(shown).toMatch(/\n- and 2\d more; `pilotgate init` writes them$/);
    expect([fileLinkSection(undefined), fileLinkSection({ branch: "feature", files: [] })]).toEqual([null, null]);
  });
});
