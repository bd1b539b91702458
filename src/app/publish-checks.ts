import { createHash } from "node:crypto";
import type { CheckDecision } from "./check-decision.ts";
import type { Button, CheckToWrite, Forge } from "./forge.ts";
import { blocks } from "./conclude.ts";
import { PortError, type PublishedCheck, type PullRecord, type RepositoryRef } from "./ports.ts";

type Checks = Record<string, PublishedCheck>;

/** The newest check of each name that we wrote on a commit: of one name, the newest run is what GitHub counts. */
export function newestChecks(records: readonly (PullRecord | null)[], headSha: string): Checks {
  const newest: Checks = {};
  for (const record of records) {
    if (record?.headSha !== headSha) continue;
    for (const [name, check] of Object.entries(record.checks)) if ((newest[name]?.id ?? 0) < check.id) newest[name] = check;
  }
  return newest;
}

const digestOf = ({ conclusion, output, offers = [] }: CheckDecision) =>
  createHash("sha256")
    .update(JSON.stringify([conclusion, output.title, output.summary, output.text, ...offers]))
    .digest("hex");

const buttonsOf = ({ conclusion, offers = [] }: CheckDecision): Button[] => [
  ...offers,
  ...(blocks(conclusion) ? ["recheck" as const] : []),
];

async function write(forge: Forge, repository: RepositoryRef, known: PublishedCheck | undefined, check: CheckToWrite): Promise<number> {
  if (known) {
    try {
      await forge.updateCheck(repository, known.id, check);
      return known.id;
    } catch (error) {
      if (!(error instanceof PortError && error.code === "not-found")) throw error;
    }
  }
  return forge.createCheck(repository, check);
}

/**
 * Makes the checks of a commit say what was decided, each with one call or none: what stands there already is not written again,
 * unless somebody asked. `known` are checks that we wrote on this commit.
 */
export async function publishChecks(
  forge: Forge,
  repository: RepositoryRef,
  headSha: string,
  decisions: readonly CheckDecision[],
  { known, asked }: { known: Checks; asked: boolean },
): Promise<Checks> {
  const written = await Promise.all(
    decisions.map(async (decision): Promise<[string, PublishedCheck]> => {
      const digest = digestOf(decision);
      const before = known[decision.name];
      if (before?.digest === digest && !asked) return [decision.name, before];
      const { name, conclusion, output } = decision;
      const check = { name, conclusion, output, headSha, buttons: buttonsOf(decision) };
      return [decision.name, { id: await write(forge, repository, before, check), conclusion: decision.conclusion, digest }];
    }),
  );
  return { ...known, ...Object.fromEntries(written) };
}
