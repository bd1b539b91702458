import { whyNotPinned } from "../engine/pinned-model.ts";
import type { About, NewFile } from "./new-document.ts";
import { yamlText } from "./yaml-text.ts";

/** A model registry with the models of the policy; what only their owners know is left as a comment beside each. */
export function newRegistry({ documents, models }: About): NewFile {
  const entries = models.flatMap(({ id, provider, model }) => [
    `  - id: ${yamlText(`${id}-1`)}`,
    `    role: ${yamlText(id)}`,
    `    provider: ${yamlText(provider)}`,
    `    version: ${yamlText(model)}${whyNotPinned(model) === undefined ? "" : " # Question: which dated version?"}`,
    "    # status: live # Question: since when does it answer users, who answers for it, and what takes its place?",
    "    # since: 2026-09-20",
    '    # owner: "@octo-mia"',
    `    # rollback: ${yamlText(`${id}-0`)} # the id of an entry below that may answer again`,
  ]);
  const example =
    '#  - { id: chat-1, role: chat, provider: openai, version: gpt-4o-2024-11-20, status: live, owner: "@octo-mia", since: 2026-09-20, rollback: chat-0 }';
  return {
    path: `${documents}/model-registry.yml`,
    text: [
      "# One entry for each version that was ever live. Append-only: an entry is closed with `until`, never rewritten.",
      ...(entries.length === 0 ? ["models: [] # Question: which models answer users? For example", example] : ["models:", ...entries]),
      "",
    ].join("\n"),
  };
}
