import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../cli/run-cli.ts";

/* As much of a Dockerfile as ours uses, to do here what a builder would do. */

export interface Instruction {
  name: string;
  rest: string;
}

/** The stages with their instructions; what stands before the first `FROM` is left out. */
export function stagesOf(text: string): Instruction[][] {
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [name = "", ...rest] = line.split(" ");
    if (name === "FROM") stages.push([]);
    stages.at(-1)?.push({ name, rest: rest.join(" ") });
  }
  return stages;
}

export const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");

/** Names that `.dockerignore` lets into the build. */
export const context = readFileSync(join(root, ".dockerignore"), "utf8")
  .split("\n")
  .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));

interface Places {
  /** Where the image's `/` stands. */
  image: string;
  /** Where the `/` of the stage `build` stands. */
  build: string;
}

/** Does the `COPY` instructions of a stage. Throws where something is copied that the build does not have. */
export function copyFiles(stage: readonly Instruction[], { image, build }: Places): void {
  let folder = "/";
  for (const { name, rest } of stage) {
    if (name === "WORKDIR") folder = rest;
    if (name !== "COPY") continue;
    const words = rest.split(" ");
    const fromBuild = words.includes("--from=build");
    const paths = words.filter((word) => !word.startsWith("--"));
    const to = paths.pop() ?? "";
    for (const path of paths) {
      if (!fromBuild && !context.includes(path)) throw new Error(`.dockerignore keeps ${path} out`);
      const source = join(fromBuild ? build : root, path);
      if (!existsSync(source)) throw new Error(`there is no ${path}`);
      const into = to.endsWith("/") ? join(folder, to, path) : join(folder, to);
      mkdirSync(dirname(join(image, into)), { recursive: true });
      cpSync(source, join(image, into), {
        recursive: true,
        dereference: true,
        filter: (file) => fromBuild || !file.includes(".generated."),
      });
    }
  }
}
