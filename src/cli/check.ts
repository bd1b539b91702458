import { resolve } from "node:path";
import { judgeTree } from "../app/judge-tree.ts";
import { PortError } from "../app/ports.ts";
import { judgedByGates, onlyGates } from "../app/by-gates.ts";
import { selectSystems } from "../app/select-systems.ts";
import { openKeptReadings } from "../local/kept-readings.ts";
import { readTree } from "../local/read-tree.ts";
import { formats } from "../policy/formats.ts";
import { policyDigest, resolvePolicy } from "../policy/resolve.ts";
import { toTerminalText } from "../report/escape.ts";
import { flow } from "../report/flow.ts";
import type { Report } from "../shapes/report.ts";
import type { GateId } from "../shapes/vocabulary.ts";
import { UsageError, type ExitCode, type Io } from "./io.ts";
import { loadFacts } from "./load-facts.ts";
import { loadPolicy } from "./load-policy.ts";
import { withProgress } from "./progress.ts";
import { toolVersion } from "./tool-version.ts";
import type { WrittenChart } from "./write-pictures.ts";
import { writeOutput } from "./write-output.ts";

export interface CheckOptions {
  gate?: GateId[];
  system?: string[];
  format: "text" | "json" | "markdown" | "sarif" | "junit";
  output?: string;
  at?: string;
  policy?: string;
  orgPolicy?: string;
  facts?: string;
  repo?: string;
  sha?: string;
  verbose?: boolean;
  badge?: string;
  charts?: string;
}

/** `pilotgate check [dir]`: judges the working tree. 0 where everything that was asked for passes, 1 where it holds. */
export async function check(dir: string, options: CheckOptions, io: Io): Promise<ExitCode> {
  refuseUnbuilt(options);
  const at = toInstant(options.at, io);
  // Listing the folder takes the longest: it starts before the policy is known.
  const listing = readTree(resolve(io.cwd, dir));
  listing.catch(() => undefined); // awaited below; a broken policy is told first
  const parsed = await loadPolicy(dir, options.policy, io);
  if (parsed === null) return 2;
  const whole = resolvePolicy(parsed.policy);
  const policy = options.system === undefined ? whole : selectSystems(whole, options.system);
  if (typeof policy === "string") throw new UsageError(policy);
  const facts = options.facts === undefined ? null : await loadFacts(options.facts, io);
  if (facts === "broken") return 2;
  const tree = await listing.catch((error: unknown) => {
    throw error instanceof PortError ? new UsageError(`the folder ${dir} cannot be judged: ${error.message}.`) : error;
  });
  const readings = io.keptReadings === undefined ? undefined : openKeptReadings(io.keptReadings);
  const report = await judge({
    tree: withProgress(tree, io),
    policy,
    policyDigest: policyDigest(whole),
    at,
    facts,
    factsSource: facts === null ? "none" : "file",
    toolVersion,
    ...(readings === undefined ? {} : { readings }),
  });
  readings?.save();
  const judged = options.gate === undefined ? report : judgedByGates(report, options.gate);
  const shown = options.gate === undefined ? judged : onlyGates(judged, options.gate);
  const charts = options.badge === undefined && options.charts === undefined ? [] : await drawn(shown, options, io);
  await print({ report: judged, shown, charts }, options, io);
  note(judged, options, charts.length, parsed.warnings.length, io);
  return judged.verdict === "pass" ? 0 : 1;
}

async function judge(subject: Parameters<typeof judgeTree>[0]): Promise<Report> {
  try {
    return await judgeTree(subject);
  } catch (error) {
    throw error instanceof PortError ? new UsageError(`the folder cannot be judged: ${error.message}.`) : error;
  }
}

