import { readFileSync } from "node:fs";

/* Source (`src/cli`) and build (`dist/cli`, `dist/chunks`) stand equally deep below `package.json`. */
const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** Version of this build, as `package.json` says. */
export const toolVersion: string =
  typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
