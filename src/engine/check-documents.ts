import { documentDefinitions } from "../shapes/document-definitions.ts";
import type { DocumentName } from "../shapes/vocabulary.ts";
import { addMonths, endOfDayMs, toDate, toMs } from "./time.ts";
import type { DocumentEvidence, Finding, ReadDocument } from "./types.ts";

interface Judged {
  /** Documents that parsed, whatever else is wrong with them. */
  readable: ReadDocument[];
  findings: Finding[];
}

/** What is asked of every document alike: readable, approved, owned, fresh, its fields valid, its sections filled. */
export function checkDocuments(name: DocumentName, files: readonly DocumentEvidence[], at: string, ageMonths: number): Judged {
  const readable: ReadDocument[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    if (!file.reading.ok && file.reading.code === "unknown-format") {
      findings.push(noFrontMatter(file.path, ""));
      continue;
    }
    if (!file.reading.ok) {
      findings.push({
        state: "missing",
        path: file.path,
        ...lineOf(file.reading.line),
        text: `${file.path} cannot be read: ${file.reading.message}`,
        remedy: `Mend ${file.path}.`,
      });
      continue;
    }
    if (file.reading.kind !== "document") {
      findings.push(noFrontMatter(file.path, ` (it reads as ${file.reading.format})`));
      continue;
    }
    const document: ReadDocument = {
      path: file.path,
      digest: file.digest,
      reported: file.fieldProblems.map(({ key }) => key),
      ...file.reading.measurement,
    };
    readable.push(document);
    const fields = fieldFindings(file, document);
    const sections = sectionFindings(name, document);
    const isWhole = fields.length + sections.length === 0;
    findings.push(...fields, ...statusFindings(name, document, isWhole), ...ageFindings(document, at, ageMonths), ...sections);
  }
  return { readable, findings };
}

function noFrontMatter(path: string, why: string): Finding {
  return {
    state: "missing",
    path,
    text: `${path} is not a document with front matter${why}.`,
    remedy: `Write ${path} as Markdown that starts with YAML front matter between two lines of ---.`,
  };
}

function fieldFindings(file: DocumentEvidence, document: ReadDocument): Finding[] {
  return file.fieldProblems.map(({ key, problem, message }) => {
    const line = document.frontMatterLines[key];
    return {
      state: problem === "missing" ? "missing" : "not-met",
      path: file.path,
      ...lineOf(line),
      text: `${file.path}${line === undefined ? "" : ` line ${line}`}: ${message}`,
      remedy:
        problem === "missing"
          ? `Add \`${key}\` to the front matter of ${file.path}.`
          : `Correct \`${key}\` in the front matter of ${file.path}.`,
    };
  });
}

const settled: Partial<Record<DocumentName, readonly string[]>> = { architecture: ["approved", "accepted"] };

function statusFindings(name: DocumentName, { path, frontMatter, frontMatterLines, reported }: ReadDocument, isWhole: boolean): Finding[] {
  const status = typeof frontMatter["status"] === "string" ? frontMatter["status"].toLowerCase() : undefined;
  if (status === undefined && reported?.includes("status")) return [];
  if (status !== undefined && (settled[name] ?? ["approved"]).includes(status)) return [];
  return [
    {
      state: "not-met",
      path,
      ...lineOf(frontMatterLines["status"]),
      text: `${path} is not approved: its front matter does not say \`status: approved\`.`,
      remedy: isWhole
        ? `Set \`status: approved\` in ${path} once its owner stands by it.`
        : `Fill in what is left in ${path}, then set \`status: approved\`.`,
    },
  ];
}

function ageFindings({ path, frontMatter, frontMatterLines }: ReadDocument, at: string, ageMonths: number): Finding[] {
  const now = toMs(at);
  const findings: Finding[] = [];
  const reviewBy = frontMatter["review-by"];
  if (typeof reviewBy === "string" && endOfDayMs(reviewBy) < now) {
    findings.push({
      state: "stale",
      path,
      ...lineOf(frontMatterLines["review-by"]),
      text: `${path} was to be reviewed by ${toDate(toMs(reviewBy))}.`,
      remedy: `Review ${path}, then set \`reviewed\` and a new \`review-by\`.`,
    });
  }
  const reviewed = frontMatter["reviewed"];
  if (typeof reviewed !== "string" || Number.isNaN(toMs(reviewed))) return findings;
  const place = { path, ...lineOf(frontMatterLines["reviewed"]) };
  if (toMs(reviewed) > now) {
    findings.push({
      state: "not-met",
      ...place,
      text: `${path} says that it was reviewed on ${toDate(toMs(reviewed))}, which lies ahead.`,
      remedy: `Correct \`reviewed\` in ${path}.`,
    });
  } else if (addMonths(endOfDayMs(reviewed), ageMonths) < now) {
    findings.push({
      state: "stale",
      ...place,
      text: `${path} was last reviewed on ${toDate(toMs(reviewed))}, more than ${ageMonths} months ago.`,
      remedy: `Review ${path}, then set \`reviewed\` to that day.`,
    });
  }
  return findings;
}

function sectionFindings(name: DocumentName, { path, sections }: ReadDocument): Finding[] {
  const { sections: asked, sectionAliases } = documentDefinitions[name];
  return asked.flatMap((wanted): Finding[] => {
    const titles = [wanted, ...(sectionAliases?.[wanted] ?? [])];
    const section = sections.find(({ title }) => titles.some((known) => sameTitle(title, known)));
    if (!section) {
      return [{ state: "missing", path, text: `${path} has no section "${wanted}".`, remedy: `Write the section "${wanted}" in ${path}.` }];
    }
    const empty = section.text.trim() === "";
    if (!empty && section.unfilledLine === undefined) return [];
    const line = section.unfilledLine ?? section.line;
    const lack = empty ? "is not filled in" : "still holds a mark that text is owed";
    return [
      {
        state: "missing",
        path,
        line,
        text: `${path} line ${line}: the section "${wanted}" ${lack}.`,
        remedy: `Fill the section "${wanted}" in ${path}.`,
      },
    ];
  });
}

/** Headings are compared without case, numbering and closing marks: `## 2. Data flow:` is "Data flow". */
function sameTitle(title: string, wanted: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/^[\d.)\s]+/, "")
      .replace(/[\s:.]+$/, "")
      .replace(/\s+/g, " ");
  return plain(title) === plain(wanted);
}

function lineOf(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line };
}
