/* Takes the lock of a folder again and again against others who do the same, and sometimes dies while it holds it.
   Ends with 1 where somebody else was inside. Arguments: folder, how often, whether to die at the end. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PortError } from "../../src/app/ports.ts";
import { lockDirectory } from "../../src/store/directory-lock.ts";

const [folder = "", times = "1", dies = "no"] = process.argv.slice(2);
const inside = join(folder, "inside");

for (let done = 0; done < Number(times);) {
  const lock = await lockDirectory(folder, { onLost: () => process.exit(2) }).catch((error: unknown) => {
    if (error instanceof PortError && error.code === "conflict") return null;
    throw error;
  });
  if (lock === null) {
    await pause(1);
    continue;
  }
  writeFileSync(inside, String(process.pid), { flag: "wx" });
  await pause(1);
  rmSync(inside);
  done += 1;
  if (dies === "yes" && done === Number(times)) process.kill(process.pid, "SIGKILL");
  lock.release();
}
