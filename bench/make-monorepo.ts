// A git repository of many files: node bench/make-monorepo.ts FOLDER [FILES]. Fifty services of four languages, a tenth of which use models.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [folder = "", files = "50000"] = process.argv.slice(2);
const services = 50;
const line = "export const value = compute(input, { retries: 3, timeout: 1000 }); // what it does, in some words\n";

function write(path: string, text: string): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

for (let service = 0; service < services; service += 1) {
  const root = `services/service-${service}`;
  const uses = service % 10 === 0;
  write(
    `${root}/package.json`,
    JSON.stringify({ name: `service-${service}`, dependencies: uses ? { openai: "^5" } : { fastify: "^5" } }, null, 2),
  );
  if (uses) write(`${root}/src/answer.ts`, 'import OpenAI from "openai";\nexport const model = "gpt-4o-2024-11-20";\n');
  const own = Math.floor(Number(files) / services) - 2;
  for (let file = 0; file < own; file += 1) {
    const ending = ["ts", "py", "yaml", "md"][file % 4];
    write(`${root}/src/part-${file % 40}/file-${file}.${ending}`, line.repeat(10 + (file % 60)));
  }
}
execFileSync("git", ["init", "-q"], { cwd: folder });
execFileSync("git", ["add", "-A"], { cwd: folder });
execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "all"], { cwd: folder });
