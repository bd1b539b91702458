import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import MarkdownIt from "markdown-it";
import {
  clip,
  toMarkdownCode,
  toMarkdownSentence,
  toMarkdownText,
  toSafeJson,
  toTerminalText,
  toXmlText,
} from "../../src/report/escape.ts";

/* GitHub links bare addresses that start with a scheme or www; a domain alone stays text. */
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.linkify.add("mailto:", null);
markdown.linkify.add("www.", { validate: (text: string, at: number) => (/^\S+/.exec(text.slice(at)) ?? [""])[0].length });

/* GitHub's rule for e-mail addresses takes ASCII only, where linkify takes more. */
const email = /[\w.+-]+@[\w-]+\.[a-z]/i;
/* What GitHub's filters turn into mentions and references after the Markdown is rendered. */
const mention = /(?:^|[^\w`])@[a-z\d](?:[a-z\d-]*)(?:\/[\w.-]+)?/i;
const reference = /(?:^|\W)(?:[\w.-]+\/[\w.-]+)?(?:#|gh-)\d/i;

function tags(source: string): string[] {
  return [...markdown.render(source).matchAll(/<\/?([a-z\d!-]+)/gi)].map((match) => (match[1] ?? "").toLowerCase());
}

/** Text that Markdown shows, without its tags and with entities decoded. */
function shown(source: string): string {
  return markdown
    .render(source)
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

const hostile: [name: string, text: string][] = [
  ["mention of a user", "thanks @octocat and (@octocat)"],
  ["mention of a team", "@acme/security please approve"],
  ["issue reference", "see #12, acme/app#13 and GH-14"],
  ["bare address", "https://evil.example/x and www.evil.example and HTTP://EVIL.EXAMPLE"],
  ["e-mail address", "write to someone@evil.example or mailto:someone@evil.example"],
  ["inline link", "[click](https://evil.example) [x](javascript:alert(1))"],
  ["reference link", "[click][1]\n\n[1]: https://evil.example"],
  ["autolink", "<https://evil.example>"],
  ["image", "![pixel](https://evil.example/p.png)"],
  ["html", "<img src=x onerror=alert(1)><script>alert(1)</script></details>"],
  ["comment marker", "<!-- pilotgate -->"],
  ["unclosed comment", "<!-- the rest"],
  ["heading", "# Approved"],
  ["setext heading", "Approved\n===="],
  ["list", "- one\n- two"],
  ["ordered list", "1. one"],
  ["quote", "> quoted"],
  ["table", "| a | b |\n|---|---|\n| 1 | 2 |"],
  ["code", "`code` ``` fence"],
  ["fence", "```\n@octocat\n```"],
  ["emphasis", "*a* _b_ **c** __d__ ~~e~~"],
  ["rule", "***"],
  ["entity", "&lt;b&gt; &#64;octocat"],
  ["math", "$\\href{https://evil.example}{x}$"],
  ["footnote", "[^1]\n\n[^1]: note"],
  ["alert", "> [!CAUTION]\n> all gates pass"],
  ["task", "[x] done"],
  ["backslashes", "\\@octocat \\<b>\\"],
  ["colours", "\u001B[32mPASS\u001B[0m \u009B31mred"],
  ["terminal title", "\u001B]0;owned\u0007 \u009D8;;https://evil.example\u009Clink\u001B]8;;\u001B\\"],
  ["unterminated sequence", "before \u001B]0;after"],
  ["nested sequence", "\u001B\u001B[31m[31m red"],
  ["cursor", "HOLD\rPASS\u001B[2K\u001B[1A\b\b\b"],
  ["bidi override", "user\u202Etxt.exe\u202C \u2066x\u2069 \u200Fy"],
  ["invisible", "\u200B\uFEFF\u2060\u00AD\u{E0041}x"],
  ["stacked marks", `a${"\u0301".repeat(60)}`],
  ["lone surrogate", "a\uD800b\uDC00"],
  ["nothing", ""],
  ["blank", " \t\n "],
  ["control", "a\u0000b\u0007c\u007F\u0085d\u2028e"],
];

const inlineTags = new Set(["p"]);
const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom(...hostile.map(([, text]) => text), ..."@#[]()<>!`*_~|\\&:/.-+= \n\r\u001B[0m1ab$".split("")), { maxLength: 12 })
    .map((parts) => parts.join("")),
);

