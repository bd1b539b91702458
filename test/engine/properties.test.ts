import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { evaluate } from "../../src/engine/evaluate.ts";
import { passes } from "../../src/engine/fold.ts";
import type { DocumentEvidence, FileEvidence, Subject } from "../../src/engine/types.ts";
import { criterionIds, documentNames, type CriterionId, type Risk } from "../../src/shapes/vocabulary.ts";
import { assemble, ready, readyPieces, type Pieces } from "./ready-subject.ts";
import { document, unreadable } from "./subject.ts";

const settings = { seed: 20_261_123, numRuns: 120 };
const { facts: given } = ready();
const approvals = given?.approvals ?? [];
const risk = fc.constantFrom<Risk>("low", "medium");

const states = (on: Subject) =>
  evaluate(on, "0").systems.flatMap(({ gates }) => gates.flatMap(({ criteria }) => criteria.map(({ id, state }) => ({ id, state }))));
const passing = (on: Subject) =>
  new Set(
    states(on)
      .filter(passes)
      .map(({ id }) => id),
  );
const verdict = (on: Subject) => evaluate(on, "0").verdict;

/** Which of the pieces are there, drawn one by one; mostly most of them. */
const whole = readyPieces();
const factKeys = ["deployments", "alerts", "requests", "lineage"] as const;
const kept = fc.record({
  documents: fc.subarray(
    whole.documents.map((_, index) => index),
    { minLength: 6 },
  ),
  evidence: fc.subarray(
    whole.evidence.map((_, index) => index),
    { minLength: 4 },
  ),
  referenced: fc.subarray(
    whole.referenced.map((_, index) => index),
    { minLength: 1 },
  ),
  facts: fc.subarray([...factKeys], { minLength: 1 }),
  approvals: fc.subarray(
    approvals.map((_, index) => index),
    { minLength: 10 },
  ),
});
type Kept = { documents: number[]; evidence: number[]; referenced: number[]; facts: (typeof factKeys)[number][]; approvals: number[] };

function take({ documents, evidence, referenced, facts, approvals: signatures }: Kept): Pieces {
  const pick = <T>(from: readonly T[], indices: readonly number[]) =>
    indices.flatMap((index) => (from[index] === undefined ? [] : [from[index] as T]));
  return {
    documents: pick(whole.documents, documents),
    evidence: pick(whole.evidence, evidence),
    referenced: pick(whole.referenced, referenced),
    facts: { ...Object.fromEntries(facts.map((key) => [key, whole.facts[key]])), approvals: pick(approvals, signatures) },
  };
}

/** What remains where two drew. */
function both(a: Kept, b: Kept): Kept {
  const common = <T>(one: readonly T[], other: readonly T[]) => one.filter((item) => other.includes(item));
  return {
    documents: common(a.documents, b.documents),
    evidence: common(a.evidence, b.evidence),
    referenced: common(a.referenced, b.referenced),
    facts: common(a.facts, b.facts),
    approvals: common(a.approvals, b.approvals),
  };
}

