import type { Annotation } from "./commands.ts";
import type { FailOn, Inputs } from "./inputs.ts";
import type { Occasion } from "./occasion.ts";
import type { Outcome } from "./outcome.ts";
import type { GoodPolicy, LoadedPolicy } from "./policy.ts";

const SHOWN = 10;
const LISTED = 100;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface Lack {
  title: string;
  notes: string[];
  fails: boolean;
  /** Of its annotations where it does not fail the job. */
  mild: "warning" | "notice";
  annotations?: Omit<Annotation, "level">[];
}

/** What becomes of a job without a policy to judge by. */
export function notJudged(loaded: Exclude<LoadedPolicy, GoodPolicy>, { failOn, token }: Inputs, occasion: Occasion): Outcome {
  const {
    title,
    notes,
    fails,
    mild,
    annotations = [{ title: `Pilotgate: ${title}`, message: notes.join(" ") }],
  } = lackOf(loaded, {
    failOn,
    token,
    occasion,
  });
  const level = fails ? "error" : mild;
  return { fails, title, notes, annotations: annotations.map((one) => ({ level, ...one })), judged: null };
}

function lackOf(
  loaded: Exclude<LoadedPolicy, GoodPolicy>,
  { failOn, token, occasion }: { failOn: FailOn; token: string | undefined; occasion: Occasion },
): Lack {
  const { whose } = loaded;
  switch (loaded.kind) {
    case "absent": {
      const fails = occasion.kind === "commit" && failOn !== "never";
      const what = occasion.kind === "commit" ? `There is no ${whose}.` : "There is no policy on the default branch.";
      return {
        title: "not judged, no policy",
        notes: [`${what} Nothing is judged; \`pilotgate init\` writes a policy that begins as advice.`],
        fails,
        mild: "notice",
      };
    }
    case "unseen": {
      const why = token === undefined ? "The input `token` is empty" : "The token may not read the repository";
      const mend = token === undefined ? "Leave it out, and the job's own token is used." : "Give the job the permission `contents: read`.";
      return {
        title: "not judged, the policy is unseen",
        notes: [`${why}, so ${whose} is not seen, and nothing is judged. ${mend} The App's check does not depend on this job.`],
        fails: failOn === "hold",
        mild: "warning",
      };
    }
    case "broken": {
      const { problems, places } = loaded;
      const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
      const title = "not judged, the policy is broken";
      const more = problems.length > LISTED ? [`… and ${problems.length - LISTED} more.`] : [];
      const placed = places.slice(0, SHOWN).map(({ file, line, column, message }) => ({
        title: `Pilotgate: ${title}`,
        message,
        place: { file, line, column },
      }));
      return {
        title,
        notes: [`${capital(whose)} has ${count}, so nothing is judged:`, ...problems.slice(0, LISTED), ...more],
        fails: failOn !== "never",
        mild: "warning",
        ...(placed.length > 0 ? { annotations: placed } : {}),
      };
    }
  }
}
