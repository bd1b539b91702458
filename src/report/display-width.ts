const ASCII = /^[\u0020-\u007E]*$/;
const ZERO = /^[\p{M}\p{Cf}]$/u;
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18D8F}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}])$/u;

function charWidth(char: string): number {
  if (ASCII.test(char)) return 1;
  if (ZERO.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** Columns that a text without control characters takes in a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** Longest pieces of a word that fit in `width` columns; a character wider than that stands alone. */
export function splitToWidth(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const char of word) {
    const next = charWidth(char);
    if (used + next > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += char;
    used += next;
  }
  return [...pieces, piece];
}

/** The text in at most `width` columns, cut with a mark where it is longer. */
export function clipToWidth(text: string, width: number, mark = "…"): string {
  if (displayWidth(text) <= width) return text;
  const room = Math.max(1, width - displayWidth(mark));
  return `${(splitToWidth(text, room)[0] ?? "").trimEnd()}${mark}`;
}
