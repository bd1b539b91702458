import type { CriterionReport, Report } from "../shapes/report.ts";
import { chartCanary } from "./chart-canary.ts";
import { chartLoad } from "./chart-load.ts";
import { systemTitle } from "./phrases.ts";

/** One chart, as a file that a report can refer to. */
export interface Chart {
  systemId: string;
  /** `support-assistant-load-test.svg` */
  name: string;
  /** What stands in its place where it is not shown. */
  alt: string;
  svg: string;
}

function drawingOf({ figures }: CriterionReport, about: string): string | null {
  if (figures === undefined) return null;
  return figures.kind === "load" ? chartLoad(figures, about) : chartCanary(figures, about);
}

/** A chart for each criterion whose figures can be drawn. Equal reports give equal bytes. */
export function renderCharts(report: Report): Chart[] {
  return report.systems.flatMap((system) =>
    system.gates
      .flatMap(({ criteria }) => criteria)
      .flatMap((criterion) => {
        const svg = drawingOf(criterion, systemTitle(system));
        if (svg === null) return [];
        return [{ systemId: system.id, name: `${system.id}-${criterion.id}.svg`, alt: `${criterion.id}: ${criterion.summary}`, svg }];
      }),
  );
}
