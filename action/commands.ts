import { clip, toTerminalText } from "../src/report/escape.ts";

/* Workflow commands: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */

export interface Annotation {
  level: "error" | "warning" | "notice";
  title: string;
  message: string;
  /** Path from the root of the repository, with forward slashes; lines and columns count from 1. */
  place?: { file: string; line?: number; column?: number };
}

const toData = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const toProperty = (text: string) => toData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** One line for the runner, with a newline. Title, message and path may be foreign text. */
export function toCommand({ level, title, message, place }: Annotation): string {
  const properties = [
    ...(place === undefined ? [] : [`file=${toProperty(place.file)}`]),
    ...(place?.line === undefined ? [] : [`line=${place.line}`]),
    ...(place?.column === undefined ? [] : [`col=${place.column}`]),
    `title=${toProperty(clip(toTerminalText(title), 200))}`,
  ];
  return `::${level} ${properties.join(",")}::${toData(clip(toTerminalText(message), 2000))}\n`;
}

/** Text for the log from which the runner takes no command. `token` must be hard to guess. */
export function toPlainLog(text: string, token: string): string {
  return `::stop-commands::${token}\n${text.endsWith("\n") ? text : `${text}\n`}::${token}::\n`;
}

/** The same, folded under a title of our own. */
export function toLogGroup(title: string, text: string, token: string): string {
  return `::group::${toData(title)}\n${toPlainLog(text, token)}::endgroup::\n`;
}
