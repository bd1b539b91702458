import { figureText } from "./plot.ts";
import { fitWidth } from "./text-width.ts";
import { box, element, label, line } from "./svg.ts";

/* Figures against their limits, one under the other: a bar, a mark where the limit is, and both in words. */

export interface Meter {
  name: string;
  /** Null where the value is not known. */
  value: number | null;
  /** Null where nothing is asked. */
  limit: number | null;
  /** Is it to be reached, or not to be passed? */
  asks: "at least" | "at most";
  unit: "%" | "/s" | "ms" | "min" | "h" | "";
  /** Is what is not reached yet still on its way? */
  pending?: boolean;
}

export const METER_HEIGHT = 30;
/** Where the limit stands on the bar: what is passed is seen too. */
const LIMIT_AT = 0.75;
const ROUNDING = 1e-9;

function isKept({ value, limit, asks }: Meter): boolean {
  if (limit === null) return true;
  if (value === null) return false;
  return asks === "at least" ? value >= limit * (1 - ROUNDING) : value <= limit * (1 + ROUNDING);
}

/** `24.9/s, at least 24/s`. */
export function meterWords({ value, limit, asks, unit }: Meter): string {
  const measured = (figure: number) => `${figureText(figure)}${unit === "" || unit === "/s" ? unit : ` ${unit}`}`;
  const known = value === null ? "not known" : measured(value);
  return limit === null ? known : `${known}, ${asks} ${measured(limit)}`;
}

type Standing = "good" | "bad" | "quiet";

function standing(meter: Meter): Standing {
  return isKept(meter) ? "good" : meter.pending === true ? "quiet" : "bad";
}

/** A tick, a cross or dots: not by colour alone. */
const signs: Record<Standing, (x: number, y: number) => string> = {
  good: (x, y) => `M${x} ${y + 1}l3 3 5-7`,
  bad: (x, y) => `M${x + 1} ${y - 3}l6 6m0-6l-6 6`,
  quiet: (x, y) => `M${x} ${y}h0m4 0h0m4 0h0`,
};

/** Meters from `y` on, each METER_HEIGHT high. */
export function drawMeters(meters: readonly Meter[], { x, y, width }: { x: number; y: number; width: number }): string[] {
  const nameWidth = 150;
  const wordsWidth = 230;
  const track = width - nameWidth - wordsWidth;
  return meters.flatMap((meter, index) => {
    const middle = y + index * METER_HEIGHT + METER_HEIGHT / 2;
    const stands = standing(meter);
    const { value, limit } = meter;
    const share = value === null ? 0 : limit === null ? LIMIT_AT : limit > 0 ? (value / limit) * LIMIT_AT : value > 0 ? 1 : 0;
    const start = x + nameWidth;
    return [
      label(fitWidth(meter.name, 12, nameWidth - 8), x, middle + 4, { "font-size": 12 }),
      box(start, middle - 5, track, 10, { class: "track", rx: 3 }),
      box(start, middle - 5, Math.min(1, share) * track, 10, { class: stands, rx: 3 }),
      ...(limit === null
        ? []
        : [line(start + LIMIT_AT * track, middle - 9, start + LIMIT_AT * track, middle + 9, { class: "quiet-line", "stroke-width": 2 })]),
      ...(limit === null
        ? []
        : [
            element("path", {
              d: signs[stands](start + track + 12, middle),
              class: `${stands}-line`,
              "stroke-width": stands === "quiet" ? 3 : 2,
              "stroke-linecap": "round",
            }),
          ]),
      label(fitWidth(meterWords(meter), 12, wordsWidth - 28), start + track + 28, middle + 4, { "font-size": 12 }),
    ];
  });
}
