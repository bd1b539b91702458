import { readFileSync, readdirSync } from "node:fs";
import type { Metafile } from "esbuild";

interface Manifest {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
}

/** Licences that let their code be passed on inside of ours when their text comes along. */
const allowed = new Set(["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0"]);

/** Folders, below `root`, of the packages whose code is in what was built. */
export function bundledPackages(metafiles: readonly Metafile[]): string[] {
  const files = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].toSorted();
}

/** Name, version and licence of everything that is bundled. Throws where a licence is unknown or asks for more than its text. */
export function thirdPartyNotices(root: URL, folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const at = new URL(`${folder}/`, root);
    const manifest = JSON.parse(readFileSync(new URL("package.json", at), "utf8")) as Manifest;
    const { name, version, license = "none", author = "its authors" } = manifest;
    const holder = typeof author === "string" ? author : author.name;
    if (!allowed.has(license)) throw new Error(`${name} ${version} has the licence ${license}; look whether it may be bundled`);
    const file = readdirSync(at).find((entry) => /^licen[cs]e(?:[.-]|$)/i.test(entry));
    const text =
      file === undefined
        ? `Copyright (c) ${holder}. Licence: ${license}, https://spdx.org/licenses/${license}.html`
        : readFileSync(new URL(file, at), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text.replaceAll("\r\n", "\n")}\n`;
  });
  return `Code of these packages is part of this one.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
