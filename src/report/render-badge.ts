import type { Report, SystemReport } from "../shapes/report.ts";
import { clip, toTerminalText, toXmlText } from "./escape.ts";
import { list, plural, tally } from "./phrases.ts";
import { box, element, label } from "./svg.ts";
import { textWidth } from "./text-width.ts";

/* A badge: a name, and the verdict on each system with the gate that comes next. White on dark, so it reads on any page. */

const HEIGHT = 20;
const SIZE = 11;
const PAD = 7;
const MARK = 9;
const MAX_SYSTEMS = 3;
const LONGEST_ID = 30;

const NAME = "#3f4650";
const GOOD = "#00609a";
const BAD = "#a34100";

interface Segment {
  text: string;
  color: string;
  mark?: "pass" | "hold";
}

function nextGate(system: SystemReport): string {
  const gate = system.gates.find(({ verdict }) => verdict === "hold");
  return gate === undefined ? "" : ` at ${gate.id}`;
}

function segments({ systems, verdict }: Report): Segment[] {
  const color = (one: Report["verdict"]) => (one === "pass" ? GOOD : BAD);
  const held = systems.filter((system) => system.verdict === "hold").length;
  if (systems.length > MAX_SYSTEMS) {
    const text = held === 0 ? `${systems.length} systems pass` : `${held} of ${systems.length} systems hold`;
    return [{ text, color: color(verdict), mark: verdict }];
  }
  return systems.map((system) => {
    const name = systems.length === 1 ? "" : `${clip(toTerminalText(system.id), LONGEST_ID)}: `;
    return { text: `${name}${system.verdict}${nextGate(system)}`, color: color(system.verdict), mark: system.verdict };
  });
}

/** Each system in a sentence, for those who do not see the badge. */
function words(report: Report): string {
  const verdicts = report.systems.slice(0, 20).map((system) => {
    const gates = system.gates.filter(({ verdict }) => verdict === "hold").map((gate) => `${gate.id} (${tally(gate.criteria)})`);
    return `${clip(toTerminalText(system.id), LONGEST_ID)} ${gates.length === 0 ? "passes" : `holds at ${list(gates)}`}`;
  });
  const more = report.systems.length - verdicts.length;
  return `Pilotgate on ${report.at.slice(0, 10)}: ${verdicts.join("; ")}${more > 0 ? `; and ${plural(more, "more system")}` : ""}`;
}

function mark(kind: "pass" | "hold", x: number): string {
  const shape = { fill: "none", stroke: "#fff", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" };
  const d = kind === "pass" ? `M${x} 10.5l2.6 2.6 4.6-5.6` : `M${x + 1.5} 7v6M${x + 5.5} 7v6`;
  return element("path", { ...shape, d });
}

/** `check --badge`: an SVG as high as other badges. Ends with a newline. */
export function renderBadge(report: Report): string {
  let x = 0;
  const parts = [{ text: "pilotgate", color: NAME } as Segment, ...segments(report)].flatMap(({ text, color, mark: kind }) => {
    const before = kind === undefined ? 0 : MARK + 3;
    const length = Math.ceil(textWidth(text, SIZE));
    const width = PAD + before + length + PAD;
    const drawn = [
      box(x, 0, width, HEIGHT, { fill: color }),
      ...(kind === undefined ? [] : [mark(kind, x + PAD)]),
      // However wide the reader's font is, the text fills its place and no more.
      label(text, x + PAD + before, 14, { textLength: length, lengthAdjust: "spacingAndGlyphs" }),
    ];
    x += width;
    return drawn;
  });
  const title = toXmlText(clip(words(report), 1000));
  const clipPath = element("clipPath", { id: "round" }, box(0, 0, x, HEIGHT, { rx: 3 }));
  const group = element(
    "g",
    { "clip-path": "url(#round)", fill: "#fff", "font-family": "Verdana,DejaVu Sans,Geneva,sans-serif", "font-size": SIZE },
    parts.join(""),
  );
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    width: x,
    height: HEIGHT,
    viewBox: `0 0 ${x} ${HEIGHT}`,
    role: "img",
    "aria-labelledby": "title",
  };
  return `${element("svg", root, `\n${element("title", { id: "title" }, title)}\n${clipPath}\n${group}\n`)}\n`;
}
