import type { Diagnosis, Finding, Outcome, QuestionId } from "../shapes/diagnosis.ts";
import { clip, toSafeJson, toTerminalText } from "./escape.ts";
import { flow, paint, type Style } from "./flow.ts";
import { list } from "./phrases.ts";
import type { TextOptions } from "./render-text.ts";

type Page = Required<Omit<TextOptions, "verbose">>;

const marks: Record<Outcome, { unicode: string; ascii: string; style: Style }> = {
  proven: { unicode: "✔", ascii: "+", style: "green" },
  open: { unicode: "✖", ascii: "x", style: "red" },
  unknown: { unicode: "?", ascii: "?", style: "yellow" },
};

/** What each question asks. */
export const questions: Record<QuestionId, string> = {
  policy: "Is there a policy that guards something?",
  required: "Is the check required?",
  pinned: "Does only our App's check count?",
  bound: "Is nobody let past?",
  creation: "Do new branches begin at a commit that passed?",
  coverage: "Is every branch of the guard covered?",
  history: "Is the branch kept from being overwritten and deleted?",
  environment: "Is the environment there?",
  named: "Do workflows name it, spelled so?",
  answered: "Does the App hold deployments back?",
  admins: "Are administrators bound?",
};

const safe = (text: string) => clip(toTerminalText(text), 600);

/** `2 open, 1 not proven, 5 proven`. */
export function outcomeTally(findings: readonly Finding[]): string {
  const count = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  const parts = [
    count("open") > 0 ? `${count("open")} open` : "",
    count("unknown") > 0 ? `${count("unknown")} not proven` : "",
    `${count("proven")} proven`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** `governance guards the branches main (support-assistant)`. */
export function guardTitle({ gate, guards }: Finding): string {
  if (gate === null || guards === null) return "policy";
  return `${gate} guards the ${guards.kind} ${guards.glob} (${list(guards.systems.slice(0, 5))}${guards.systems.length > 5 ? ", …" : ""})`;
}

/** Findings of one guard after another, as they stand. */
export function byGuard(findings: readonly Finding[]): { title: string; findings: Finding[] }[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const title = guardTitle(finding);
    groups.set(title, [...(groups.get(title) ?? []), finding]);
  }
  return [...groups].map(([title, those]) => ({ title, findings: those }));
}

export function appPhrase({ app }: Diagnosis): string {
  if (app.id === null) return "App not known";
  return `App ${app.id}${app.slug === null ? "" : ` (${app.slug})`}${app.source === "checks" ? ", found on checks" : ""}`;
}

/** What `doctor` prints for people. Commands stand on lines of their own, never wrapped. Ends with a newline. */
export function renderDiagnosis(diagnosis: Diagnosis, options: TextOptions): string {
  const page: Page = { unicode: true, ...options, width: Math.min(100, Math.max(20, Math.floor(options.width))) };
  const shown = new Set<string>();
  const head = [diagnosis.repository, `default branch ${diagnosis.defaultBranch}`, appPhrase(diagnosis)].map(safe).join(" · ");
  const lines = [
    ...flow([{ text: head, style: "dim" }], page),
    ...byGuard(diagnosis.findings).flatMap(({ title, findings }) => [
      "",
      ...flow([{ text: safe(title), style: "bold" }], page),
      ...findings.flatMap((finding) => findingLines(finding, shown, page)),
    ]),
    ...(diagnosis.notes.length === 0 ? [] : ["", paint("Notes", "bold", page.color)]),
    ...diagnosis.notes.flatMap((note) => flow([{ text: `- ${safe(note)}` }], { ...page, indent: 2, hanging: 4 })),
    "",
    ...ending(diagnosis, page),
  ];
  const text = page.unicode ? lines.join("\n") : lines.join("\n").replace(/…/g, "...").replace(/·/g, "|");
  return `${text}\n`;
}

function findingLines({ question, outcome, summary, details, missing, mend }: Finding, shown: Set<string>, page: Page): string[] {
  const { unicode, ascii, style } = marks[outcome];
  const inside = { ...page, indent: 4, hanging: 6 };
  return [
    ...flow(
      [
        { text: page.unicode ? unicode : ascii, style },
        { text: `${question}:`, style: outcome === "proven" ? "plain" : "bold" },
        { text: safe(summary) },
      ],
      { ...page, indent: 2, hanging: 4 },
    ),
    ...details.flatMap((text) => flow([{ text: `- ${safe(text)}` }], inside)),
    ...(missing === null ? [] : flow([{ text: "Not proven; it takes", style: "yellow" }, { text: `${safe(missing)}.` }], inside)),
    ...(mend === null ? [] : mendLines(mend, shown, inside)),
  ];
}

function mendLines({ summary, commands }: NonNullable<Finding["mend"]>, shown: Set<string>, inside: Page & { indent: number }): string[] {
  const key = [summary, ...commands].join("\n");
  if (shown.has(key))
    return flow(
      [
        { text: "Mend:", style: "bold" },
        { text: "the same as above.", style: "dim" },
      ],
      inside,
    );
  shown.add(key);
  return [
    ...flow([{ text: "Mend:", style: "bold" }, { text: safe(summary) }], inside),
    ...commands.map((command) => `      $ ${paint(clip(toTerminalText(command), 4000), "cyan", inside.color)}`),
  ];
}

const verdicts: Record<Outcome, string> = {
  proven: "Every gate that the policy enforces blocks, as far as the questions above go.",
  open: "Not every gate blocks.",
  unknown: "Not every gate is proven to block.",
};

function ending({ outcome, findings }: Diagnosis, page: Page): string[] {
  const isProven = outcome === "proven";
  return flow(
    [
      { text: isProven ? "PROVEN" : outcome === "open" ? "OPEN" : "NOT PROVEN", style: isProven ? "pass" : "hold" },
      { text: `${verdicts[outcome]} ${outcomeTally(findings)}.` },
    ],
    page,
  );
}

/** `doctor --format json`: keys as the schema has them, two spaces, a newline at the end. */
export const renderDiagnosisJson = (diagnosis: Diagnosis): string => `${toSafeJson(JSON.stringify(diagnosis, null, 2))}\n`;
