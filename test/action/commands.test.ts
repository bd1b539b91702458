import { describe, expect, it } from "@jest/globals";
import { toCommand, toLogGroup, type Annotation } from "../../action/commands.ts";
import { toAnnotations } from "./a-job.ts";

const annotation = (changed: Partial<Annotation> = {}): Annotation => ({
  level: "error",
  title: "A title",
  message: "A message",
  ...changed,
});

describe("annotations", () => {
  it.each<[string, Annotation, string]>([
    ["without a place", annotation(), "::error title=A title::A message\n"],
    [
      "with a place",
      annotation({ level: "warning", place: { file: "docs/a.md", line: 3, column: 7 } }),
      "::warning file=docs/a.md,line=3,col=7,title=A title::A message\n",
    ],
    ["of a message with commands", annotation({ message: "100 % ::error::x" }), "::error title=A title::100 %25 ::error::x\n"],
    [
      "of a message over lines",
      annotation({ message: "a\r\n::set-output name=x::y" }),
      "::error title=A title::a ::set-output name=x::y\n",
    ],
    ["of a title with marks", annotation({ title: "a: b, c" }), "::error title=a%3A b%2C c::A message\n"],
    ["of a title with an escape sequence", annotation({ title: "\u001b[31mred\u001b[0m" }), "::error title=red::A message\n"],
    [
      "on a file of a strange name",
      annotation({ place: { file: "a,b:c%\r\n::error::.json" } }),
      "::error file=a%2Cb%3Ac%25%0D%0A%3A%3Aerror%3A%3A.json,title=A title::A message\n",
    ],
  ])("%s", (_, given, line) => expect(toCommand(given)).toBe(line));

  it("come back as they were", () => {
    const file = "100%25,a:b\n::x::%0A";
    expect(toAnnotations(toCommand(annotation({ place: { file } })))[0]?.properties["file"]).toBe(file);
  });

  it("are of bounded length", () => {
    expect(toCommand(annotation({ title: "t".repeat(1000), message: "m".repeat(100_000) })).length).toBeLessThan(2300);
  });
});

describe("text in the log", () => {
  it("gives the runner no command, and ends so that commands count again", () => {
    const log = toLogGroup("A title\n::error::x", "::error::a\n  ::stop-commands::\n##[error]b\n::guessed::", "a-token");
    expect(toAnnotations(`${log}::notice::after`)).toEqual([{ level: "notice", properties: { "": "" }, message: "after" }]);
    expect(log.endsWith("\n::a-token::\n::endgroup::\n")).toBe(true);
  });
});
