/* When does a model's name always mean the same weights? One table, first rule that matches wins; what no rule knows is not pinned. */

interface Rule {
  pattern: RegExp;
  /** Why the name floats; null where it pins. */
  floats: string | null;
}

const movingWord = "(?:latest|stable|default|current|newest|nightly|auto|main|master|head|prod|production|champion)";
const month = "(?:0[1-9]|1[0-2])";
const day = "(?:0[1-9]|[12]\\d|3[01])";
const year = "20[2-4]\\d";
/** Between the parts of a name; the end or another part follows. */
const end = "(?![\\da-z])";

const rules: readonly Rule[] = [
  { pattern: /[*^~<>=|\s]|(?:^|[-.:@/])x(?:$|[-.:@/])/, floats: "it holds a wildcard or a range" },
  { pattern: new RegExp(`(?:^|[-_.:@/])${movingWord}$`), floats: "its tag moves" },
  { pattern: new RegExp(`(?:^|[-_:@/])latest${end}`), floats: "its tag moves" },
  // Digests, revisions (Hugging Face, git) and version numbers of a registry (MLflow) or a package.
  { pattern: /(?:^|[@:/])sha256:[0-9a-f]{64}$/, floats: null },
  { pattern: /(?:^|@)(?=[0-9a-f]*\d)[0-9a-f]{7,64}$/, floats: null },
  { pattern: /^v?\d{1,6}$/, floats: null },
  { pattern: /^models:\/[\w.-]+\/\d+$/, floats: null },
  { pattern: /(?:^|[-_:@/])v?\d+\.\d+\.\d+$|^v?\d+\.\d+$/, floats: null },
  // A dated snapshot: 2024-11-20, 20241022, 08-2024, preview-05-06, 0613, 2411.
  { pattern: new RegExp(`(?:^|[-_:@])${year}-?${month}-?${day}${end}`), floats: null },
  { pattern: new RegExp(`[-_:@]${month}-${year}${end}`), floats: null },
  { pattern: new RegExp(`-(?:preview|exp)-${month}-${day}${end}`), floats: null },
  { pattern: new RegExp(`[-_:@](?:${month}${day}|2[2-9]${month})${end}`), floats: null },
  // Numbered releases: Vertex AI `-002`, Bedrock `-v2:0`, open weights `-v0.3`.
  { pattern: /[-@]0\d\d$/, floats: null },
  { pattern: /-v\d+(?:\.\d+)?(?::\d+)?$/, floats: null },
  { pattern: new RegExp(`-(?:preview|exp|experimental|beta|alpha|rc)${end}`), floats: "a preview without a date is replaced in place" },
  // Anthropic: from 4.6 on the id without a date is the snapshot (platform.claude.com, "Model IDs and versioning").
  { pattern: /(?:^|[/:.])claude-[a-z]+-(?:4-(?:[6-9]|[1-9]\d)|[5-9]|[5-9]-\d{1,2})$/, floats: null },
  // Google: from 2.5 on the stable id without a suffix names one model; earlier ones are auto-updated aliases of -001, -002.
  { pattern: /(?:^|[/:])gemini-(?:2\.[5-9]|[3-9](?:\.\d)?)-(?:pro|flash|flash-lite)$/, floats: null },
  {
    pattern:
      /(?:^|[/:.])(?:gpt|chatgpt|o[1-9]|claude|gemini|mistral|ministral|codestral|magistral|command|grok|deepseek|qwen|nova|sonar)(?:[-\d]|$)/,
    floats: "it is an alias that its vendor moves",
  },
];

/** Why a model is not pinned, in words that follow "because"; undefined where its name always means the same weights. */
export function whyNotPinned(model: string): string | undefined {
  const name = model.trim().toLowerCase();
  if (name === "") return "it is empty";
  if (name.length > 300) return "it is longer than 300 characters";
  const rule = rules.find(({ pattern }) => pattern.test(name));
  if (!rule) return "it names no version: a date, a revision hash or a digest";
  return rule.floats ?? undefined;
}
