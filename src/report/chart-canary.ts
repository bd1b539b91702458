import type { CanaryFigures } from "../shapes/figures.ts";
import { clip, toTerminalText } from "./escape.ts";
import { drawMeters, METER_HEIGHT, meterWords, type Meter } from "./meters.ts";
import { plural } from "./phrases.ts";
import { figureText, scale, ticks, timeText, timeTicks, type Scale } from "./plot.ts";
import { textWidth } from "./text-width.ts";
import { box, heading, hint, label, line, picture } from "./svg.ts";

const WIDTH = 760;
const LEFT = 96;
const RIGHT = 24;
const TOP = 66;
const PLOT = 110;
const LANE = 26;
const HOUR = 3_600_000;
/** Whatever is shorter is still seen. */
const LEAST_WIDTH = 3;
const REDEPLOY_WIDTH = 50;

type Alert = CanaryFigures["alerts"][number];
type Run = CanaryFigures["runs"][number];

const alertLooks: Record<Alert["kind"], { name: string; class: string }> = {
  critical: { name: "critical alert", class: "bad" },
  silence: { name: "silence", class: "bad-line" },
  unclear: { name: "unclear alert", class: "quiet" },
  other: { name: "other alert", class: "quiet-line" },
};

/** A canary on its way: how long it ran at which share of the traffic, what alerts fired, and when nobody would have seen one. */
export function chartCanary(figures: CanaryFigures, about: string): string {
  const { environment, runs, counted, hours, leastHours, mostPercent } = figures;
  const run = runs[counted];
  const meters = toMeters(figures);
  const lanes = TOP + PLOT + 30;
  const below = lanes + 2 * LANE + 24;
  const size = { width: WIDTH, height: below + meters.length * METER_HEIGHT + 12 };
  const title = `Canary: ${figureText(hours)} h unbroken, ${figureText(leastHours)} asked for`;
  const where = `${about} · ${toTerminalText(environment)}${run === undefined ? "" : ` · commit ${toTerminalText(run.commit).slice(0, 12)}`}`;
  const text = `${where}. ${meters.map((meter) => `${meter.name}: ${meterWords(meter)}`).join("; ")}. ${legendOf(figures)
    .map(({ text: words }) => words)
    .join(", ")}.`;
  if (run === undefined) return picture(size, { title, text }, heading(title, where, WIDTH - 40));
  const time = timeScale(figures, run);
  const share = scale([0, Math.min(100, Math.max(mostPercent * 1.5, ...runs.map((one) => (one.share ?? 0) * 1.15)))], [TOP + PLOT, TOP]);
  return picture(size, { title, text }, [
    ...heading(title, where, WIDTH - 40),
    ...drawShares(figures, time, share),
    ...runs.flatMap((one, index) => drawRun(one, index === counted, index > 0, time, share)),
    ...drawAxis(time, lanes),
    ...drawTarget(run, leastHours, time),
    ...lane("alerts", lanes),
    ...figures.alerts.flatMap((alert) => drawAlert(alert, ms(runs.at(-1)?.to ?? run.to), time, lanes)),
    ...lane("alert data", lanes + LANE),
    ...drawCoverage(figures, run, time, lanes + LANE),
    ...drawLegend(figures, lanes + 2 * LANE),
    ...drawMeters(meters, { x: 20, y: below, width: WIDTH - 40 }),
  ]);
}

/** Kinds of alerts that are there, and gaps, each with how it is drawn. */
function legendOf({ alerts, gaps }: CanaryFigures): { text: string; class: string }[] {
  const kinds = (Object.keys(alertLooks) as Alert["kind"][]).flatMap((kind) => {
    const count = alerts.filter((alert) => alert.kind === kind).length;
    return count === 0 ? [] : [{ text: plural(count, alertLooks[kind].name), class: alertLooks[kind].class }];
  });
  const seen = kinds.length === 0 ? [{ text: "no alert", class: "track" }] : kinds;
  return [...seen, ...(gaps.length === 0 ? [] : [{ text: plural(gaps.length, "gap of alert data", "gaps of alert data"), class: "bad" }])];
}

function drawLegend(figures: CanaryFigures, y: number): string[] {
  let x = LEFT;
  return legendOf(figures).flatMap(({ text, class: looks }) => {
    const drawn = [
      box(x, y + 3, 10, 10, { class: looks, "stroke-width": 1.5 }),
      label(text, x + 16, y + 12, { "font-size": 11, class: "quiet" }),
    ];
    x += 16 + textWidth(text, 11) + 18;
    return drawn;
  });
}

function toMeters({ hours, leastHours, requests, leastRequests, runs, counted }: CanaryFigures): Meter[] {
  const pending = runs[counted]?.running ?? false;
  return [
    { name: "unbroken", value: hours, limit: leastHours, asks: "at least", unit: "h", pending },
    { name: "requests served", value: requests, limit: leastRequests, asks: "at least", unit: "", pending },
  ];
}

const ms = (instant: string) => Date.parse(instant);