function expectPlainMarkdown(text: string): void {
  const source = toMarkdownText(text);
  for (const frame of [source, `- Why: ${source}`, `#### a: ${source}`, `| a |\n|---|\n| ${source} |`]) {
    const found = tags(frame).filter((tag) => !["p", "ul", "li", "h4", "table", "thead", "tbody", "tr", "th", "td"].includes(tag));
    expect(found).toEqual([]);
  }
  expect(tags(source).every((tag) => inlineTags.has(tag))).toBe(true);
  expect(markdown.render(`| a |\n|---|\n| ${source} |`).match(/<td>/g)).toHaveLength(1);
  expect(shown(source)).not.toMatch(mention);
  expect(shown(source)).not.toMatch(reference);
  expect(shown(source)).not.toMatch(email);
  expect(source).not.toContain("\n");
  expect(source).not.toContain("<");
}

describe("Markdown", () => {
  it.each(hostile)("shows foreign text as it is: %s", (_, text) => expectPlainMarkdown(text));

  it("never makes a link, image, element, mention or reference", () => {
    fc.assert(fc.property(anyText, expectPlainMarkdown), { numRuns: 400 });
  });

  it("shows the same visible characters", () => {
    const text = "p95 of [a|b] is <5 & 'x' > 3: *not* _met_ `y` $5 #heading c:\\d!";
    expect(shown(toMarkdownText(text)).trim()).toBe(text);
  });

  it.each([
    ["plain", "docs/readiness/a.md", "`docs/readiness/a.md`"],
    ["backticks", "a`b``c", "```a`b``c```"],
    ["backtick at the end", "a`", "`` a` ``"],
    ["empty", "", "` `"],
    ["newline", "a\n\n# b", "`a # b`"],
  ])("puts a path into a code span: %s", (_, text, expected) => expect(toMarkdownCode(text)).toBe(expected));

  it.each([
    ["Set `status: approved` in a.md.", "Set `status: approved` in a.md."],
    ["a lone ` stays", "a lone \\` stays"],
    ["`@octo-mia` and @octo-mia", "`@octo-mia` and @\u200Bocto-mia"],
    ["`a|b`", "a\\|b"],
  ])("keeps code in a sentence: %s", (text, expected) => expect(toMarkdownSentence(text)).toBe(expected));

  it("lets a sentence be text and code, and nothing else", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const source = toMarkdownSentence(text);
        for (const frame of [source, `- Why: ${source}`, `| a |\n|---|\n| ${source} |`]) {
          const found = tags(frame).filter((tag) => !["p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code"].includes(tag));
          expect(found).toEqual([]);
        }
        const outside = markdown.render(source).replace(/<code>[\s\S]*?<\/code>/g, "");
        expect(outside).not.toMatch(mention);
        expect(source).not.toContain("\n");
      }),
      { numRuns: 400 },
    );
  });

  it("keeps every code span one code span", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tags(`x ${toMarkdownCode(text)} y`)).toEqual(["p", "code", "code", "p"]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("terminal", () => {
  const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u;

  it.each(hostile)("leaves visible characters only: %s", (_, text) => {
    expect(toTerminalText(text)).not.toMatch(forbidden);
  });

  it.each([
    ["\u001B[32mPASS\u001B[0m", "PASS"],
    ["\u001B]0;title\u0007text", "text"],
    ["before \u001B]0;after", "before ]0;after"],
    ["HOLD\rPASS", "HOLD PASS"],
    ["user\u202Etxt.exe", "usertxt.exe"],
    ["क्‍ष", "क्‍ष"],
    ["  a   b  ", "a b"],
    ["plain text, as it is.", "plain text, as it is."],
  ])("turns %j into %j", (text, expected) => expect(toTerminalText(text)).toBe(expected));

  it("never lets a control character through, and changes nothing twice", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = toTerminalText(text);
        expect(once).not.toMatch(forbidden);
        expect(toTerminalText(once)).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  it("takes time in proportion to the length", () => {
    const repeated = ["\u009D", "\u001B]", "\u001B[", " ", "\u0301", "a "].map((part) => toTerminalText(part.repeat(100_000)).length);
    expect(repeated).toHaveLength(6);
  });
});

describe("XML", () => {
  it("escapes markup and drops what XML cannot hold", () => {
    expect(toXmlText(`<a b="c" d='e'>&\u0000\uFFFE]]>`)).toBe("&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;]]&gt;");
  });
});

describe("JSON", () => {
  it("writes what a terminal could act upon as escapes, and keeps the value", () => {
    const value = { text: "a\u009B31m\u202Eb\uFEFF\u2028" };
    const json = toSafeJson(JSON.stringify(value));
    expect(json).toMatch(/^[\u0020-\u007E]*$/);
    expect(JSON.parse(json)).toEqual(value);
  });
});

describe("clip", () => {
  it.each([
    ["short", 10, "short"],
    ["0123456789", 10, "0123456789"],
    ["01234567890", 10, "012345678…"],
    ["😀😀😀😀", 3, "😀😀…"],
    ["😀😀😀", 3, "😀😀😀"],
  ])("%s to %d code points", (text, limit, expected) => expect(clip(text, limit)).toBe(expected));
});
