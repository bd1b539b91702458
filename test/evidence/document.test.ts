import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

const section = (body: string) => {
  const { sections } = readAs("document", `---\nstatus: draft\n---\n## Purpose\n\n${body}\n\n## Next\n\nText.\n`).measurement;
  return { text: sections[0]?.text, unfilledLine: sections[0]?.unfilledLine };
};

describe("document", () => {
  it("reads front matter with its lines, and sections with theirs", () => {
    const { measurement } = readAs("document", fixture("document.md"));
    expect(measurement.frontMatter).toEqual({ status: "approved", owner: "@octo-mia", reviewed: "2026-10-01", processors: ["openai"] });
    expect(measurement.frontMatterLines).toEqual({ status: 2, owner: 3, reviewed: 4, processors: 5 });
    expect(measurement.sections).toEqual([
      { title: "Legal and privacy", line: 7, text: "" },
      { title: "Purpose", line: 9, text: "Answers questions of customers about their orders." },
      { title: "Data flow", line: 13, text: "", unfilledLine: 15 },
      { title: "Necessity and proportionality", line: 17, text: "", unfilledLine: 19 },
      { title: "Risks and measures", line: 21, text: "A person reviews every refund.", unfilledLine: 29 },
      { title: "Wrong answers", line: 23, text: "A person reviews every refund." },
      { title: "Retention", line: 27, text: "", unfilledLine: 29 },
    ]);
  });

  it.each([
    "TODO",
    "todo: ask the vendor",
    "TBD",
    "- TBD",
    "* [ ] TODO describe",
    "**TODO**",
    "Retention: TBD",
    "| retention | TBD |",
    "{who owns this}",
    "- {risk one}",
    'Chosen: "{option}", because {why it was chosen and not the others}.',
    "{a {nested} one}",
    "> Question: what is it for?\n> Say it in one sentence.",
    "> **Question:** what is it for?",
    "<!-- pilotgate: say what it is for -->",
    "<!-- over\nseveral\nlines -->",
  ])("takes %j for not filled in", (body) => {
    expect(section(body)).toEqual({ text: "", unfilledLine: 6 });
  });

  it.each(["", "---", "…", "- ", "```\n```"])("takes %j for empty", (body) => {
    expect(section(body)).toEqual({ text: "", unfilledLine: undefined });
  });

  it.each([
    "It answers.",
    "- it answers",
    "`TODO` comments in code are counted.",
    "We keep a list of todos.",
    "The key `{name}` is replaced.",
    "It sends {name} to the vendor in Ireland.",
    "Uses {{ mustache }}.",
    "```\nTODO {x}\n```",
    "    indented code",
    "> A quote of the policy.",
    "| a | b |\n|---|---|\n| c | d |",
  ])("takes %j for text", (body) => {
    const { text, unfilledLine } = section(body);
    expect(text).not.toBe("");
    expect(unfilledLine).toBeUndefined();
  });

  it("keeps the words beside a prompt and beside a mark, and still names the mark", () => {
    expect(section("> Question: what for?\n\nIt answers. <!-- why -->")).toEqual({
      text: "It answers. <!-- why -->",
      unfilledLine: undefined,
    });
    expect(section("It answers.\n\nTODO: for whom")).toEqual({ text: "It answers.", unfilledLine: 8 });
  });

  it("takes no heading from code, comments or quotes", () => {
    const text = "---\na: 1\n---\n## One\n\n```\n## Two\n```\n\n> ## Three\n\n<!--\n## Four\n-->\n\nFive\n----\n\ntext\n";
    expect(readAs("document", text).measurement.sections.map(({ title, line }) => [title, line])).toEqual([
      ["One", 4],
      ["Five", 16],
    ]);
  });

  it("takes emphasis and closing marks off titles", () => {
    expect(readAs("document", "## **Purpose** ##\n\ntext").measurement.sections[0]?.title).toBe("Purpose");
  });

  it("lets text under subsections count for their section, and not for the title of the whole", () => {
    const { sections } = readAs("document", "# Title\n\n## Risks\n\n### Wrong answers\n\ntext\n\n## Empty\n").measurement;
    expect(sections.map(({ title, text }) => [title, text])).toEqual([
      ["Title", ""],
      ["Risks", "text"],
      ["Wrong answers", "text"],
      ["Empty", ""],
    ]);
  });

  it.each([
    ["a bold item", "# ADR 1\n\n- **Status:** Accepted\n- **Date:** 2026-08-16\n\n## Context\n\nx", "accepted", 3],
    ["a line", "# ADR 1\n\nStatus: accepted\n\n## Context\n\nx y", "accepted", 3],
    ["a section", "# ADR 1\n\n## Status\n\nSuperseded by ADR 7\n\n## Context\n\nx", "superseded by adr 7", 3],
  ])("finds the status of a decision record in %s", (_name, text, status, line) => {
    const { frontMatter, frontMatterLines } = readAs("document", text).measurement;
    expect(frontMatter).toEqual({ status });
    expect(frontMatterLines).toEqual({ status: line });
  });

  it("prefers the status of the front matter", () => {
    expect(readAs("document", "---\nstatus: draft\n---\n# A\n\nStatus: accepted\n").measurement.frontMatter).toEqual({ status: "draft" });
  });

  it("finds no status in a template", () => {
    expect(
      readAs("document", "---\n# status: accepted\n---\n# {title}\n\n## Status\n\n{proposed | accepted}\n").measurement.frontMatter,
    ).toEqual({});
  });

  it.each([
    ["front matter that is never closed", "---\nstatus: draft\n\n## Purpose\n\ntext: a: b\n", "not-parseable", 1],
    ["front matter that is no YAML", "---\nstatus: [draft\n---\n## Purpose\n", "not-parseable", 2],
    ["a key that stands twice", "---\na: 1\na: 2\n---\n## Purpose\n", "duplicate-key", 3],
    ["front matter that is a list", "---\n- a\n---\n## Purpose\n", "bad-shape", 2],
    ["__proto__", "---\na: 1\n__proto__: { b: 1 }\n---\n## Purpose\n", "forbidden-key", 3],
  ])("refuses %s", (_name, text, code, line) => {
    expect(refusal(text)).toMatchObject({ code, line, format: "document" });
  });

  it.each([
    ["a rule file that begins with a comment", "# rules\ngroups:\n  - { name: g, rules: [] }\n"],
    ["several documents of YAML", "---\nkind: A\n---\nkind: B\n"],
    ["an exposition of metrics", "# HELP up Is it up?\n# TYPE up gauge\nup 1\n"],
    ["a configuration with comments", "# port\nport: 80\n"],
    ["prose without a heading", "Some prose.\n\nMore of it.\n"],
  ])("is not %s", (_name, text) => {
    const reading = read(text);
    expect(reading.ok ? reading.format : reading.code).not.toBe("document");
  });
});
