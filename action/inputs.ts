import { clip, toTerminalText } from "../src/report/escape.ts";
import { gateIds, type GateId } from "../src/shapes/vocabulary.ts";
import { SetupError, type Env } from "./runner.ts";

export const formats = ["json", "markdown", "text", "sarif", "junit"] as const;
export type Format = (typeof formats)[number];

/** `enforced`: a hold fails the job where it blocks; `hold`: every hold does; `never`: none. */
export const failOns = ["enforced", "hold", "never"] as const;
export type FailOn = (typeof failOns)[number];

export interface Inputs {
  /** Empty: every gate. */
  gates: GateId[];
  /** Empty: every system. */
  systems: string[];
  /** Policy of the checkout, outside of pull requests. */
  policy: string | undefined;
  format: Format;
  failOn: FailOn;
  token: string | undefined;
  /** The App whose checks are believed. */
  appId: number | undefined;
}

/** Inputs as the runner hands them on, `INPUT_FAIL-ON` and so on. Throws SetupError. */
export function toInputs(env: Env): Inputs {
  const given = (name: string) => env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
  const words = (name: string) => [
    ...new Set(
      given(name)
        ?.split(/[\s,]+/)
        .filter((word) => word !== ""),
    ),
  ];
  const appId = given("app-id");
  if (appId !== undefined && !/^[1-9]\d{0,15}$/.test(appId)) throw new SetupError("The input `app-id` must be the number of the App.");
  return {
    gates: words("gate").map((word) => oneOf("gate", word, gateIds)),
    systems: words("system"),
    policy: given("policy"),
    format: oneOf("format", given("format") ?? "json", formats),
    failOn: oneOf("fail-on", given("fail-on") ?? "enforced", failOns),
    token: given("token"),
    appId: appId === undefined ? undefined : Number(appId),
  };
}

function oneOf<T extends string>(name: string, word: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === word);
  if (found !== undefined) return found;
  throw new SetupError(`The input \`${name}\` is \`${clip(toTerminalText(word), 60)}\`; it must be one of ${choices.join(", ")}.`);
}
