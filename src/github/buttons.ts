import type { Button } from "../app/forge.ts";

/** What GitHub shows: label of at most 20 characters, description of at most 40. */
const texts: Readonly<Record<Button, { label: string; description: string }>> = {
  "add-missing": { label: "Add what is missing", description: "Begins the missing files, filled in." },
  "ask-holders": { label: "Ask who can help", description: "Requests reviews from the role holders." },
  recheck: { label: "Judge again", description: "Reads the evidence again." },
};

/** A check's `actions`; the identifier comes back when one is pressed. */
export const toActions = (buttons: readonly Button[]) => buttons.slice(0, 3).map((identifier) => ({ identifier, ...texts[identifier] }));
