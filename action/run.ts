import { clip, toTerminalText } from "../src/report/escape.ts";
import { sentence } from "../src/report/phrases.ts";
import { PortError } from "../src/app/ports.ts";
import { toCommand } from "./commands.ts";
import { toInputs, type Inputs } from "./inputs.ts";
import { judgeJob } from "./judge.ts";
import type { Outcome } from "./outcome.ts";
import { publish } from "./publish.ts";
import { SetupError, toRunner, type Env } from "./runner.ts";

export interface Given {
  env: Env;
  out(text: string): void;
  now(): Date;
  toolVersion: string;
}

/** Judges and tells. 1 where the job shall fail. */
export async function run({ env, out, now, toolVersion }: Given): Promise<0 | 1> {
  const log = { out, color: (env["NO_COLOR"] ?? "") === "" };
  try {
    const runner = toRunner(env);
    const inputs = toInputs(env);
    const at = `${now().toISOString().slice(0, 19)}Z`;
    const outcome = await judgeJob({ runner, inputs, at, toolVersion }).catch((error: unknown) => toFault(error, inputs));
    publish(outcome, runner, inputs, log);
    return outcome.fails ? 1 : 0;
  } catch (error) {
    const message = error instanceof SetupError ? error.message : `Pilotgate could not tell what it found: ${reasonOf(error)}`;
    out(toCommand({ level: "error", title: "Pilotgate", message }));
    return 1;
  }
}

/** What could not be judged never passes for a pass where a gate may be enforced. */
function toFault(error: unknown, { failOn }: Inputs): Outcome {
  if (error instanceof SetupError) throw error;
  const whose = error instanceof PortError ? "" : " This is a fault of ours; please report it.";
  const fails = failOn !== "never";
  const notes = [`Pilotgate could not judge: ${reasonOf(error)}${whose} Run the job again.`];
  const title = "could not judge";
  return {
    fails,
    title,
    notes,
    annotations: [{ level: fails ? "error" : "warning", title: `Pilotgate: ${title}`, message: notes.join(" ") }],
    judged: null,
  };
}

function reasonOf(error: unknown): string {
  return sentence(clip(toTerminalText(error instanceof Error ? error.message : String(error)), 300));
}
