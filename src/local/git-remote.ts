import { spawn } from "node:child_process";

/** Where a repository stands, as its remote says. */
export interface Remote {
  /** Without a port. */
  host: string;
  owner: string;
  name: string;
}

const LONGEST_MILLISECONDS = 10_000;
const LONGEST_OUTPUT = 4096;

/** `https://HOST/OWNER/NAME.git`, `ssh://git@HOST/OWNER/NAME`, `git@HOST:OWNER/NAME.git`; null for anything else. */
export function parseRemote(url: string): Remote | null {
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(url);
  const full = short === null && URL.canParse(url) ? new URL(url) : null;
  if (full !== null && !["https:", "http:", "ssh:", "git:"].includes(full.protocol)) return null;
  const host = short?.[1] ?? full?.hostname ?? "";
  const path = /^\/*([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/.exec(short?.[2] ?? full?.pathname ?? "");
  return host === "" || path === null ? null : { host: host.toLowerCase(), owner: path[1] ?? "", name: path[2] ?? "" };
}

/** The remote `origin` of the repository around a folder; null where there is none, no git, or no such address. Never throws. */
export function readOrigin(folder: string): Promise<Remote | null> {
  return new Promise((resolve) => {
    const child = spawn("git", ["-C", folder, "config", "--get", "remote.origin.url"], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: LONGEST_MILLISECONDS,
      windowsHide: true,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.length > LONGEST_OUTPUT) child.kill();
    });
    child.on("error", () => resolve(null));
    child.on("close", (code) => resolve(code === 0 && output.length <= LONGEST_OUTPUT ? parseRemote(output.trim()) : null));
  });
}
