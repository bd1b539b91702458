import type { System } from "../shapes/policy.ts";
import { documentPlace } from "./document-place.ts";
import { numberField, recordField, textField, textsField } from "./fields.ts";
import { figures, isAtLeast, isAtMost } from "./limits.ts";
import { isDeclaredModel } from "./measurement-origin.ts";
import { namedEvaluation } from "./named-evaluation.ts";
import { addMonths, durationDays, endOfDayMs, toDate, toMs } from "./time.ts";
import type { FileEvidence, Finding, FindingState, ReadDocument } from "./types.ts";
import { figure, quoted } from "./words.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface VendorAsked {
  at: string;
  thresholds: { quotaMultiple: number; priceRatioWarn: number; priceRatioHold: number; documentAgeMonths: number };
  models: readonly string[];
  peak: NonNullable<System["traffic"]>["expectedPeak"] | undefined;
  /** Does the vendor serve one of the policy's models, so that its quota has to carry the peak? */
  serves: boolean;
  referenced(path: string): FileEvidence | undefined;
}

type Say = (state: FindingState, text: string, remedy: string) => void;

/** One part of a vendor's record with the findings on it; nothing more is said of a part that the field checks have reported whole. */
function part(record: ReadDocument, key: string, judge: (fields: Fields, say: Say) => void): Finding[] {
  const fields = recordField(record.frontMatter, key);
  const findings: Finding[] = [];
  const place = documentPlace(record, key);
  if (fields === undefined && record.reported?.includes(key)) return [];
  judge(fields ?? {}, (state, text, remedy) => {
    // What the field checks found absent or invalid in this part they have said already.
    if (state === "missing" && record.reported?.includes(key)) return;
    findings.push({ state, ...place, text: `${record.path}: ${text}`, remedy });
  });
  return findings;
}

/** Service level: a number, the tier that was bought, a contract that still runs. */
export function slaFindings(record: ReadDocument, { at }: VendorAsked): Finding[] {
  return part(record, "sla", (sla, say) => {
    const availability = numberField(sla, "availability");
    const remedy = "Take the figure, the tier and the end of the contract from the contract.";
    if (availability === undefined) say("missing", "the SLA names no availability.", remedy);
    else if (!(availability > 0 && availability <= 1))
      say("not-met", `the availability ${figure(availability)} is no share from 0 to 1.`, "Write 99.9 % as 0.999.");
    if (!saysSomething(sla["tier"])) say("missing", "the SLA names no tier: which one was bought?", remedy);
    const until = textField(sla, "contract-until");
    if (until === undefined) say("missing", "the SLA does not say until when the contract runs.", remedy);
    else if (Number.isNaN(toMs(until))) say("not-met", "`contract-until` is no date.", remedy);
    else if (endOfDayMs(until) < toMs(at))
      say("not-met", `the contract ended on ${toDate(toMs(until))}.`, "Renew the contract and set `contract-until`.");
  });
}

/** Data processing agreement: signed, where, how long, and no training on our data: only a plain `false` says so. */
export function dpaFindings(record: ReadDocument, { at }: VendorAsked): Finding[] {
  return part(record, "dpa", (dpa, say) => {
    const remedy = "Take the figures from the signed agreement.";
    const signed = textField(dpa, "signed");
    if (signed === undefined) say("missing", "the data processing agreement has no day of signature.", remedy);
    else if (Number.isNaN(toMs(signed))) say("not-met", "the day of signature is no date.", remedy);
    else if (toMs(signed) > toMs(at))
      say(
        "not-met",
        `the data processing agreement is signed on ${toDate(toMs(signed))}, which lies ahead.`,
        "Have it signed before users meet the system.",
      );
    if (textsField(dpa, "regions").length === 0) say("missing", "the data processing agreement names no region.", remedy);
    const retention = textField(dpa, "retention");
    if (retention === undefined || durationDays(retention) === undefined)
      say("missing", "the data processing agreement does not say how long data is kept, as a duration such as P30D.", remedy);
    const trains = dpa["trains-on-our-data"];
    if (trains === undefined || trains === null)
      say(
        "missing",
        "it does not say whether the vendor trains on our data.",
        "Set `trains-on-our-data: false` once the agreement says so.",
      );
    else if (trains !== false)
      say(
        "not-met",
        trains === true ? "the vendor trains on our data." : "`trains-on-our-data` is not the plain value false.",
        "Agree that our data is not used for training, then set `trains-on-our-data: false`.",
      );
  });
}

/** Quota: twice the expected peak, in requests and in tokens. */
export function quotaFindings(record: ReadDocument, { thresholds, peak, serves }: VendorAsked): Finding[] {
  if (!serves) return [];
  const rows = [
    {
      key: "requests-per-minute",
      unit: "requests",
      expected: peak === undefined ? undefined : peak.requestsPerSecond * 60,
      policy: "requestsPerSecond",
    },
    { key: "tokens-per-minute", unit: "tokens", expected: peak?.tokensPerMinute, policy: "tokensPerMinute" },
  ];
  return part(record, "rate-limits", (limits, say) => {
    for (const { key, unit, expected, policy } of rows) {
      const quota = numberField(limits, key);
      if (quota === undefined)
        say("missing", `no quota in ${unit} a minute.`, `Add \`${key}\`, what the vendor grants, to \`rate-limits\`.`);
      // An absent peak is said once for the system, not for each vendor.
      if (quota === undefined || expected === undefined || !(expected > 0)) continue;
      const wanted = expected * thresholds.quotaMultiple;
      if (isAtLeast(quota, wanted)) continue;
      const [granted, needed] = figures(quota, wanted);
      const text = `the quota of ${granted} ${unit} a minute is below ${needed}, ${figure(thresholds.quotaMultiple)}x the expected peak of ${figure(expected)}.`;
      say(
        "not-met",
        text,
        `Have the quota raised to at least ${needed} ${unit} a minute, or correct \`traffic.expectedPeak.${policy}\` in the policy.`,
      );
    }
  });
}

