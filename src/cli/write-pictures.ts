import { mkdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { renderCharts } from "../report/charts.ts";
import { renderBadge } from "../report/render-badge.ts";
import type { Report } from "../shapes/report.ts";
import { UsageError } from "./io.ts";
import { writeOutput } from "./write-output.ts";

/** A chart on disk, as a report refers to it. */
export interface WrittenChart {
  systemId: string;
  /** Path from the report, with `/`. */
  href: string;
  alt: string;
}

/** `--badge FILE`. UsageError where it cannot be written. */
export function writeBadge(report: Report, file: string, cwd: string): void {
  writeOutput(resolve(cwd, file), renderBadge(report), file, "--badge");
}

/** `--charts DIR`: makes the folder and writes what can be drawn. UsageError where that cannot be done. */
export function writeCharts(report: Report, folder: string, output: string | undefined, cwd: string): WrittenChart[] {
  if (folder === "") throw new UsageError("--charts names no folder.");
  const place = resolve(cwd, folder);
  try {
    mkdirSync(place, { recursive: true });
  } catch {
    throw new UsageError(`--charts ${folder} cannot be written.`);
  }
  const from = output === undefined ? cwd : dirname(resolve(cwd, output));
  return renderCharts(report).map(({ systemId, name, alt, svg }) => {
    writeOutput(join(place, name), svg, join(folder, name), "--charts");
    return { systemId, href: relative(from, join(place, name)).split(sep).join("/"), alt };
  });
}
