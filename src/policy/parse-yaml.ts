import { constructFromEvents, EVENT_ID, parseEvents, YAMLException } from "js-yaml";
import type { ProblemCode } from "../shapes/problem.ts";
import type { Path } from "./validate.ts";
import { yamlErrorText } from "./yaml-error-text.ts";
import { walkEvents, type Places } from "./yaml-places.ts";

export interface YamlProblem {
  code: ProblemCode;
  message: string;
  /** Offset into the text. */
  offset: number;
  path: Path;
}

/** The value is undefined where the text could not be understood; repeated keys are problems of a value that is there. */
export interface ParsedYaml {
  value: unknown;
  places: Places;
  problems: YamlProblem[];
}

export const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 40;

/** One YAML 1.2 document, parsed once; never throws. */
export function parseYaml(text: string): ParsedYaml {
  if (text.length > MAX_BYTES) return failed("too-large", "The policy is larger than 1 MiB.", 0);
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const documents = events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length;
    if (documents === 0) return failed("empty", "The policy is empty; `pilotgate init` writes one.", 0);
    if (documents > 1) return failed("several-documents", "The policy holds several YAML documents; leave out the lines with `---`.", 0);
    const { places, repeated, refusal } = walkEvents(events, text);
    if (refusal) return failed(refusal.code, refusal.message, refusal.offset);
    const [value] = constructFromEvents(events, { source: text, json: true });
    if (value === null) return failed("empty", "The policy is empty; `pilotgate init` writes one.", 0);
    return { value, places, problems: repeated };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { code, message } = yamlErrorText(error.reason);
    return failed(code, message, error.mark?.position ?? 0);
  }
}

function failed(code: ProblemCode, message: string, offset: number): ParsedYaml {
  return { value: undefined, places: { offset: () => 0 }, problems: [{ code, message, offset, path: [] }] };
}
