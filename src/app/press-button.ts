import { toMarkdownText } from "../report/escape.ts";
import { addMissing } from "./add-missing.ts";
import { askHolders } from "./ask-holders.ts";
import { buttons, type Button, type PullState } from "./forge.ts";
import { pullJob, toJob } from "./jobs.ts";
import type { Job, JobReason, Press, RepositoryRef } from "./ports.ts";
import type { AppDeps } from "./pull-deps.ts";

/* A button of a check was pressed. GitHub does not say who may press: whether they may is asked here, of what it says now. */

const isButton = (name: string): name is Button => buttons.some((button) => button === name);
const same = (one: string, other: string | null) => one.toLowerCase() === other?.toLowerCase();

/** Pull requests that one press acts on. */
const MOST = 5;

/** Those who may write; the author as well, but for what reaches others only where the head is in this repository. */
async function mayPress({ forge }: AppDeps, repository: RepositoryRef, pull: PullState, { button, by }: Press): Promise<boolean> {
  const isAuthor = same(by, pull.author) && (button === "recheck" || pull.head?.fork === false);
  return isAuthor || forge.mayWrite(repository, by);
}

/** What to tell the one who pressed, as the end of a sentence: Markdown, escaped. Null where the new evaluation says it all. */
async function act(deps: AppDeps, repository: RepositoryRef, pull: PullState, press: Press & { button: Button }): Promise<string | null> {
  if (!(await mayPress(deps, repository, pull, press))) return ", and may not: that takes write access to this repository.";
  switch (press.button) {
    case "add-missing":
      return addMissing(deps, repository, pull, press.by);
    case "ask-holders":
      return askHolders(deps, repository, pull, press.check);
    case "recheck":
      return null;
  }
}

const names: Readonly<Record<Button, string>> = {
  "add-missing": "Add what is missing",
  "ask-holders": "Ask who can help",
  recheck: "Judge again",
};

async function pressInQueue(deps: AppDeps, { repository, reason }: Job, { by, headSha, group }: Press): Promise<void> {
  if (group === undefined || !(await deps.forge.mayWrite(repository, by))) return;
  await deps.queue.enqueue(toJob(repository, { kind: "merge-group", headSha, ...group }, { ...reason, asked: true }));
}

/** Acts for every open pull request that the check stands for, then has it judged anew with the answer on top of the pressed check. */
export async function pressButton(deps: AppDeps, job: Job, press: Press): Promise<void> {
  const { repository } = job;
  const { button, by, check, headSha } = press;
  if (!isButton(button)) return;
  if (press.group !== undefined) return pressInQueue(deps, job, press);
  const pulls =
    press.numbers.length > 0
      ? await Promise.all(press.numbers.slice(0, MOST).map((number) => deps.forge.pull(repository, number)))
      : (await deps.forge.pullsWithHead(repository, headSha)).slice(0, MOST);
  for (const pull of pulls.filter(({ open }) => open)) {
    const told = await act(deps, repository, pull, { ...press, button });
    deps.log.info({ repository: repository.id, number: pull.number, button, by }, "button pressed");
    const answer = told === null ? {} : { answer: { check, text: `${toMarkdownText(by)} pressed **${names[button]}**${told}` } };
    const reason: JobReason = { ...job.reason, asked: true, ...answer };
    await deps.queue.enqueue(pullJob(repository, pull.number, reason));
  }
}
