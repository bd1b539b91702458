import { checkName } from "../src/app/check-decision.ts";
import { PortError } from "../src/app/ports.ts";
import type { Guarding } from "./blocking.ts";
import type { GitHub } from "./github.ts";

/** What the App's checks on the commit say of the gates that can block here: names of checks. */
export interface AppWord {
  holds: string[];
  passes: string[];
  /** Not there, or not finished. */
  absent: string[];
  /** They could not be read. */
  unseen: boolean;
}

export const noWord: AppWord = { holds: [], passes: [], absent: [], unseen: false };

/** Asks for the checks of the App with this number; nobody else's count, whatever they are called. */
export async function askApp(github: GitHub, appId: number, commit: string, counting: readonly Guarding[]): Promise<AppWord> {
  const names = [...new Set(counting.filter(({ gate }) => gate.enforcement === "enforce").map(({ gate }) => checkName(gate.id)))];
  try {
    const checks = await github.checksOf(appId, commit);
    const conclusions = (name: string) => checks.filter((check) => check.name === name).map(({ conclusion }) => conclusion);
    const passing = (conclusion: string | null) => conclusion === "success" || conclusion === "neutral";
    const unfinished = (name: string) => conclusions(name).every((conclusion) => conclusion === null);
    return {
      holds: names.filter((name) => conclusions(name).some((conclusion) => conclusion !== null && !passing(conclusion))),
      passes: names.filter(
        (name) => !unfinished(name) && conclusions(name).every((conclusion) => conclusion === null || passing(conclusion)),
      ),
      absent: names.filter(unfinished),
      unseen: false,
    };
  } catch (error) {
    if (error instanceof PortError) return { ...noWord, unseen: true };
    throw error;
  }
}
