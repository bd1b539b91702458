import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { criteria } from "../src/engine/criteria/index.ts";
import { criterionIds } from "../src/shapes/vocabulary.ts";

const root = new URL("../src/", import.meta.url);
const rooms = [
  "shapes",
  "engine",
  "policy",
  "evidence",
  "report",
  "scaffold",
  "app",
  "github",
  "store",
  "local",
  "server",
  "cli",
  "demo",
] as const;
type Room = (typeof rooms)[number];

/** What each room may import: other rooms ("ports" stands for app/ports.ts, "types" for type imports only), then packages and node: modules. */
const arrows: Record<Room, { rooms: string[]; outside: RegExp | null }> = {
  shapes: { rooms: [], outside: /^typebox$/ },
  engine: { rooms: ["shapes"], outside: null },
  policy: { rooms: ["shapes", "engine"], outside: /^(js-yaml|fastest-levenshtein|node:crypto)$/ },
  evidence: { rooms: ["shapes"], outside: /^(js-yaml|saxes|markdown-it|fflate)$/ },
  report: { rooms: ["shapes"], outside: null },
  scaffold: { rooms: ["shapes", "engine", "policy"], outside: null },
  app: { rooms: ["shapes", "engine", "policy", "evidence", "report", "scaffold"], outside: /^node:crypto$/ },
  github: { rooms: ["shapes", "ports", "report"], outside: /^(probot|@octokit\/.*|node:.*)$/ },
  store: { rooms: ["shapes", "ports"], outside: /^(kysely.*|pg|@electric-sql\/pglite.*|node:.*)$/ },
  local: { rooms: ["shapes", "ports"], outside: /^node:.*$/ },
  server: { rooms: [...rooms], outside: /.*/ },
  cli: { rooms: [...rooms], outside: /.*/ },
  demo: { rooms: [...rooms], outside: /.*/ },
};

const files = (readdirSync(root, { recursive: true, encoding: "utf8" }) as string[])
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));

/** The Action is a root beside src/: GitHub finds it in its own folder. */
const action = new URL("../action/", import.meta.url);
const actionFiles = readdirSync(action).filter((name) => name.endsWith(".ts"));

function importsOf(path: string, from = root): string[] {
  const text = readFileSync(new URL(path, from), "utf8");
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s(?:[^"';]*?\sfrom\s+)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
}

function roomOf(path: string): string {
  return path.includes("/") ? (path.split("/")[0] ?? "") : path;
}

describe("arrows between rooms", () => {
  it.each(files.filter((path) => path.includes("/")))("%s", (path) => {
    const room = roomOf(path) as Room;
    const allowed = arrows[room];
    expect(allowed).toBeDefined();
    const forbidden = importsOf(path).filter((name) => {
      if (!name.startsWith(".")) return allowed.outside === null || !allowed.outside.test(name);
      const target = new URL(name, new URL(path, root)).pathname.slice(root.pathname.length);
      const to = roomOf(target);
      if (to === room) return false;
      if (allowed.rooms.includes(to)) return false;
      return !(allowed.rooms.includes("ports") && target.startsWith("app/") && isPort(target));
    });
    expect(forbidden).toEqual([]);
  });
});

describe("the Action", () => {
  it.each(actionFiles)("%s imports no other root and no store", (path) => {
    const forbidden = importsOf(path, action).filter((name) => {
      if (!name.startsWith(".")) return !name.startsWith("node:");
      const target = new URL(name, action).pathname;
      return target.startsWith(root.pathname)
        ? ["server", "cli", "demo", "store"].includes(roomOf(target.slice(root.pathname.length)))
        : !name.startsWith("./");
    });
    expect(forbidden).toEqual([]);
  });

  it.each(actionFiles)("%s reads the environment in main.ts alone, ends no process, and stays small", (path) => {
    const text = readFileSync(new URL(path, action), "utf8");
    if (path !== "main.ts") expect(text).not.toMatch(/process\.env\b/);
    expect(text).not.toMatch(/process\.exit\(/);
    expect(text.split("\n").length).toBeLessThanOrEqual(251);
  });
});

/** Ports are the files of app/ that import nothing but shapes and other ports. */
function isPort(target: string): boolean {
  return ["app/ports.ts", "app/forge.ts", "app/settings.ts"].includes(target);
}

describe("pure rooms", () => {
  const pure = files.filter((path) => ["shapes", "engine", "policy", "evidence", "report", "scaffold"].includes(roomOf(path)));
  const impure = /Date\.now\(|new Date\(\)|Math\.random\(|process\.|console\.|setTimeout\(|setInterval\(|fetch\(|\beval\(|new Function\(/;

  it.each(pure)("%s asks neither clock, chance, environment nor console", (path) => {
    expect(readFileSync(new URL(path, root), "utf8").match(impure)).toBeNull();
  });
});

describe("environment and exit", () => {
  it.each(files)("%s", (path) => {
    const text = readFileSync(new URL(path, root), "utf8");
    const readers = ["server/env.ts", "cli/main.ts", "cli/environment.ts"];
    if (!readers.includes(path)) expect(text).not.toMatch(/process\.env\b/);
    if (!["server/main.ts", "cli/main.ts"].includes(path)) expect(text).not.toMatch(/process\.exit\(/);
  });
});

describe("the list of criteria", () => {
  it("is the vocabulary, the folder, and nothing else", () => {
    expect(criteria.map(({ id }) => id)).toEqual([...criterionIds]);
    const folder = readdirSync(new URL("engine/criteria/", root)).filter((name) => name !== "index.ts");
    expect(folder.sort()).toEqual(criterionIds.map((id) => `${id}.ts`).sort());
  });
});

describe("file size", () => {
  it.each(files)("%s stays below 250 lines", (path) => {
    expect(readFileSync(new URL(path, root), "utf8").split("\n").length).toBeLessThanOrEqual(251);
  });
});
