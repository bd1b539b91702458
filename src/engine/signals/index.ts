import type { Signal } from "../types.ts";

/** THE LIST of early warnings, one file each. None is raised by this version. */
export const signals: readonly Signal[] = [];
