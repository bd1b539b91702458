import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { clip, toTerminalText } from "../report/escape.ts";
import { criterionIds, gateIds, risks } from "../shapes/vocabulary.ts";
import type { CheckOptions } from "./check.ts";
import type { DoctorOptions } from "./doctor.ts";
import type { InitOptions } from "./init.ts";
import { UsageError, isUsageError, type ExitCode, type Io } from "./io.ts";
import { toolVersion } from "./tool-version.ts";

/* Commands of later versions: asked for already, so they get a plain answer. */
const planned = new Set(["export", "verify"]);

/** `choices` would keep the last value alone. */
function repeatable(option: Option, choices: readonly string[]): Option {
  option.argChoices = [...choices];
  return option.argParser((value: string, before: string[] | undefined) => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
    return collect(value, before);
  });
}

const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];

/** Runs the command line. Every command is loaded only when it is called. Never throws. */
export async function pilotgate(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = new Command("pilotgate")
    .description("Production readiness gates for GenAI pilots: what is missing, and who can supply it.")
    .version(toolVersion, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .showHelpAfterError("Run with --help to see how it is used.")
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => Math.min(100, io.width),
      getErrHelpWidth: () => Math.min(100, io.width),
      getOutHasColors: () => io.color.out,
      getErrHasColors: () => io.color.err,
    })
    .addHelpText(
      "after",
      examples(
        ["pilotgate init", "pilotgate check", "pilotgate explain load-test", "pilotgate read results.json"],
        "\nExit codes: 0 pass or done, 1 hold, 2 wrong usage or policy, 3 a fault of ours.",
      ),
    );
  addCommands(program, io, (code) => {
    exit = code;
  });
  try {
    const [first] = argv;
    if (first === undefined) {
      io.err(program.helpInformation());
      return 2;
    }
    if (planned.has(first)) throw new UsageError(`\`pilotgate ${first}\` is not available in this version.`);
    await program.parseAsync(argv, { from: "user" });
    return exit;
  } catch (error) {
    return explainFailure(error, io);
  }
}

function examples(commands: readonly string[], more = ""): string {
  return `\nExamples:\n${commands.map((command) => `  $ ${command}`).join("\n")}\n${more}`;
}

