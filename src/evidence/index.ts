import type { Reader } from "./define-reader.ts";
import document from "./document.ts";
import evidenceSidecar from "./evidence-sidecar.ts";
import k6Summary from "./k6-summary.ts";
import modelRegistry from "./model-registry.ts";

/** Every format that can be read. Each is a file of its name here, and a page of its name in docs/evidence. */
export const readers: readonly Reader[] = [document, evidenceSidecar, k6Summary, modelRegistry];
