import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { aFolder, root, smallPolicy } from "../cli/run-cli.ts";
import { blocksOf, read } from "./markdown.ts";
import { missingFrom, shimFolder, stepsOf, type } from "./session.ts";

/* Every command that a page shows is typed as it stands, in the order of the page. */

const guides = ["engineer", "platform", "security", "legal", "product", "auditor"].map((name) => `docs/guides/${name}.md`);
const pages = [...guides, "docs/outputs.md"];

let shim: string;
let checkout: string;
beforeAll(() => {
  shim = shimFolder();
  checkout = realpathSync(mkdtempSync(join(tmpdir(), "checkout-")));
  cpSync(join(root, "examples"), join(checkout, "examples"), { recursive: true });
});
afterAll(() => [shim, checkout].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe.each(pages.map((page) => ({ page, steps: stepsOf(page) })).filter(({ steps }) => steps.length > 0))("$page", ({ steps }) => {
  it.each(steps)("$typed", ({ typed, shown }) => {
    const { out, exit } = type(typed, { cwd: checkout, shim });
    expect([0, 1]).toContain(exit);
    expect(shown === undefined ? undefined : missingFrom(shown, out)).toBeUndefined();
  });
});

/* What stands on a page beside its commands is written where the page says; results that a tool would have written come from the readers' tests. */
const fixture = (name: string) => read(`test/fixtures/evidence/${name}`);
const evidence = (path: string) => `docs/readiness/evidence/${path}`;
const block = (page: string, language: string, index = 0) =>
  blocksOf(read(page)).filter((one) => one.language === language)[index]?.content ?? "";
const policyWith = (settings: string) => `${smallPolicy}${settings.replaceAll(/^(?=.)/gm, "    ")}`;
const ARGO = "docs/recipes/argo-canary.md";
const K6 = "docs/recipes/k6-in-actions.md";
const PROMPTFOO = "docs/recipes/promptfoo-nightly.md";
const QUICKSTART = "docs/quickstart.md";
const recipes: [string, Record<string, string>][] = [
  [
    ARGO,
    {
      [evidence("canary-stability/rollout.yaml")]: block(ARGO, "yaml"),
      ".github/pilotgate.yml": policyWith(block(ARGO, "yaml", 1)),
      "facts.json": block(ARGO, "json"),
    },
  ],
  [
    K6,
    {
      [evidence("load-test/k6.json")]: fixture("k6-summary-machine-readable.json"),
      ".github/pilotgate.yml": policyWith(block(K6, "yaml") + block(K6, "yaml", 1)),
    },
  ],
  [
    "docs/init.md",
    {
      "requirements.txt": "fastapi\nopenai>=1\n",
      "app/chat.py": 'from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model="gpt-4o-2024-11-20")\n',
      "app/prompts/system.md": "You answer.\n",
      "load/chat.js": 'import http from "k6/http";\n',
      "deploy/alerts.yml": "groups:\n  - rules:\n      - alert: Down\n        expr: up == 0\n",
    },
  ],
  [QUICKSTART, {}],
  [PROMPTFOO, { [evidence("guardrails/promptfoo.json")]: fixture("promptfoo.json"), ".github/pilotgate.yml": smallPolicy }],
];

describe.each(recipes)("%s", (page, files) => {
  const around = aFolder(files);
  // Its name becomes that of the system.
  const folder = page === QUICKSTART ? join(around, "assistant") : around;
  mkdirSync(folder, { recursive: true });
  afterAll(() => rmSync(around, { recursive: true, force: true }));

  it.each(stepsOf(page))("$typed", ({ typed, shown }) => {
    const { out, exit } = type(typed, { cwd: folder, shim });
    expect([0, 1]).toContain(exit);
    expect(shown === undefined ? undefined : missingFrom(shown, out)).toBeUndefined();
  });

  it("shows settings that the policy takes", () => {
    expect(type("pilotgate validate", { cwd: folder, shim }).exit).toBe(0);
  });
});

describe("what a page shows of an output", () => {
  const out = "one\ntwo \nat 2026-01-02 03:04 UTC\nfour\n";
  it.each([
    ["one\ntwo\nat 2027-09-09 09:09 UTC\nfour", undefined],
    ["one\n…\nfour", undefined],
    ["…\ntwo\n…", undefined],
    ["…\ntwo\nat 2027-09-09 09:09 UTC\n…", undefined],
    ["…\nfour", undefined],
    ["one\nfour", "one\nfour"],
    ["one", "one"],
    ["…\nfour\n…\none", "one"],
    ["…\ntwo\nfour\n…", "two\nfour"],
    ["two\n…", "two"],
  ])("%j lacks %j", (shown, missing) => {
    expect(missingFrom(shown, out)).toBe(missing);
  });
});
