/** What no text is that was rendered: values of a chart, includes, or a line that begins with an action. */
const action = /\{\{-?[ \t]*(?:\.(?:Values|Release|Chart|Capabilities)\b|include[ \t])|^[ \t]*\{\{/m;

export const templateProblem = "This is a template, not YAML yet. Render it first, for example with `helm template`.";

/** Is a text that could not be parsed the template of a Helm chart? */
export function isTemplate(text: string): boolean {
  return action.test(text);
}