function addCommands(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("check")
    .argument("[dir]", "folder to judge", ".")
    .description("judge the working tree by its own policy")
    .addOption(repeatable(new Option("--gate <id>", "only this gate; may be repeated"), gateIds))
    .option("--system <id>", "only this system; may be repeated", collect)
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json", "markdown", "sarif", "junit"]).default("text"))
    .option("--output <file>", "write there instead of to standard output")
    .option("--at <instant>", "judge as of this instant, for example 2026-11-23T09:00:00Z (default: now)")
    .option("--policy <file>", "policy to judge by (default: .github/pilotgate.yml of the folder)")
    .option("--org-policy <file>", "policy of the organisation")
    .option("--facts <file>", "approvals, deployments and alerts as JSON (schema/facts.schema.json)")
    .option("--repo <owner/name>", "ask GitHub for the facts")
    .option("--sha <commit>", "commit that the facts are about")
    .option("--badge <file>", "also write the verdict as a badge (SVG)")
    .option("--charts <dir>", "also write charts of load test and canary (SVG); a Markdown report shows them")
    .option("-v, --verbose", "print every finding at full length")
    .addHelpText(
      "after",
      examples([
        "pilotgate check",
        "pilotgate check --gate infrastructure --format json",
        "pilotgate check --format markdown --output report.md --charts charts",
        "pilotgate check services/assistant --facts facts.json --at 2026-11-23T09:00:00Z",
      ]),
    )
    .action(async (dir: string, options: CheckOptions) => done(await (await import("./check.ts")).check(dir, options, io)));
  program
    .command("read")
    .argument("<file...>", "files of evidence")
    .description("say what a file of evidence is and print what was measured")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addHelpText("after", examples(["pilotgate read summary.json", "pilotgate read --format json docs/readiness/evidence/*/*"]))
    .action(async (files: string[], options: { format: "text" | "json" }) =>
      done(await (await import("./read.ts")).read(files, options, io)),
    );
  program
    .command("explain")
    .argument("[criterion]", `one of: ${criterionIds.join(", ")}`)
    .description("what a criterion asks, at which risk, and what satisfies it; the list without an argument")
    .addHelpText("after", examples(["pilotgate explain", "pilotgate explain load-test"]))
    .action(async (criterion: string | undefined) => done(await (await import("./explain.ts")).explain(criterion, io)));
  program
    .command("init")
    .argument("[dir]", "folder of the repository", ".")
    .description("write a policy and the documents that it needs, filled with what the repository shows")
    .option("-y, --yes", "ask nothing; what nobody knows stays a question in the files")
    .option("--dry-run", "print what would be written, and write nothing")
    .addOption(new Option("--risk <risk>", "how much is at stake (default: medium, as a question)").choices([...risks]))
    .addHelpText("after", examples(["pilotgate init", "pilotgate init --yes --risk high", "pilotgate init --dry-run"]))
    .action(async (dir: string, options: InitOptions) => done(await (await import("./init.ts")).init(dir, options, io)));
  program
    .command("validate")
    .argument("[file]", "policy (default: .github/pilotgate.yml)")
    .description("lint a policy: every problem at once, with its place")
    .addHelpText("after", `${examples(["pilotgate validate", "pilotgate validate .github/pilotgate.yml"])}${SMALLEST_POLICY}`)
    .action(async (file: string | undefined) => done(await (await import("./validate.ts")).validate(file, io)));
  program
    .command("doctor")
    .description("prove from GitHub's own settings that the gates block; print what closes each gap")
    .option("--repo <owner/name>", "repository (default: the git remote `origin` of this folder)")
    .option("--app-id <number>", "number of the App that the gates must be pinned to (default: APP_ID, else found on checks)")
    .addOption(repeatable(new Option("--gate <id>", "only this gate; may be repeated"), gateIds))
    .addOption(
      new Option("--format <format>", "how to print; `ruleset` prints what can be imported")
        .choices(["text", "json", "ruleset"])
        .default("text"),
    )
    .addHelpText(
      "after",
      examples(
        [
          "GITHUB_TOKEN=$(gh auth token) pilotgate doctor",
          "pilotgate doctor --repo acme/assistant --app-id 4242 --gate governance --format ruleset",
        ],
        "\nReads GITHUB_TOKEN and GITHUB_API_URL; docs/doctor.md says which rights show what.\n",
      ),
    )
    .action(async (options: DoctorOptions) => done(await (await import("./doctor.ts")).doctor(options, io)));
  program
    .command("serve")
    .description("run the GitHub App")
    .addHelpText(
      "after",
      examples(
        ["APP_ID=… PRIVATE_KEY_PATH=… WEBHOOK_SECRET=… pilotgate serve"],
        "\nSettings come from the environment; docs/operations.md lists them.\n",
      ),
    )
    .action(async () => done(await (await import("./serve.ts")).serve(io)));
  program
    .command("demo")
    .description("from a checkout: a pull request is held, evidence is added, it passes and merges")
    .addHelpText("after", examples(["npm run demo"]))
    .action(async () => done(await (await import("./demo.ts")).demo(io)));
}

const SMALLEST_POLICY = `
A policy needs no more than this:
  version: 1
  systems:
    - id: support-assistant
      risk: medium
      models:
        - { id: chat, provider: openai, model: gpt-4o-2024-11-20 }
`;

function explainFailure(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed it
  if (isUsageError(error)) {
    io.err(`pilotgate: ${toTerminalText(error.message)}\n`);
    return 2;
  }
  const what = error instanceof Error ? error.message : String(error);
  io.err(`pilotgate: ${clip(toTerminalText(what), 300)}\n`);
  io.err("This is a fault of ours, not of your files. Please report it with the command that you ran.\n");
  const trace = io.env["DEBUG"] === "pilotgate" && error instanceof Error ? error.stack : undefined;
  io.err(`${trace ?? "DEBUG=pilotgate prints where it happened."}\n`);
  return 3;
}
