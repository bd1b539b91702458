import { clip, toTerminalText, toXmlText } from "./escape.ts";
import { fitWidth } from "./text-width.ts";

/* SVG as text: no script, no font, no request. Colours follow the reader's scheme and differ for eyes that tell red from green badly
   (Okabe and Ito). */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A number as SVG reads it, to a hundredth. */
export function round(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(2))) : "0";
}

/** An element of our own making: names and attributes are ours, texts and labels are escaped. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === "number" ? round(value) : toXmlText(value)}"`],
  );
  return `<${name}${written.join("")}${content === "" ? "/>" : `>${content}</${name}>`}`;
}

/** One line of text, foreign or not. */
export function label(text: string, x: number, y: number, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, toXmlText(clip(text, 200)));
}

/** What a shape is, shown when it is pointed at. */
export function hint(text: string, shape: string): string {
  return element("g", {}, element("title", {}, toXmlText(clip(text, 300))) + shape);
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string {
  return element("line", { x1, y1, x2, y2, ...attributes });
}

export function box(x: number, y: number, width: number, height: number, attributes: Attributes): string {
  return element("rect", { x, y, width: Math.max(0, width), height, ...attributes });
}

/** Title and subtitle of a picture, each on one line of its width. */
export function heading(title: string, subtitle: string, width: number): string[] {
  return [
    label(fitWidth(toTerminalText(title), 15, width * 0.9), 20, 28, { "font-size": 15, "font-weight": 600 }),
    label(fitWidth(toTerminalText(subtitle), 12, width), 20, 47, { "font-size": 12, class: "quiet" }),
  ];
}

const FONT = `-apple-system,"Segoe UI","DejaVu Sans",Verdana,sans-serif`;

const colors = (page: string, text: string, quiet: string, rule: string, good: string, bad: string, track: string) =>
  `.page{fill:${page};stroke:${rule}}text{fill:${text};font-family:${FONT}}.quiet{fill:${quiet}}.rule{stroke:${rule};fill:none}.track{fill:${track}}` +
  `.good{fill:${good}}.bad{fill:${bad}}.good-line{stroke:${good};fill:none}.bad-line{stroke:${bad};fill:none}.quiet-line{stroke:${quiet};fill:none}` +
  `.tint{fill:${good};fill-opacity:.17}.halo{paint-order:stroke;stroke:${page};stroke-width:4px;stroke-linejoin:round}`;

const style = `${colors("#ffffff", "#1f2328", "#59636e", "#d1d9e0", "#0072b2", "#b84a00", "#e6eaef")}@media (prefers-color-scheme:dark){${colors("#0d1117", "#e6edf3", "#9198a1", "#3d444d", "#56b4e9", "#ff9e4a", "#2a313c")}}`;

/** A whole picture with what it shows in words, for those who do not see it. Ends with a newline. */
export function picture(
  size: { width: number; height: number },
  words: { title: string; text: string },
  content: readonly string[],
): string {
  const { width, height } = size;
  const title = element("title", { id: "title" }, toXmlText(clip(words.title, 300)));
  const text = element("desc", { id: "desc" }, toXmlText(clip(words.text, 2000)));
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-labelledby": "title desc",
  };
  const page = box(0.5, 0.5, width - 1, height - 1, { class: "page", rx: 6 });
  return `${element("svg", root, `\n${[title, text, `<style>${style}</style>`, page, ...content].join("\n")}\n`)}\n`;
}
