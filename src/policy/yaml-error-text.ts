import type { ProblemCode } from "../shapes/problem.ts";

type Sentence = readonly [pattern: RegExp, message: string, code?: ProblemCode];

/* The parser's own words may quote the file, so none of them is passed on. */
const sentences: readonly Sentence[] = [
  [/nesting exceeded/, "The policy is nested too deep.", "too-deep"],
  [/tab characters/, "A tab indents this line; YAML is indented with spaces."],
  [/quoted scalar|escape sequence|hexadecimal/, "A quoted text is not closed or not well written; check its quotes and backslashes."],
  [/flow collection|node content/, "A list `[…]` or mapping `{…}` is not closed, or a comma is missing or too many."],
  [/multiline key|expected ':'|key-value separator/, "A colon and a space are expected between a key and its value here."],
  [/indentation/, "The indentation does not fit the lines above; or a text with a colon needs quotes."],
  [/alias/, "An alias (`*name`) refers to an anchor that does not stand before it, or `*` begins a text that needs quotes."],
  [/anchor/, "An anchor (`&name`) is not well written, or `&` begins a text that needs quotes."],
  [/tag/, "A tag (`!name`) is not known here, or `!` begins a text that needs quotes."],
  [/null byte|non-printable|JSON character/, "The policy contains characters that are not text."],
  [/complex keys/, "A key must be text, not a list or a mapping."],
  [/directive|document separator|document markers/, "Only one YAML document is expected; leave out `---`, `...` and `%` directives."],
];

/** A plain sentence for what the YAML parser found. */
export function yamlErrorText(reason: string): { code: ProblemCode; message: string } {
  const found = sentences.find(([pattern]) => pattern.test(reason));
  if (found) return { code: found[2] ?? "not-yaml", message: found[1] };
  return { code: "not-yaml", message: "This is not valid YAML; check indentation, colons and quotes here and just above." };
}
