import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { PortError, type Tree } from "../app/ports.ts";
import { createFiles } from "../local/create-files.ts";
import { readOrigin } from "../local/git-remote.ts";
import { readTree } from "../local/read-tree.ts";
import { parsePolicyBytes } from "../policy/parse-policy.ts";
import { renderProblems } from "../report/render-problems.ts";
import { firstToRead, MAX_READ_BYTES, thenToRead } from "../scaffold/files-to-read.ts";
import { findServices } from "../scaffold/find-services.ts";
import type { Answers } from "../scaffold/new-system.ts";
import { classOf } from "../scaffold/path-classes.ts";
import { planFiles } from "../scaffold/plan.ts";
import { questionsFor } from "../scaffold/questions.ts";
import { survey } from "../scaffold/survey.ts";
import type { Survey } from "../scaffold/survey-types.ts";
import type { PolicyFile } from "../shapes/policy.ts";
import type { Risk } from "../shapes/vocabulary.ts";
import { askAll } from "./ask-all.ts";
import { foundText, resultText } from "./init-text.ts";
import { UsageError, type ExitCode, type Io } from "./io.ts";
import { POLICY_PATH, refuseAbsentFolder, refuseLinkedPolicy } from "./load-policy.ts";
import { readInput } from "./read-input.ts";
import { splitFiles } from "./standing-files.ts";

export interface InitOptions {
  yes?: boolean;
  dryRun?: boolean;
  risk?: Risk;
}

/* As in load-policy: this only bounds what is held. */
const MAX_POLICY_BYTES = 16 * 1024 * 1024;

/** `pilotgate init [dir]`: writes what is not there yet of a policy and its documents. 0 done, 2 where nothing or not all could be written. */
export async function init(dir: string, options: InitOptions, io: Io): Promise<ExitCode> {
  const given = resolve(io.cwd, dir);
  refuseAbsentFolder(given, dir, "used");
  const folder = realpathSync.native(given);
  const policy = readPolicy(folder, io);
  if (policy === "broken") return 2;
  const origin = existsSync(join(folder, ".git")) ? readOrigin(folder) : null;
  const tree = await readTree(folder).catch((error: unknown) => {
    throw error instanceof PortError ? new UsageError(`the folder ${dir} cannot be used: ${error.message}.`) : error;
  });
  const looked = await lookInto(tree);
  const { found } = looked;
  const repository = (await origin)?.name ?? basename(folder);
  io.out(foundText(found, io));
  const answers = await answer(found, { repository, policy, options }, io);
  if (answers === null) {
    io.err("Broken off; nothing was written.\n");
    return 2;
  }
  const plan = planFiles({ survey: found, repository, answers, policy });
  const { wanted, there: standing } = await splitFiles(plan.files, tree);
  const there = [...(policy === null ? [] : [POLICY_PATH]), ...standing];
  const notes = notesOf({ folder, tree, looked, policy, options });
  const created = options.dryRun === true ? null : createFiles(folder, wanted);
  io.out(resultText({ plan, wanted, there, created, notes, dir }, io));
  if (created?.failed == null) return 0;
  const { path, why } = created.failed;
  const before = created.written.length === 0 ? "Nothing was written." : "What is listed above was written; run it again to go on.";
  throw new UsageError(`${path} cannot be written: ${why}. ${before}`);
}

/** The policy that is there, as written; null where there is none, `broken` after its problems were printed. */
function readPolicy(folder: string, io: Io): PolicyFile | null | "broken" {
  refuseLinkedPolicy(folder, POLICY_PATH);
  const input = readInput(join(folder, POLICY_PATH), MAX_POLICY_BYTES);
  if (!input.ok && input.problem === "missing") return null;
  if (!input.ok) throw new UsageError(`the policy ${POLICY_PATH} cannot be used: ${input.message}.`);
  const parsed = parsePolicyBytes(input.bytes, { file: POLICY_PATH });
  if (parsed.ok) return parsed.policy;
  io.err(renderProblems(parsed.problems, new TextDecoder().decode(input.bytes), { color: io.color.err, width: io.width }));
  io.err("The policy is broken, so nothing was written.\n");
  return "broken";
}

interface LookedInto {
  found: Survey;
  /** Files that could have said something: all of them, those that were to be read, and those of these that could not be. */
  candidates: number;
  tried: number;
  unread: number;
}

async function lookInto(tree: Tree): Promise<LookedInto> {
  const paths = [...tree.entries.values()].filter(({ kind }) => kind === "file").map(({ path }) => path);
  const texts = new Map<string, string>();
  let unread = 0;
  const take = async (wanted: readonly string[]) => {
    for (const path of wanted) {
      const text = await readText(tree, path);
      if (text === undefined) unread += 1;
      else texts.set(path, text);
    }
  };
  await take(firstToRead(paths));
  await take(thenToRead(paths, texts));
  const candidates = paths.filter((path) => classOf(path) !== undefined).length;
  return { found: survey(paths, texts), candidates, tried: texts.size + unread, unread };
}

/** Undefined for what is too large, may not be read or is no text. */
async function readText(tree: Tree, path: string): Promise<string | undefined> {
  try {
    const text = new TextDecoder().decode(await tree.read(path, MAX_READ_BYTES));
    return text.includes("\0") ? undefined : text;
  } catch (error) {
    if (error instanceof PortError) return undefined;
    throw error;
  }
}

interface Asked {
  repository: string;
  policy: PolicyFile | null;
  options: InitOptions;
}

/** Null where the questions were broken off. */
async function answer(found: Survey, { repository, policy, options: { yes, risk } }: Asked, io: Io): Promise<Answers | null> {
  const given: Answers = risk === undefined ? {} : { risk };
  if (yes === true || policy !== null) return given;
  const services = findServices(found, repository);
  const questions = questionsFor(found, { systems: services.length, name: services[0]?.id ?? "", risk });
  if (io.openTerminal !== undefined) return await askAll(questions, given, await io.openTerminal(), io);
  io.err("No terminal to ask on, so this is `pilotgate init --yes`: what nobody answered stays a question in the files.\n");
  return given;
}

interface State {
  folder: string;
  tree: Tree;
  looked: LookedInto;
  policy: PolicyFile | null;
  options: InitOptions;
}

function notesOf({ folder, tree, looked: { candidates, tried, unread }, policy, options }: State): string[] {
  const above = repositoryAround(folder);
  return [
    ...(above === undefined ? ["This is no git repository yet; history and approvals need one."] : []),
    ...(above === undefined || above === folder
      ? []
      : ["The repository begins above this folder; GitHub reads the policy in its root only."]),
    ...(tree.truncated ? ["The folder has more files than are listed, so something may not have been seen."] : []),
    ...(tried === candidates
      ? []
      : [`${tried} of ${candidates} sources and configurations were looked into, those likely to use models first.`]),
    ...(unread === 0
      ? []
      : [`${unread === 1 ? "1 file was" : `${unread} files were`} not looked into: too large, no text, or not to be read.`]),
    ...(policy !== null && options.risk !== undefined
      ? ["--risk changes nothing in a policy that is there; it counts for new systems."]
      : []),
  ];
}

function repositoryAround(folder: string): string | undefined {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return above;
    if (dirname(above) === above) return undefined;
  }
}
