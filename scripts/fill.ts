/** A page with the content of its block `<!-- generated:NAME -->` replaced. Throws where it has none. */
export function fill(page: string, block: string, content: string, name: string): string {
  const pattern = new RegExp(`(<!-- generated:${block} -->\\n)[\\s\\S]*?(<!-- /generated -->)`);
  if (!pattern.test(page)) throw new Error(`${name} has no block generated:${block}`);
  return page.replace(pattern, (_, start: string, end: string) => `${start}${content}\n${end}`);
}
