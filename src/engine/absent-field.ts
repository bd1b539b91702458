import { documentPlace } from "./document-place.ts";
import type { Finding, ReadDocument } from "./types.ts";

/** A finding for a front matter value that is not there or of no use, unless the field checks have reported its key already. `what` follows "does not say". */
export function absentField(document: ReadDocument, key: string, what: string, remedy?: string): Finding[] {
  const top = key.split(".")[0] ?? key;
  if (document.reported?.some((known) => known === top || (/^[.[/]/.test(known.slice(top.length)) && known.startsWith(top)))) return [];
  return [
    {
      state: "missing",
      ...documentPlace(document, top),
      text: `${document.path} does not say ${what}.`,
      remedy: remedy ?? `Add \`${key}\` to the front matter of ${document.path}.`,
    },
  ];
}
