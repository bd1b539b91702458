import { createPolicyReader } from "../app/policy-in-force.ts";
import { inexpressible, rulesetFor } from "../app/doctor/mends.ts";
import { runDoctor, type Doctored } from "../app/doctor/run-doctor.ts";
import { PortError } from "../app/ports.ts";
import { toWebUrl } from "../github/file-pages.ts";
import { createForge } from "../github/forge.ts";
import { createSettingsReader } from "../github/settings.ts";
import { createTokenInstallation } from "../github/token-installation.ts";
import { createTransport } from "../github/transport.ts";
import { readOrigin } from "../local/git-remote.ts";
import { clip, toSafeJson, toTerminalText } from "../report/escape.ts";
import { renderDiagnosis, renderDiagnosisJson } from "../report/render-diagnosis.ts";
import { parseApiUrl } from "../server/env.ts";
import type { Diagnosis } from "../shapes/diagnosis.ts";
import type { Policy } from "../shapes/policy.ts";
import { gateIds, type GateId } from "../shapes/vocabulary.ts";
import { UsageError, type ExitCode, type Io } from "./io.ts";
import { showProgress } from "./progress.ts";
import { toolVersion } from "./tool-version.ts";

export interface DoctorOptions {
  repo?: string;
  appId?: string;
  gate?: GateId[];
  format: "text" | "json" | "ruleset";
}

interface Place {
  owner: string;
  name: string;
}

/** `pilotgate doctor`: 0 where every question is proven, 1 where one is open or not proven, 2 where it could not be asked. */
export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const problems: string[] = [];
  const apiUrl = parseApiUrl(io.env, problems);
  if (problems[0] !== undefined) throw new UsageError(problems[0]);
  const appId = toAppId(options.appId, io);
  const token = tokenOf(io);
  const { hostname: host } = new URL(toWebUrl(apiUrl));
  const place = await toPlace(options.repo, host, io);
  const { send, close } = createTransport(apiUrl);
  try {
    const installation = createTokenInstallation(token, { apiUrl, userAgent: `pilotgate/${toolVersion}`, send });
    const settings = createSettingsReader(() => installation);
    const facts = await settings.repository({ installationId: 0, ...place });
    const progress = showProgress(io, `asking GitHub about ${place.owner}/${place.name}`);
    const doctored = await runDoctor(
      {
        settings,
        forge: createForge(
          () => installation,
          () => Promise.reject(new Error("no App is asked for")),
        ),
        readPolicy: createPolicyReader(),
        toolVersion,
        at: `${io.now().toISOString().slice(0, 19)}Z`,
        host,
        onStep: (share) => progress.at(`${Math.floor(share * 100)} %`),
      },
      facts,
      0,
      appId,
    ).finally(progress.done);
    return print(doctored, place, options, io);
  } catch (error) {
    if (error instanceof PortError) return explain(error, place, io);
    throw error;
  } finally {
    close();
  }
}

const NO_TOKEN =
  "GITHUB_TOKEN is not set. An administrator's token sees everything: GITHUB_TOKEN=$(gh auth token) pilotgate doctor. " +
  "A fine-grained one needs read access to Administration, Actions, Checks, Contents, Metadata and Pull requests.";

function tokenOf({ env }: Io): string {
  const token = env["GITHUB_TOKEN"]?.trim() ?? "";
  if (token === "") throw new UsageError(NO_TOKEN);
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError("GITHUB_TOKEN is not a token: it holds spaces or other characters that no token has.");
  return token;
}

function toAppId(given: string | undefined, { env }: Io): number | null {
  const [name, text] = given === undefined ? ["APP_ID", env["APP_ID"]?.trim() || undefined] : ["--app-id", given];
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`${name} must be the number of the App, shown on its settings page.`);
  return Number(text);
}

