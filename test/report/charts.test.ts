import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { chartCanary } from "../../src/report/chart-canary.ts";
import { chartLoad } from "../../src/report/chart-load.ts";
import { renderCharts } from "../../src/report/charts.ts";
import { figureText, scale, ticks, timeTicks } from "../../src/report/plot.ts";
import { renderBadge } from "../../src/report/render-badge.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { textWidth } from "../../src/report/text-width.ts";
import type { CanaryFigures, LoadFigures } from "../../src/shapes/figures.ts";
import { aReport, aSystem, gatesWith, heldReport, hostileReport, passingReport } from "./a-report.ts";
import { canaryFigures, loadFigures } from "./some-figures.ts";

interface Drawn {
  names: string[];
  texts: string[];
  width: number;
  height: number;
}

function reachesOut(text: string, attributes: Record<string, string>, width: number): boolean {
  const own = Number(attributes["textLength"] ?? textWidth(text, Number(attributes["font-size"] ?? 11)));
  const before = { start: 0, middle: 0.5, end: 1 }[attributes["text-anchor"] ?? "start"] ?? 0;
  const from = Number(attributes["x"]) - before * own;
  return from < 0 || from + own > width;
}

/** What a picture holds. Throws where it is not well-formed, reaches outside of itself or has a number that is none. */
function look(svg: string): Drawn {
  const drawn: Drawn = { names: [], texts: [], width: 0, height: 0 };
  const open: string[] = [];
  let last: Record<string, string> = {};
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    open.push(name);
    drawn.names.push(name);
    last = attributes as Record<string, string>;
    const { width, height, x, y } = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, Number(value)]));
    if (name === "svg") Object.assign(drawn, { width, height });
    if (name === "text" && ((x ?? 0) < 0 || (x ?? 0) > drawn.width || (y ?? 0) < 0 || (y ?? 0) > drawn.height))
      throw new Error(`text at ${x} ${y}`);
    if (name === "rect" && ((x ?? 0) < 0 || (x ?? 0) + (width ?? 0) > drawn.width + 0.01)) throw new Error(`box from ${x}, ${width} wide`);
    for (const [key, value] of Object.entries(attributes)) {
      if (/^on|href$/i.test(key) || /url\((?!#)|NaN|Infinity|undefined/.test(value)) throw new Error(`${key}=${value}`);
    }
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (text) => {
    if (open.at(-1) === "text" && reachesOut(text, last, drawn.width)) throw new Error(`"${text}" is wider than the picture`);
    if (open.at(-1) === "text" || open.at(-1) === "title" || open.at(-1) === "desc") drawn.texts.push(text);
    else if (open.at(-1) !== "style" && text.trim() !== "") throw new Error(`text in ${open.at(-1)}`);
  });
  parser.write(svg).close();
  if (drawn.names.some((name) => ["script", "image", "foreignObject", "use", "a", "iframe"].includes(name)))
    throw new Error("it reaches outside");
  return drawn;
}

describe("badge", () => {
  it.each([
    ["a pass", passingReport(), "pass"],
    ["a hold, with the gate that comes next", heldReport(), "hold at governance"],
  ])("shows %s", (_, report, words) => {
    const { texts, height } = look(renderBadge(report));
    expect(texts.slice(1)).toEqual(["pilotgate", words]);
    expect(height).toBe(20);
  });

  it("says the same in words, with what is open", () => {
    expect(look(renderBadge(heldReport())).texts[0]).toBe(
      "Pilotgate on 2026-11-23: support-assistant holds at governance (1 of 6 open), infrastructure (2 of 6 open) and rollout (1 of 4 open)",
    );
  });

  it("names each of a few systems, and counts many", () => {
    const [system] = passingReport().systems;
    const [held] = heldReport().systems;
    if (system === undefined || held === undefined) throw new Error("the builder gives one system");
    const few = aReport([system, { ...held, id: "triage" }]);
    expect(look(renderBadge(few)).texts.slice(1)).toEqual(["pilotgate", "support-assistant: pass", "triage: hold at governance"]);
    const many = (count: number, verdict: "pass" | "hold") =>
      aReport(
        Array.from({ length: count }, (_one, index) => ({ ...(index === 0 && verdict === "hold" ? held : system), id: `s-${index}` })),
      );
    expect(look(renderBadge(many(40, "hold"))).texts.slice(1)).toEqual(["pilotgate", "1 of 40 systems hold"]);
    expect(look(renderBadge(many(40, "pass"))).texts.slice(1)).toEqual(["pilotgate", "40 systems pass"]);
  });

  it("is as wide as its words", () => {
    // Widths that a browser measured in DejaVu Sans at 11 pixels.
    for (const [text, width] of [
      ["pilotgate", 48.94],
      ["hold at governance", 106.61],
      ["support-assistant: pass", 127.92],
    ] as const) {
      expect(Math.abs(textWidth(text, 11) - width)).toBeLessThan(1.5);
    }
    expect(textWidth("評価", 11)).toBeGreaterThanOrEqual(22);
  });
});

describe("charts", () => {
  const withFigures = aReport([
    aSystem(gatesWith({ "load-test": { figures: loadFigures }, "canary-stability": { figures: canaryFigures } }), {
      name: "Support <assistant> & co",
    }),
  ]);

  it("are drawn of what has figures, and of nothing else", () => {
    expect(renderCharts(heldReport())).toEqual([]);
    expect(renderCharts(withFigures).map(({ name }) => name)).toEqual([
      "support-assistant-load-test.svg",
      "support-assistant-canary-stability.svg",
    ]);
    expect(renderCharts(withFigures)).toEqual(renderCharts(structuredClone(withFigures)));
  });

  it("stand in a Markdown report only where they were written", () => {
    expect(renderMarkdown(withFigures)).not.toContain("![");
    const charts = [{ systemId: "support-assistant", href: "my charts/a#.svg", alt: "load-test: [x](y) <b>" }];
    expect(renderMarkdown(withFigures, { charts })).toContain("![load-test: \\[x\\](y) &lt;b&gt;](my%20charts/a%23.svg)");
  });

  it("show a load test against its target, in words too", () => {
    const { texts, names } = look(chartLoad(loadFigures, "Support assistant"));
    expect(texts.slice(0, 2)).toEqual([
      "Load test: 84.2 good answers/s, 80 asked for",
      "Support assistant. 2 x the expected peak of 40 requests/s is 80; minutes 15 to 45 of the run counts. good answers: 84.2/s, at least 80/s; errors: 1.32 %, at most 1 %; time at load: 30 min, at least 30 min; p95: 1420 ms, at most 1800 ms; time to first token, p95: 640 ms, at most 500 ms.",
    ]);
    expect(texts).toEqual(expect.arrayContaining(["counts", "asked for: 80", "expected peak: 40"]));
    expect(names.filter((name) => name === "path")).toHaveLength(1 + 5);
  });

  it("show a load test without a timeline as bars, and what is not known as not known", () => {
    const bare: LoadFigures = { ...loadFigures, rate: null, errorRate: null, minutes: null, latencies: [], part: null, timeline: null };
    const { texts, height } = look(chartLoad(bare, "x"));
    expect(texts).toContain("not known, at least 80/s");
    expect(height).toBeLessThan(200);
  });

  it("show a canary with its runs, alerts and gaps, in words too", () => {
    const { texts } = look(chartCanary(canaryFigures, "Support assistant"));
    expect(texts[0]).toBe("Canary: 41.5 h unbroken, 72 asked for");
    expect(texts[1]).toBe(
      "Support assistant · production-canary · commit cccccccccccc. unbroken: 41.5 h, at least 72 h; requests served: 812, at least 1000. 1 critical alert, 1 silence, 1 unclear alert, 1 other alert, 2 gaps of alert data.",
    );
    expect(texts).toEqual(
      expect.arrayContaining([
        "asked for: 8 to 12 %",
        "72 h at 19 Nov 08:00",
        "redeploy",
        "AssistantDown (critical alert), from 2026-11-16T13:00:00Z to 2026-11-16T14:00:00Z",
      ]),
    );
  });

  it("hold foreign text as text", () => {
    const name = `${"very long ".repeat(30)}</title><script>alert(1)</script> & "x" \u0000\u202E`;
    const foreign: CanaryFigures = {
      ...canaryFigures,
      environment: name,
      runs: canaryFigures.runs.map((run) => ({ ...run, commit: name })),
      alerts: canaryFigures.alerts.map((alert) => ({ ...alert, name })),
    };
    for (const svg of [
      chartCanary(foreign, name),
      chartLoad({ ...loadFigures, part: name, latencies: [{ name, ms: 1, limitMs: 2 }] }, name),
      renderBadge(hostileReport()),
    ]) {
      look(svg);
      for (const bad of ["<script", "\u0000", "\u202E"]) expect(svg).not.toContain(bad);
    }
  });

  it("stay whole, whatever the figures are", () => {
    const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1e-6, noNaN: true }));
    const maybe = fc.option(amount);
    const load = fc.record({
      peak: amount,
      target: amount,
      rate: maybe,
      errorRate: maybe,
      maxErrorRate: amount,
      minutes: maybe,
      leastMinutes: amount,
      good: fc.array(amount, { minLength: 1, maxLength: 50 }),
      stepSeconds: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(load, ({ good, stepSeconds, ...rest }) => {
        look(chartLoad({ ...loadFigures, ...rest, timeline: { stepSeconds, good, from: 0, to: good.length * stepSeconds } }, "x"));
      }),
    );
    const hour = fc.integer({ min: -3000, max: 3000 });
    const day = (hours: number) => `${new Date(Date.UTC(2026, 10, 16) + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
    const span = fc.tuple(hour, fc.integer({ min: 0, max: 2000 })).map(([from, length]) => ({ from: day(from), to: day(from + length) }));
    const canary = fc.record({
      runs: fc.array(fc.tuple(span, maybe), { minLength: 1, maxLength: 6 }),
      gaps: fc.array(span, { maxLength: 4 }),
      alerts: fc.array(span, { maxLength: 4 }),
      leastHours: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
    });
    fc.assert(
      fc.property(canary, ({ runs, gaps, alerts, leastHours }) => {
        look(
          chartCanary(
            {
              ...canaryFigures,
              leastHours,
              gaps,
              runs: runs.map(([one, share]) => ({ ...one, commit: "c", running: false, share })),
              counted: runs.length - 1,
              alerts: alerts.map((one) => ({ ...one, kind: "critical" as const, name: "x" })),
            },
            "x",
          ),
        );
      }),
    );
  });
});

describe("scales", () => {
  it.each([
    [0, 100, 5, [0, 20, 40, 60, 80, 100]],
    [0, 0.7, 4, [0, 0.2, 0.4, 0.6]],
    [3, 3, 4, []],
    [0, 59, 8, [0, 10, 20, 30, 40, 50]],
  ])("have round ticks from %d to %d, %d at most", (from, to, most, expected) => expect(ticks(from, to, most)).toEqual(expected));

  it("have ticks on whole days of UTC", () => {
    const from = Date.UTC(2026, 10, 16, 8);
    expect(timeTicks(from, from + 72 * 3_600_000, 7).map(({ text }) => text)).toEqual([
      "16 Nov 12:00",
      "17 Nov",
      "17 Nov 12:00",
      "18 Nov",
      "18 Nov 12:00",
      "19 Nov",
    ]);
    expect(timeTicks(from, from + 180 * 3_600_000, 8).map(({ text }) => text)).toEqual([
      "17 Nov",
      "18 Nov",
      "19 Nov",
      "20 Nov",
      "21 Nov",
      "22 Nov",
      "23 Nov",
    ]);
  });

  it("keep what lies beyond at their ends", () => {
    const place = scale([0, 10], [100, 200]);
    expect([-5, 0, 5, 20].map((value) => place(value))).toEqual([100, 100, 150, 200]);
    expect(scale([3, 3], [100, 200])(3)).toBe(100);
  });

  it.each([
    [24.9209, "24.9"],
    [0.187696, "0.188"],
    [12_835, "12 835"],
    [1420, "1420"],
    [0, "0"],
    [1.5e-273, "0"],
    [1.23e12, "1.2e12"],
  ])("write %d as %s", (value, text) => expect(figureText(value)).toBe(text));
});
