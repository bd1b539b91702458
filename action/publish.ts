import { randomUUID } from "node:crypto";
import { toTerminalText } from "../src/report/escape.ts";
import { criteria } from "../src/engine/criteria/index.ts";
import { renderJson } from "../src/report/render-json.ts";
import { renderJunit } from "../src/report/render-junit.ts";
import { renderMarkdown } from "../src/report/render-markdown.ts";
import { renderNotes } from "../src/report/render-notes.ts";
import { renderSarif } from "../src/report/render-sarif.ts";
import { renderText } from "../src/report/render-text.ts";
import { toCommand, toLogGroup, toPlainLog } from "./commands.ts";
import type { Format, Inputs } from "./inputs.ts";
import { openIds } from "./notes.ts";
import type { Judged, Outcome } from "./outcome.ts";
import { appendOutputs, appendSummary, writeReport } from "./runner-files.ts";
import type { Runner } from "./runner.ts";

export interface Log {
  out(text: string): void;
  color: boolean;
}

const fileNames: Record<Format, string> = {
  json: "report.json",
  markdown: "report.md",
  text: "report.txt",
  sarif: "report.sarif",
  junit: "report.junit.xml",
};

/** As `check --format` prints it. */
function render({ report, shown }: Judged, { format, systems, gates }: Inputs): string {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return renderMarkdown(shown);
    case "text":
      return renderText(shown, { color: false, width: 100 });
    case "sarif":
      return renderSarif(shown, { rules: criteria, scope: [...systems, ...gates] });
    case "junit":
      return renderJunit(shown);
  }
}

/** Tells what became of the job: in its log, on the files, in its summary, to its later steps. */
export function publish({ title, notes, annotations, judged }: Outcome, runner: Runner, inputs: Inputs, { out, color }: Log): void {
  const token = randomUUID();
  if (judged !== null) out(toLogGroup("Pilotgate's report", renderText(judged.shown, { color, width: 100 }), token));
  out(toPlainLog([`Pilotgate: ${title}`, ...notes.map((note) => `- ${toTerminalText(note)}`)].join("\n"), token));
  for (const annotation of annotations) out(toCommand(annotation));
  const path = judged === null ? "" : writeReport(runner.temporary, fileNames[inputs.format], render(judged, inputs));
  if (runner.outputFile !== undefined) {
    appendOutputs(runner.outputFile, {
      verdict: judged?.report.verdict ?? "",
      report: path,
      held: judged === null ? "" : openIds(judged.shown).join(","),
      unseen: judged === null ? "" : openIds(judged.shown, true).join(","),
    });
  }
  if (runner.summaryFile === undefined) return;
  const markdown = judged === null ? renderNotes(title, notes) : renderMarkdown(judged.shown, { notes, unseen: true });
  if (appendSummary(runner.summaryFile, markdown)) return;
  const full = {
    level: "warning" as const,
    title: "Pilotgate",
    message: "The step's summary has no room for the report; the log holds it.",
  };
  out(toCommand(full));
}