describe("the verdict", () => {
  it.each<Risk>(["low", "medium"])("of the ready subject is a pass at %s risk", (at) => {
    expect(states(ready(at)).filter((criterion) => !passes(criterion))).toEqual([]);
    expect(verdict(ready(at))).toBe("pass");
  });

  it("does not change with the order of anything", () => {
    const flaws: [CriterionId, FileEvidence][] = [
      ["load-test", unreadable("x.json")],
      ["pilot-performance", unreadable("y.json")],
      ["model-registry", unreadable("z.yml")],
    ];
    fc.assert(
      fc.property(
        kept,
        risk,
        fc.shuffledSubarray([...whole.evidence, ...flaws]),
        fc.integer({ min: 0, max: 1000 }),
        (drawn, at, evidence, turn) => {
          const pieces = { ...take(drawn), evidence };
          const rotate = <T>(items: readonly T[] | undefined) =>
            items === undefined
              ? undefined
              : [...items.slice(turn % (items.length || 1)), ...items.slice(0, turn % (items.length || 1))].reverse();
          const stirred: Pieces = {
            documents: rotate(pieces.documents) ?? [],
            evidence: rotate(pieces.evidence) ?? [],
            referenced: rotate(pieces.referenced) ?? [],
            facts: {
              ...pieces.facts,
              approvals: rotate(pieces.facts.approvals) ?? [],
              ...(pieces.facts.lineage ? { lineage: rotate(pieces.facts.lineage) ?? [] } : {}),
            },
          };
          expect(states(assemble(stirred, at))).toEqual(states(assemble(pieces, at)));
        },
      ),
      settings,
    );
  });

  it("never turns from hold to pass when evidence is taken away", () => {
    fc.assert(
      fc.property(kept, kept, risk, (one, other, at) => {
        const more = passing(assemble(take(one), at));
        const less = both(one, other);
        // Without deployments nobody can hold the survey's cohort against the canary's dates; the canary itself is missing then.
        if (!less.facts.includes("deployments")) more.add("user-satisfaction");
        for (const id of passing(assemble(take(less), at))) expect(more).toContain(id);
      }),
      settings,
    );
  });

  it("never turns from hold to pass when a file that cannot be read comes in", () => {
    const broken = fc.oneof(
      fc.constantFrom(...criterionIds).map((id) => ({ id })),
      fc.constantFrom(...documentNames).map((name) => ({ name })),
    );
    fc.assert(
      fc.property(kept, risk, broken, fc.boolean(), (drawn, at, where, first) => {
        const pieces = take(drawn);
        const path = "name" in where ? document(where.name, {}).path : "broken.json";
        const file = unreadable(path);
        const added: Pieces =
          "name" in where
            ? { ...pieces, documents: first ? [asDocument(file), ...pieces.documents] : [...pieces.documents, asDocument(file)] }
            : { ...pieces, evidence: first ? [[where.id, file], ...pieces.evidence] : [...pieces.evidence, [where.id, file]] };
        const before = passing(assemble(pieces, at));
        for (const id of passing(assemble(added, at))) expect(before).toContain(id);
      }),
      settings,
    );
  });

  it("of any front matter is a verdict in words that people can read", () => {
    const odd = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        undefined,
        NaN,
        Infinity,
        -1,
        0,
        1e308,
        "",
        " ",
        "NaN",
        [],
        {},
        true,
        "2026-02-30",
        "__proto__",
        [[]],
        [null],
        { toString: 1 },
      ),
      fc.anything({ maxDepth: 2 }),
    );
    const places = whole.documents.flatMap((file, index) => leaves(fieldsOf(file)).map((path) => ({ index, path })));
    fc.assert(
      fc.property(fc.constantFrom(...places), odd, ({ index, path }, value) => {
        const documents = whole.documents.map((file, at) => (at === index ? withField(file, path, value) : file));
        const judged = evaluate(assemble({ ...whole, documents, facts: { ...whole.facts, approvals } }), "0");
        expect(["pass", "hold"]).toContain(judged.verdict);
        for (const text of judged.systems.flatMap(({ gates }) =>
          gates.flatMap(({ criteria }) => criteria.flatMap(({ summary, findings }) => [summary, ...findings])),
        )) {
          expect(text).not.toMatch(/undefined|\[object|NaN(?!")/);
        }
      }),
      { ...settings, numRuns: 400 },
    );
  });
});

function asDocument(file: FileEvidence): DocumentEvidence {
  return { ...file, fieldProblems: [] };
}

function fieldsOf(file: DocumentEvidence): Record<string, unknown> {
  if (!file.reading.ok || file.reading.kind !== "document") throw new Error(`${file.path} is no document`);
  return file.reading.measurement.frontMatter;
}

/** Every place in a value, outer ones too. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const here = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function withField(file: DocumentEvidence, path: readonly (string | number)[], value: unknown): DocumentEvidence {
  const changed = structuredClone(file);
  let inner: Record<string | number, unknown> = fieldsOf(changed);
  for (const key of path.slice(0, -1)) inner = inner[key] as Record<string | number, unknown>;
  inner[path.at(-1) ?? ""] = value;
  return changed;
}
