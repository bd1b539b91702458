import type { Role } from "../shapes/vocabulary.ts";
import type { SeenOwner } from "./survey-types.ts";

const MAX_PER_ROLE = 4;
const holder = /^@[A-Za-z0-9][A-Za-z0-9-]{0,60}(?:\/[A-Za-z0-9._-]{1,78})?$/;

/* Words in the name of a team or person that sound like a role; the first that is found counts. */
const words: readonly [Role, RegExp][] = [
  ["legal-privacy", /legal|privacy|compliance|gdpr|(?:^|[-_./])dpo(?:$|[-_./])/],
  ["security", /secur|appsec|infosec|(?:^|[-_./])sec(?:$|[-_./])/],
  ["sre", /(?:^|[-_./@])(?:sre|ops|devops|platform|infra|infrastructure|oncall|on-call|reliability|production)(?:$|[-_./])/],
  ["support-lead", /support|helpdesk|service-desk|customer-(?:care|success|service)/],
  ["architecture", /architect/],
  ["product-owner", /product(?!ion)|(?:^|[-_./@])(?:po|pm|pms)(?:$|[-_./])/],
];

/** Is this one of the places where GitHub looks for code owners? */
export function isCodeOwners(path: string): boolean {
  return /^(?:\.github\/|docs\/)?CODEOWNERS$/.test(path);
}

/** Owners whose names sound like a role. */
export function findOwners(path: string, text: string): SeenOwner[] {
  const found: SeenOwner[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.length > 2_000) continue;
    for (const name of line.replace(/#.*$/, "").split(/\s+/).slice(1)) {
      if (!holder.test(name) || found.some((known) => known.holder === name)) continue;
      // Of a team the name tells, not the organisation's.
      const own = name.slice(name.indexOf("/") + 1).toLowerCase();
      const role = words.find(([, pattern]) => pattern.test(own))?.[0];
      if (role !== undefined && found.filter((known) => known.role === role).length < MAX_PER_ROLE)
        found.push({ holder: name, role, path, line: index + 1 });
    }
  }
  return found;
}