async function toPlace(repo: string | undefined, host: string, io: Io): Promise<Place> {
  if (repo !== undefined) {
    const [, owner, name] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(repo) ?? [];
    if (owner === undefined || name === undefined || [owner, name].some((part) => /^\.+$/.test(part)))
      throw new UsageError("--repo must be OWNER/NAME.");
    return { owner, name };
  }
  const origin = await readOrigin(io.cwd);
  if (origin === null) throw new UsageError("this folder has no git remote `origin` that names a repository; give --repo OWNER/NAME.");
  if (origin.host !== host)
    throw new UsageError(
      `the remote \`origin\` is at ${clip(toTerminalText(origin.host), 60)}, and ${host} would be asked; set GITHUB_API_URL to the API of that host, or give --repo OWNER/NAME.`,
    );
  return origin;
}

function print(doctored: Doctored, { owner, name }: Place, options: DoctorOptions, io: Io): ExitCode {
  if (doctored.kind === "absent")
    throw new UsageError(
      `${owner}/${name} has no policy on its default branch, so no gate guards anything; \`pilotgate init\` writes .github/pilotgate.yml.`,
    );
  if (doctored.kind === "broken") {
    io.err(doctored.problems.map((problem) => `${toTerminalText(problem)}\n`).join(""));
    io.err("The policy on the default branch is broken, so nothing was asked; mend it first.\n");
    return 2;
  }
  const { diagnosis } = doctored;
  const policy = doctored.kind === "diagnosis" ? doctored.policy : null;
  if (options.format === "ruleset") return printRulesets(diagnosis, policy, options.gate ?? gateIds, io);
  const wanted = onlyGates(diagnosis, options.gate);
  io.out(
    options.format === "json"
      ? renderDiagnosisJson(wanted)
      : renderDiagnosis(wanted, { color: io.color.out, width: io.width, unicode: io.unicode }),
  );
  return wanted.outcome === "proven" ? 0 : 1;
}

function onlyGates(diagnosis: Diagnosis, gates: readonly GateId[] | undefined): Diagnosis {
  if (gates === undefined) return diagnosis;
  const findings = diagnosis.findings.filter(({ gate }) => gate === null || gates.includes(gate));
  const outcome = (["open", "unknown"] as const).find((one) => findings.some((finding) => finding.outcome === one)) ?? "proven";
  return { ...diagnosis, findings, outcome: findings.length === 0 ? "unknown" : outcome };
}

/** One ruleset as an object, several as a list: GitHub takes one at a time. */
function printRulesets({ app }: Diagnosis, policy: Policy | null, gates: readonly GateId[], io: Io): ExitCode {
  const appId = app.id;
  if (policy === null)
    throw new UsageError("the policy could not be read with this token (it takes Contents: read), so no ruleset can be made.");
  if (appId === null) throw new UsageError("a ruleset is pinned to the App; give its number with --app-id.");
  for (const gate of gates)
    for (const glob of inexpressible(policy, gate))
      io.err(`GitHub's patterns cannot express the branches ${clip(toTerminalText(glob), 80)} of ${gate}; they are left out.\n`);
  const rulesets = gates.map((gate) => rulesetFor(policy, gate, appId)).filter((ruleset) => ruleset !== null);
  if (rulesets.length === 0) throw new UsageError("no such gate guards a branch, so there is no ruleset to print.");
  io.out(`${toSafeJson(JSON.stringify(rulesets.length === 1 ? rulesets[0] : rulesets, null, 2))}\n`);
  return 0;
}

function explain(error: PortError, { owner, name }: Place, io: Io): ExitCode {
  if (error.code === "unauthorized")
    throw new UsageError("GitHub does not accept GITHUB_TOKEN: it is mistyped, revoked, or of another host.");
  if (error.code === "not-found" || error.code === "forbidden")
    throw new UsageError(`${owner}/${name} is not there, or this token may not see it.`);
  io.err(`pilotgate: ${toTerminalText(error.message)} Nothing was proven.\n`);
  return 1;
}
