const MAX_LENGTH = 2_048;
const MAX_SEGMENTS = 40;

interface Around {
  /** Path of the file that holds the link. */
  from: string;
  /** Is there something at this path of the repository? */
  exists(path: string): boolean;
}

/**
 * The file of the repository that a link leads to; undefined where none does. A path counts from the folder of its file or from
 * the root; of a web address, the longest end of its path that is a file here. Query and fragment do not matter.
 */
export function resolveLink(link: string, { from, exists }: Around): string | undefined {
  const target = pathOf(link);
  if (target === undefined) return undefined;
  const there = (path: string | undefined) => (path !== undefined && path !== "" && exists(path) ? path : undefined);
  if (!target.web) {
    const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/")) : "";
    return (target.path.startsWith("/") ? undefined : there(normal(`${folder}/${target.path}`))) ?? there(normal(target.path));
  }
  const segments = normal(target.path)?.split("/") ?? [];
  // Only a file: any address that ends with a common folder's name would resolve otherwise.
  if (segments.length > MAX_SEGMENTS || !/\.[A-Za-z0-9]+$/.test(segments.at(-1) ?? "")) return undefined;
  for (let start = 0; start < segments.length; start += 1) {
    const path = there(segments.slice(start).join("/"));
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Does a link lead to another site, or to a mailbox or a chat, so that nothing here tells whether it works? */
export function leadsElsewhere(link: string): boolean {
  return isWeb(link) || scheme.test(link.trim());
}

const scheme = /^[a-z][a-z0-9+.-]*:/i;

function isWeb(link: string): boolean {
  return /^(?:https?:)?\/\//i.test(link.trim());
}

function pathOf(link: string): { path: string; web: boolean } | undefined {
  const text = link.trim();
  if (text === "" || text.length > MAX_LENGTH) return undefined;
  const web = isWeb(text);
  if (!web && scheme.test(text)) return undefined;
  const rest = (web ? text.replace(/^(?:https?:)?\/\/[^/?#]*/i, "") : text).replace(/[?#].*$/s, "");
  try {
    return { path: decodeURIComponent(rest), web };
  } catch {
    return { path: rest, web };
  }
}

/** Without `.`, `..` and empty parts; undefined where it leaves the repository. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
