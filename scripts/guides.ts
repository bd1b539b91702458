import { readFileSync } from "node:fs";
import { criteria } from "../src/engine/criteria/index.ts";
import { questions } from "../src/engine/questions.ts";
import type { DecisionAsked } from "../src/engine/types.ts";
import { documentDefinitions } from "../src/shapes/document-definitions.ts";
import { gateIds, type Role } from "../src/shapes/vocabulary.ts";
import { fill } from "./fill.ts";

/** Guides in docs/guides, with the roles whose decisions they show. */
const rolesByGuide: Record<string, readonly Role[]> = {
  "engineer.md": ["architecture"],
  "platform.md": ["sre"],
  "security.md": ["security"],
  "legal.md": ["legal-privacy"],
  "product.md": ["product-owner", "support-lead"],
};

/** What the guides must hold, by file name: what each role decides and supplies is the criteria's own data. */
export function generateGuides(): Map<string, string> {
  return new Map(
    Object.entries(rolesByGuide).map(([name, roles]) => {
      const page = readFileSync(new URL(`../docs/guides/${name}`, import.meta.url), "utf8");
      return [name, roles.reduce((text, role) => fill(text, `role ${role}`, roleBlock(role), `docs/guides/${name}`), page)];
    }),
  );
}

const linkTo = (id: string) => `[\`${id}\`](../criteria/${id}.md)`;

function roleBlock(role: Role): string {
  const decided = criteria.flatMap(({ id, decisions, places }) =>
    decisions
      .filter((decision) => decision.role === role)
      .map(({ question, declaration }) => `| ${linkTo(id)} | ${question} | ${declarationName(declaration, places)} |`),
  );
  const supplied = criteria.filter(({ suppliers }) => suppliers.includes(role)).map(({ id }) => linkTo(id));
  const asked = gateIds.flatMap((gate) =>
    questions[gate].filter((one) => one.role === role).map(({ question }) => `- ${gate}: ${question}`),
  );
  return [
    "",
    `\`${role}\` decides, from medium risk up:`,
    "",
    "| criterion | question | about |",
    "| --- | --- | --- |",
    ...decided,
    "",
    "At low risk nobody is asked: `status: approved` with an owner is enough. This version reads answers from `check --facts`; on GitHub the",
    "questions stay open ([what this version does not do](../faq.md#what-does-this-version-not-do)).",
    "",
    `You can supply what is missing for ${supplied.join(", ")}.`,
    "",
    "Questions that a gate asks beside them, from medium risk up:",
    "",
    ...asked,
    "",
  ].join("\n");
}

function declarationName(declaration: DecisionAsked["declaration"], places: readonly string[]): string {
  if ("fragment" in declaration) return `\`${declaration.fragment}\` of the policy`;
  return `\`${"document" in declaration ? documentDefinitions[declaration.document].file : places[0]}\``;
}
