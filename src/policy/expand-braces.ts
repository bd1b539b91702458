export const MAX_ALTERNATIVES = 64;

/** `a/{b,c}` as `a/b` and `a/c`; braces without a comma stand for themselves. Null where there would be more than 64. */
export function expandBraces(glob: string): string[] | null {
  const group = firstGroup(glob);
  if (!group) return [glob];
  const rest = expandBraces(glob.slice(group.end + 1));
  if (!rest) return null;
  const found: string[] = [];
  for (const alternative of group.alternatives) {
    const inner = expandBraces(alternative);
    if (!inner || found.length + inner.length * rest.length > MAX_ALTERNATIVES) return null;
    for (const middle of inner) for (const tail of rest) found.push(glob.slice(0, group.start) + middle + tail);
  }
  return found;
}

function firstGroup(glob: string): { start: number; end: number; alternatives: string[] } | undefined {
  for (let start = glob.indexOf("{"); start !== -1; start = glob.indexOf("{", start + 1)) {
    const cuts = cutsOf(glob, start);
    const end = cuts.at(-1);
    if (end === undefined || cuts.length < 2) continue;
    const alternatives = cuts.map((cut, i) => glob.slice((i === 0 ? start : (cuts[i - 1] ?? start)) + 1, cut));
    return { start, end, alternatives };
  }
  return undefined;
}

/** Places of the commas of a group and of its closing brace; empty where it is never closed. */
function cutsOf(glob: string, start: number): number[] {
  const cuts: number[] = [];
  let depth = 0;
  for (let i = start; i < glob.length; i++) {
    const character = glob.charAt(i);
    if (character === "{") depth++;
    else if (character === "," && depth === 1) cuts.push(i);
    else if (character === "}" && --depth === 0) return [...cuts, i];
  }
  return [];
}
