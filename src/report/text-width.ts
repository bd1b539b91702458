import { displayWidth } from "./display-width.ts";

/* Advance widths of DejaVu Sans, thousandths of the font size, measured from the font; Verdana's are the same but for a few. */
const widths: Readonly<Record<string, string>> = {
  278: "ijl",
  295: "IJ",
  318: " ,.",
  337: "/\\:;|",
  352: "f",
  375: "-'t",
  390: "()[]",
  411: "r",
  460: '"',
  521: "s",
  557: "L",
  575: "F",
  592: "kvxyz",
  613: "aceg_*?`",
  635: "bdhnopquPETXYZS{}$0123456789",
  698: "ABCKVR",
  755: "HNUDw",
  787: "GOQ&",
  838: "#+<=>^~",
  863: "M",
  974: "m%@W",
};

const byCharacter = new Map(Object.entries(widths).flatMap(([width, characters]) => [...characters].map((one) => [one, Number(width)])));

/** Width of a line in a sans-serif font of this size, about. Never less for want of a figure: what is not known is as wide as a capital. */
export function textWidth(text: string, size: number): number {
  let thousandths = 0;
  for (const character of text) thousandths += byCharacter.get(character) ?? 500 * Math.max(1, displayWidth(character)) + 250;
  return (thousandths * size) / 1000;
}

/** The text, cut with a mark where it is wider than this. */
export function fitWidth(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = "";
  let used = textWidth("…", size);
  for (const character of text) {
    used += textWidth(character, size);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
