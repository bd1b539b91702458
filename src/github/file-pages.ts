import type { FilePages, HeadBranch } from "../app/forge.ts";

/** GitHub answers 414 to addresses over 8191 bytes. https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue#creating-an-issue-from-a-url-query */
const MAX_ADDRESS = 8000;

/** Where people see what the API at `apiUrl` serves, without a slash at the end. */
export function toWebUrl(apiUrl: string): string {
  const { protocol, host, hostname, origin } = new URL(apiUrl);
  if (hostname === "api.github.com" || /^api\.[^.]+\.ghe\.com$/.test(hostname)) return `${protocol}//${host.slice("api.".length)}`;
  return origin;
}

/** Parentheses would end a link of Markdown. */
const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replaceAll(/[()'*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const encodePath = (path: string) => path.split("/").map(encode).join("/");

export const pullUrl = (webUrl: string, { owner, name }: { owner: string; name: string }, number: number): string =>
  `${webUrl}/${encode(owner)}/${encode(name)}/pull/${number}`;

/** GitHub's own pages for a new file and for a change, on this branch. */
export function createFilePages(webUrl: string, { owner, name, branch }: HeadBranch): FilePages {
  const root = `${webUrl}/${encode(owner)}/${encode(name)}`;
  return {
    create(path, text) {
      const start = `${root}/new/${encodePath(branch)}?filename=${encode(path)}`;
      const lines = text.split("\n");
      let value = "";
      let taken = 0;
      for (const line of lines) {
        const more = encode(taken === 0 ? line : `\n${line}`);
        if (start.length + "&value=".length + value.length + more.length > MAX_ADDRESS) break;
        value += more;
        taken += 1;
      }
      return { url: taken === 0 ? start : `${start}&value=${value}`, whole: taken === lines.length };
    },
    edit: (path) => `${root}/edit/${encodePath(branch)}/${encodePath(path)}`,
  };
}