/** Unit cost at one, two and five times the volume over what the pilot estimated; undefined where a figure is not there. */
export function priceRatio(record: ReadDocument): number | undefined {
  const pricing = recordField(record.frontMatter, "pricing") ?? {};
  const costs = recordField(pricing, "unit-cost") ?? {};
  const known = ["1x", "2x", "5x"].map((key) => numberField(costs, key));
  const estimate = numberField(pricing, "pilot-estimate");
  if (estimate === undefined || !(estimate > 0) || known.some((cost) => cost === undefined || cost < 0)) return undefined;
  return Math.max(...known.map((cost) => cost ?? Infinity)) / estimate;
}

export function priceFindings(record: ReadDocument, { at, thresholds }: VendorAsked): Finding[] {
  return part(record, "pricing", (pricing, say) => {
    const remedy =
      "Take the prices from the vendor's current list and reckon one unit (one answer, one ticket) at 1x, 2x and 5x the volume.";
    const costs = recordField(pricing, "unit-cost") ?? {};
    const absent = ["1x", "2x", "5x"].filter((key) => numberField(costs, key) === undefined);
    if (absent.length > 0) say("not-met", `no unit cost at ${absent.join(", ")} of the volume.`, remedy);
    if (Object.values(costs).some((cost) => typeof cost === "number" && cost < 0)) say("not-met", "a unit cost is below zero.", remedy);
    if (textField(pricing, "currency") === undefined) say("missing", "the prices name no currency.", remedy);
    const estimate = numberField(pricing, "pilot-estimate");
    if (estimate === undefined) say("missing", "no `pilot-estimate`: the unit cost that the pilot reckoned with.", remedy);
    else if (!(estimate > 0)) say("not-met", "`pilot-estimate` is not above zero.", remedy);
    dateFindings(textField(pricing, "as-of"), "the prices are", "`as-of`", { at, months: thresholds.documentAgeMonths }, say);
    const ratio = priceRatio(record);
    if (ratio === undefined) return;
    if (!isAtMost(ratio, thresholds.priceRatioHold)) {
      const [said, accepted] = figures(ratio, thresholds.priceRatioHold);
      const text = `one unit costs up to ${said} times the pilot's estimate; more than ${accepted} times holds.`;
      // Part of the document that the product owner signs.
      if (pricing["accepted"] === true || textField(pricing, "accepted") !== undefined)
        say("note", `${text} The record says that this is accepted.`, remedy);
      else say("not-met", text, "Bring the cost down, or let the product owner accept it: `accepted: <why>` under `pricing`.");
    } else if (!isAtMost(ratio, thresholds.priceRatioWarn)) {
      say(
        "note",
        `one unit costs up to ${figure(ratio)} times the pilot's estimate; from ${figure(thresholds.priceRatioWarn)} times on this is said.`,
        remedy,
      );
    }
  });
}

/** Way out: another model with an evaluation of its own, or a drill of the switch that is not too long ago. */
export function exitFindings(record: ReadDocument, { at, thresholds, models, referenced }: VendorAsked): Finding[] {
  return part(record, "exit", (exit, say) => {
    const byDrill: Parameters<Say>[] = [];
    const drill = textField(exit, "drill");
    dateFindings(drill, "the last switch drill is", "`drill`", { at, months: thresholds.documentAgeMonths }, (...said) =>
      byDrill.push(said),
    );
    if (drill !== undefined && byDrill.length === 0) return;
    const alternative = textField(exit, "alternative");
    if (alternative === undefined) {
      if (drill !== undefined) for (const said of byDrill) say(...said);
      else
        say(
          "missing",
          "no way out: neither an alternative with an evaluation nor a switch drill.",
          "Evaluate another model and name it under `exit`, or rehearse the switch and write down the day as `drill`.",
        );
      return;
    }
    if (isDeclaredModel(alternative, models)) {
      say(
        "not-met",
        `the alternative ${quoted(alternative)} is a model that the policy runs already.`,
        "Name a model that could take over.",
      );
      return;
    }
    const named = namedEvaluation(alternative, textField(exit, "evaluation"), referenced);
    if (!named.ok) say("missing", lowerFirst(named.text), named.remedy);
    else if (named.origin.model !== undefined && !isDeclaredModel(named.origin.model, [alternative])) {
      say(
        "not-met",
        `the evaluation of ${quoted(alternative)} was measured on ${quoted(named.origin.model)}.`,
        `Name under \`evaluation\` the result of ${quoted(alternative)}.`,
      );
    }
  });
}

function dateFindings(
  value: string | undefined,
  what: string,
  key: string,
  { at, months }: { at: string; months: number },
  say: Say,
): void {
  const time = toMs(value ?? "");
  const remedy = `Set ${key} to the day, once it is done again.`;
  if (value === undefined) say("missing", `no ${key}.`, remedy);
  else if (Number.isNaN(time)) say("not-met", `${key} is no date.`, remedy);
  else if (time > toMs(at)) say("not-met", `${what} of ${toDate(time)}, which lies ahead.`, remedy);
  else if (addMonths(endOfDayMs(value), months) < toMs(at))
    say("stale", `${what} of ${toDate(time)}, more than ${figure(months)} months ago.`, remedy);
}

function saysSomething(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
