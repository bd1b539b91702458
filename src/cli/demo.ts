import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError, type ExitCode, type Io } from "./io.ts";
import { toolVersion } from "./tool-version.ts";

/** `pilotgate demo`: the real App against an emulated GitHub on loopback. Needs a checkout: examples and emulator are not in the package. */
export async function demo(io: Io): Promise<ExitCode> {
  const example = fileURLToPath(new URL("../../examples/ready", import.meta.url));
  if (!existsSync(example))
    throw new UsageError("`pilotgate demo` needs a checkout of the project: clone it, then `npm ci && npm run demo`.");
  const { runDemo } = await import("../demo/run-demo.ts");
  const bold = (text: string) => (io.color.out ? `\u001b[1m${text}\u001b[0m` : text);
  await runDemo({ example, write: io.out, bold, toolVersion });
  return 0;
}
