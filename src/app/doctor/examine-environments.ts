import { nearestWord } from "../../policy/explain-violation.ts";
import { quote } from "../../policy/quote.ts";
import type { Finding, Mend, Outcome, QuestionId } from "../../shapes/diagnosis.ts";
import type { EnvironmentSettings } from "../settings.ts";
import { isGuarded, type Guard } from "./guards.ts";
import { bindEnvironmentAdministratorsMend, createEnvironmentMend, disableRuleMend, enableRuleMend, type MendPlace } from "./mends.ts";
import type { Observed } from "./observe.ts";

/* One guard of environments. Names of environments are compared without case, as GitHub does. Pure. */

export interface EnvironmentExamination {
  guard: Guard;
  observed: Observed;
  place: MendPlace;
  /** Does this version of the App answer waiting deployments? */
  answersDeployments: boolean;
}

interface Answer {
  question: QuestionId;
  outcome: Outcome;
  text: string;
  missing?: string;
  mend?: Mend;
}

const isPattern = (glob: string) => /[*?[{]/.test(glob);
const equal = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const words = (summary: string): Mend => ({ summary, commands: [], ruleset: null });

const namedIn = ({ workflows }: Observed) => workflows.flatMap(({ path, environments }) => environments.map((name) => ({ name, path })));

function existsAnswer({ guard, observed, place }: EnvironmentExamination, found: readonly EnvironmentSettings[]): Answer {
  const question = "environment";
  const { environments } = observed;
  if (!environments.seen) {
    if (environments.byPlan)
      return {
        question,
        outcome: "open",
        text: "The plan of this repository has no environments.",
        mend: words("Move to a plan that has them."),
      };
    return { question, outcome: "unknown", text: "Not seen: whether the environment is there.", missing: environments.missing };
  }
  if (found.length > 0) {
    const names = found.slice(0, 5).map(({ name }) => quote(name, 80));
    return { question, outcome: "proven", text: `There is ${names.join(", ")}${found.length > 5 ? ` and ${found.length - 5} more` : ""}.` };
  }
  if (!environments.value.complete)
    return { question, outcome: "unknown", text: "There are more environments than are read, and it is not among the first." };
  const near = nearestWord(
    guard.glob,
    environments.value.items.map(({ name }) => name),
  );
  return {
    question,
    outcome: "open",
    text: `There is no environment ${quote(guard.glob, 80)}${near === undefined ? "" : `; there is ${quote(near, 80)}`}.`,
    mend: isPattern(guard.glob) ? words("Create the environment, or guard one that is there.") : createEnvironmentMend(guard.glob, place),
  };
}

/** A job that names another environment, by a slip, deploys past the guard: GitHub makes unknown names into environments without rules. */
function slips({ guard, observed }: EnvironmentExamination): Answer[] {
  if (isPattern(guard.glob)) return [];
  const existing = observed.environments.seen ? observed.environments.value.items : [];
  const found = namedIn(observed).filter(
    ({ name }) =>
      !equal(name, guard.glob) && !existing.some((one) => equal(one.name, name)) && nearestWord(name, [guard.glob]) !== undefined,
  );
  return found.slice(0, 5).map(({ name, path }) => ({
    question: "named",
    outcome: "open",
    text: `${quote(path, 80)} names the environment ${quote(name, 80)}, which is not there: GitHub would make it, without any rule. Is ${quote(guard.glob, 80)} meant?`,
    mend: words(`Write \`environment: ${guard.glob.replaceAll("`", "")}\` there.`),
  }));
}

function namedAnswer({ guard, observed }: EnvironmentExamination): Answer {
  const question = "named";
  const { workflows, allWorkflows } = observed;
  const naming = [...new Set(namedIn(observed).flatMap(({ name, path }) => (isGuarded(guard, name) ? [path] : [])))];
  const files = naming.slice(0, 3).map((path) => quote(path, 80));
  if (naming.length > 0)
    return {
      question,
      outcome: "proven",
      text: `Jobs of ${files.join(", ")}${naming.length > 3 ? ` and ${naming.length - 3} more` : ""} name it.`,
    };
  const unclear = workflows.filter((one) => one.unclear).map(({ path }) => quote(path, 80));
  if (unclear.length > 0 || !allWorkflows) {
    const where =
      unclear.length > 0
        ? `; ${unclear.slice(0, 3).join(", ")} may, by an expression or by a workflow of another repository`
        : "; not all of them were read";
    return { question, outcome: "unknown", text: `No job of a workflow names it as a plain text${where}.` };
  }
  return {
    question,
    outcome: "open",
    text: "No job of a workflow names it, so nothing that is deployed waits for it.",
    mend: words(`Write \`environment: ${guard.glob.replaceAll("`", "")}\` into the job that deploys.`),
  };
}

const UNANSWERED = "This version of the App answers no waiting deployments, so nothing holds one back at this gate";

function answeredAnswer({ observed, place, answersDeployments }: EnvironmentExamination, { name }: EnvironmentSettings): Answer {
  const question = "answered";
  const rules = observed.deploymentRules.get(name);
  const ours = rules?.seen ? rules.value.find(({ appId, enabled }) => enabled && appId === place.appId) : undefined;
  if (!answersDeployments)
    return ours === undefined
      ? {
          question,
          outcome: "open",
          text: `${UNANSWERED}.`,
          mend: words("Guard the branch that is deployed from as well (`branches` of the gate), and let only protected branches deploy."),
        }
      : {
          question,
          outcome: "open",
          text: `${UNANSWERED}; its rule is on ${quote(name, 80)}, so deployments wait there until GitHub fails them.`,
          mend: disableRuleMend(name, ours.id, place),
        };
  if (rules === undefined || !rules.seen)
    return {
      question,
      outcome: "unknown",
      text: `Not seen: whether the App's rule is on ${quote(name, 80)}.`,
      missing: rules?.missing ?? "Actions: read",
    };
  if (ours !== undefined) return { question, outcome: "proven", text: `The App's rule is on ${quote(name, 80)}.` };
  const others = rules.value.filter(({ enabled }) => enabled).map(({ appId }) => `App ${appId}`);
  if (place.appId === null && others.length > 0)
    return {
      question,
      outcome: "unknown",
      text: `${quote(name, 80)} waits for ${others.join(", ")}; whether that is Pilotgate, \`--app-id\` must say.`,
      mend: enableRuleMend(name, place),
    };
  return { question, outcome: "open", text: `The App's rule is not on ${quote(name, 80)}.`, mend: enableRuleMend(name, place) };
}

function adminsAnswer({ place }: EnvironmentExamination, settings: EnvironmentSettings): Answer {
  const question = "admins";
  const name = quote(settings.name, 80);
  if (settings.adminsBypass === null)
    return { question, outcome: "unknown", text: `Not told: whether administrators may start jobs that wait for ${name}.` };
  return settings.adminsBypass
    ? {
        question,
        outcome: "open",
        text: `Administrators may start jobs that wait for ${name}.`,
        mend: bindEnvironmentAdministratorsMend(settings, place),
      }
    : { question, outcome: "proven", text: `Administrators cannot start jobs that wait for ${name}.` };
}

export function examineEnvironments(examination: EnvironmentExamination): { findings: Finding[]; notes: string[] } {
  const { guard, observed } = examination;
  const items = observed.environments.seen ? observed.environments.value.items : [];
  const found = items.filter(({ name }) => isGuarded(guard, name));
  const unanswered: Answer[] =
    found.length === 0 && !examination.answersDeployments
      ? [
          {
            question: "answered",
            outcome: "open",
            text: `${UNANSWERED}.`,
            mend: words("Guard the branch that is deployed from as well (`branches` of the gate)."),
          },
        ]
      : [];
  const answers = [
    existsAnswer(examination, found),
    namedAnswer(examination),
    ...slips(examination),
    ...unanswered,
    ...found.flatMap((one) => [answeredAnswer(examination, one), adminsAnswer(examination, one)]),
  ];
  const open = found.filter(({ branches }) => branches === null).map(({ name }) => quote(name, 80));
  return {
    findings: answers.map(({ question, outcome, text, missing, mend }) => ({
      question,
      gate: guard.gate,
      guards: { kind: "environments", glob: guard.glob, systems: guard.systems },
      outcome,
      summary: text,
      details: [],
      missing: missing ?? null,
      mend: outcome === "proven" ? null : (mend ?? null),
    })),
    notes: open.length === 0 ? [] : [`Every branch may deploy to ${open.slice(0, 5).join(", ")}; deployment branches limit that.`],
  };
}