function refuseUnbuilt({ orgPolicy, repo, sha }: CheckOptions): void {
  if (orgPolicy !== undefined) throw new UsageError("--org-policy is not available in this version.");
  if (repo !== undefined && !/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repo)) throw new UsageError("--repo must be OWNER/NAME.");
  if (sha !== undefined && !/^[0-9a-f]{40}$/.test(sha))
    throw new UsageError("--sha must be a full commit id: 40 characters from 0 to 9 and a to f.");
  if ((repo === undefined) !== (sha === undefined)) throw new UsageError("--repo and --sha belong together: give both.");
  if (repo !== undefined)
    throw new UsageError("--repo and --sha are not available in this version; give the facts as a file with --facts.");
}

/** RFC 3339 to whole seconds in UTC: what the report says it was judged at. */
function toInstant(at: string | undefined, io: Io): string {
  const refused = new UsageError("--at must be an instant with its zone, for example 2026-11-23T09:00:00Z.");
  if (at !== undefined && !formats["date-time"](at)) throw refused;
  const instant = at === undefined ? io.now() : new Date(at.replace(" ", "T").toUpperCase());
  const text = instant.toISOString();
  if (!/^\d{4}-/.test(text)) throw refused; // its zone moves it out of the years that can be written
  return `${text.slice(0, 19)}Z`;
}

async function drawn(report: Report, options: CheckOptions, io: Io): Promise<WrittenChart[]> {
  const { writeBadge, writeCharts } = await import("./write-pictures.ts");
  if (options.badge !== undefined) writeBadge(report, options.badge, io.cwd);
  return options.charts === undefined ? [] : writeCharts(report, options.charts, options.output, io.cwd);
}

interface Judged {
  report: Report;
  /** With the gates that were asked for alone. */
  shown: Report;
  charts: readonly WrittenChart[];
}

async function render({ report, shown, charts }: Judged, options: CheckOptions, io: Io): Promise<string> {
  if (options.format === "json") return (await import("../report/render-json.ts")).renderJson(report);
  if (options.format === "junit") return (await import("../report/render-junit.ts")).renderJunit(shown);
  if (options.format === "sarif") {
    const [{ renderSarif }, { criteria }] = await Promise.all([import("../report/render-sarif.ts"), import("../engine/criteria/index.ts")]);
    return renderSarif(shown, { rules: criteria, scope: [...(options.system ?? []), ...(options.gate ?? [])] });
  }
  if (options.format === "markdown") return (await import("../report/render-markdown.ts")).renderMarkdown(shown, { charts });
  const toFile = options.output !== undefined;
  const { renderText } = await import("../report/render-text.ts");
  return renderText(shown, {
    color: io.color.out && !toFile,
    width: toFile ? 100 : io.width,
    unicode: io.unicode || toFile,
    verbose: options.verbose ?? false,
  });
}

async function print(judged: Judged, options: CheckOptions, io: Io): Promise<void> {
  const text = await render(judged, options, io);
  if (options.output === undefined) io.out(text);
  else writeOutput(resolve(io.cwd, options.output), text, options.output);
}

/** On standard error, so that it never mixes with what a program reads. */
function note(report: Report, { policy, output, charts }: CheckOptions, drawnCharts: number, warnings: number, io: Io): void {
  const whose = policy === undefined ? "the policy of this working tree" : `the policy ${toTerminalText(policy)}`;
  const sentences = [
    `Judged by ${whose}; on GitHub the policy of the default branch is in force.`,
    warnings === 0 ? "" : `It has ${warnings === 1 ? "1 warning" : `${warnings} warnings`}: see \`pilotgate validate\`.`,
    output === undefined ? "" : `Written to ${toTerminalText(output)}: ${report.verdict}.`,
    charts === undefined ? "" : `${drawnCharts === 1 ? "1 chart" : `${drawnCharts} charts`} in ${toTerminalText(charts)}.`,
  ];
  io.err(`${flow([{ text: sentences.join(" "), style: "dim" }], { width: Math.min(100, io.width), color: io.color.err }).join("\n")}\n`);
}