/** From somewhat before the run that counts to its end, or to where it is to run. */
function timeScale({ runs, leastHours }: CanaryFigures, run: Run): Scale {
  const length = Math.max(leastHours * HOUR, ms(run.to) - ms(run.from));
  const first = runs.reduce((from, one) => Math.min(from, ms(one.from)), ms(run.from));
  const last = runs.reduce((to, one) => Math.max(to, ms(one.to)), ms(run.from) + leastHours * HOUR);
  return scale([Math.max(first, ms(run.from) - length), Math.min(last, ms(run.from) + 2 * length)], [LEFT, WIDTH - RIGHT]);
}

function drawShares({ leastPercent, mostPercent }: CanaryFigures, time: Scale, share: Scale): string[] {
  return [
    box(LEFT, share(mostPercent), WIDTH - RIGHT - LEFT, share(leastPercent) - share(mostPercent), { class: "tint" }),
    ...ticks(0, share.to, 4).flatMap((percent) => [
      line(LEFT, share(percent), time(time.to), share(percent), { class: "rule" }),
      label(`${figureText(percent)} %`, LEFT - 8, share(percent) + 4, { "font-size": 11, class: "quiet", "text-anchor": "end" }),
    ]),
    label(`asked for: ${figureText(leastPercent)} to ${figureText(mostPercent)} %`, WIDTH - RIGHT - 6, share(leastPercent) + 13, {
      "font-size": 11,
      class: "quiet halo",
      "text-anchor": "end",
    }),
    label("of traffic", 20, TOP + 8, { "font-size": 11, class: "quiet" }),
  ];
}

function drawRun({ from, to, share: percent }: Run, isCounted: boolean, isRedeploy: boolean, time: Scale, share: Scale): string[] {
  if (ms(to) < time.from) return [];
  const [start, end] = [time(ms(from)), Math.max(time(ms(to)), time(ms(from)) + LEAST_WIDTH)];
  const y = share(percent ?? 0);
  const known = percent === null ? "2 3" : undefined;
  return [
    ...(isRedeploy && ms(from) >= time.from
      ? [
          line(start, TOP, start, TOP + PLOT, { class: "quiet-line", "stroke-dasharray": "2 3" }),
          ...(end - start < REDEPLOY_WIDTH ? [] : [label("redeploy", start + 3, TOP + PLOT - 5, { "font-size": 10, class: "quiet halo" })]),
        ]
      : []),
    line(start, y, end, y, { class: isCounted ? "good-line" : "quiet-line", "stroke-width": isCounted ? 5 : 3, "stroke-dasharray": known }),
  ];
}

function drawAxis(time: Scale, y: number): string[] {
  return timeTicks(time.from, time.to, 7).flatMap(({ at, text }) => [
    line(time(at), TOP + PLOT, time(at), TOP + PLOT + 4, { class: "quiet-line" }),
    label(text, time(at), y - 12, {
      "font-size": 11,
      class: "quiet",
      "text-anchor": time(at) + textWidth(text, 11) / 2 > WIDTH ? "end" : "middle",
    }),
  ]);
}

/** Where the run that counts has run long enough. */
function drawTarget({ from }: Run, leastHours: number, time: Scale): string[] {
  const at = ms(from) + leastHours * HOUR;
  if (at > time.to || at < time.from) return [];
  const isRight = time(at) > WIDTH - 160;
  return [
    line(time(at), TOP - 4, time(at), TOP + PLOT, { class: "quiet-line", "stroke-width": 2, "stroke-dasharray": "7 4" }),
    label(`${figureText(leastHours)} h at ${timeText(at)}`, time(at) + (isRight ? -5 : 5), TOP + 8, {
      "font-size": 11,
      class: "quiet",
      "text-anchor": isRight ? "end" : "start",
    }),
  ];
}

function lane(name: string, y: number): string[] {
  return [
    label(name, LEFT - 8, y + 14, { "font-size": 11, class: "quiet", "text-anchor": "end" }),
    box(LEFT, y + 4, WIDTH - RIGHT - LEFT, 14, { class: "track", rx: 2 }),
  ];
}

function drawAlert({ kind, name, from, to }: Alert, now: number, time: Scale, y: number): string[] {
  const end = to === null ? now : ms(to);
  if (ms(from) > time.to || end < time.from) return [];
  const start = Math.min(time(ms(from)), WIDTH - RIGHT - LEAST_WIDTH);
  const looks = alertLooks[kind];
  const shape = box(start, y + 4, Math.max(LEAST_WIDTH, time(end) - start), 14, { class: looks.class, "stroke-width": 1.5 });
  return [hint(`${clip(name, 80)} (${looks.name}), from ${from}${to === null ? "" : ` to ${to}`}`, shape)];
}

/** Alert data of the run that counts; its gaps stand out. */
function drawCoverage({ gaps }: CanaryFigures, run: Run, time: Scale, y: number): string[] {
  const start = time(ms(run.from));
  return [
    box(start, y + 4, time(ms(run.to)) - start, 14, { class: "good", "fill-opacity": 0.6, rx: 2 }),
    ...gaps.map(({ from, to }) => box(time(ms(from)), y + 4, Math.max(LEAST_WIDTH, time(ms(to)) - time(ms(from))), 14, { class: "bad" })),
  ];
}
