/*
 * GitHub limits a check's summary and text to 65,535 characters and a comment to 65,536, without saying what it counts.
 * Bytes of UTF-8 are never fewer than characters of any kind, so these are counted.
 */

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * Joins whole sections (blocks of Markdown) by blank lines within `limit` bytes. Sections that do not fit are left out, all from the
 * first such one on, and a last line says how many; nothing is ever cut inside a section.
 */
export function fitSections(sections: readonly string[], limit: number, rest: (left: number) => string): string {
  const full = sections.join("\n\n");
  if (utf8Length(full) <= limit) return full;
  const room = limit - utf8Length(rest(sections.length)) - 2;
  const kept: string[] = [];
  let used = 0;
  for (const section of sections) {
    used += utf8Length(section) + 2;
    if (used > room) break;
    kept.push(section);
  }
  return [...kept, rest(sections.length - kept.length)].join("\n\n");
}
