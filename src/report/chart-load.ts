import type { LoadFigures } from "../shapes/figures.ts";
import { drawMeters, METER_HEIGHT, meterWords, type Meter } from "./meters.ts";
import { figureText, scale, ticks } from "./plot.ts";
import { box, element, heading, label, line, picture, round } from "./svg.ts";

const WIDTH = 760;
const LEFT = 56;
const RIGHT = 24;
const TOP = 64;
const PLOT = 170;

type Timeline = NonNullable<LoadFigures["timeline"]>;

/** A load test against its target: its rate over time with the part that counts, where the run shows it, and every figure with its limit. */
export function chartLoad(figures: LoadFigures, about: string): string {
  const { target, peak, multiple, timeline, part } = figures;
  const meters = toMeters(figures);
  const plotHeight = timeline === null ? 0 : PLOT + 46;
  const height = TOP + plotHeight + meters.length * METER_HEIGHT + 16;
  const counted = part === null ? "the whole run counts" : `${part} counts`;
  const title = `Load test: ${figures.rate === null ? "rate not known" : `${figureText(figures.rate)} good answers/s`}, ${figureText(target)} asked for`;
  const text = `${about}. ${figureText(multiple)} x the expected peak of ${figureText(peak)} requests/s is ${figureText(target)}; ${counted}. ${meters.map((meter) => `${meter.name}: ${meterWords(meter)}`).join("; ")}.`;
  return picture({ width: WIDTH, height }, { title, text }, [
    ...heading(title, `${about} · ${figureText(multiple)} x the expected peak of ${figureText(peak)} requests/s · ${counted}`, WIDTH - 40),
    ...(timeline === null ? [] : drawTimeline(timeline, figures)),
    ...drawMeters(meters, { x: 20, y: TOP + plotHeight, width: WIDTH - 40 }),
  ]);
}

function toMeters({ rate, target, errorRate, maxErrorRate, minutes, leastMinutes, latencies }: LoadFigures): Meter[] {
  const percent = (share: number | null) => (share === null ? null : share * 100);
  return [
    { name: "good answers", value: rate, limit: target, asks: "at least", unit: "/s" },
    { name: "errors", value: percent(errorRate), limit: percent(maxErrorRate), asks: "at most", unit: "%" },
    { name: "time at load", value: minutes, limit: leastMinutes, asks: "at least", unit: "min" },
    ...latencies.map(({ name, ms, limitMs }): Meter => ({ name, value: ms, limit: limitMs, asks: "at most", unit: "ms" })),
  ];
}

function drawTimeline({ stepSeconds, good, from, to }: Timeline, { target, peak }: LoadFigures): string[] {
  const length = good.length * stepSeconds;
  const highest =
    Math.max(
      target,
      good.reduce((most, one) => Math.max(most, one), 0),
    ) * 1.12;
  const x = scale([0, length], [LEFT, WIDTH - RIGHT]);
  const y = scale([0, highest], [TOP + PLOT, TOP]);
  // Minutes read better than seconds, and hours than many minutes.
  const [unit, name] = length > 3 * 3600 ? [3600, "h"] : [60, "min"];
  const points = good.map(
    (rate, index) =>
      `${index === 0 ? "M" : "V"}${index === 0 ? `${round(x(0))} ` : ""}${round(y(rate))}H${round(x((index + 1) * stepSeconds))}`,
  );
  const limit = (value: number, words: string, dashes: string) => [
    line(LEFT, y(value), WIDTH - RIGHT, y(value), { class: "quiet-line", "stroke-width": 1.5, "stroke-dasharray": dashes }),
    label(words, WIDTH - RIGHT, y(value) + 14, { "font-size": 11, class: "quiet halo", "text-anchor": "end" }),
  ];
  return [
    ...ticks(0, highest, 5).flatMap((rate) => [
      line(LEFT, y(rate), WIDTH - RIGHT, y(rate), { class: "rule" }),
      label(figureText(rate, 1e6), LEFT - 8, y(rate) + 4, { "font-size": 11, class: "quiet", "text-anchor": "end" }),
    ]),
    ...(from === null || to === null
      ? []
      : [
          box(x(from), TOP, x(to) - x(from), PLOT, { class: "tint" }),
          label("counts", (x(from) + x(to)) / 2, TOP + 14, { "font-size": 11, class: "quiet halo", "text-anchor": "middle" }),
        ]),
    element("path", { d: points.join(""), class: "good-line", "stroke-width": 2, "stroke-linejoin": "round" }),
    ...limit(target, `asked for: ${figureText(target)}`, "7 4"),
    ...limit(peak, `expected peak: ${figureText(peak)}`, "2 4"),
    ...ticks(0, length / unit, 8).map((at) =>
      label(figureText(at), x(at * unit), TOP + PLOT + 17, { "font-size": 11, class: "quiet", "text-anchor": "middle" }),
    ),
    label(`good answers/s over ${name}`, LEFT, TOP + PLOT + 34, { "font-size": 11, class: "quiet" }),
  ];
}
