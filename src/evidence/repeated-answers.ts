const idColumn = /^(?:(?:response|respondent|contact|ticket|case|submission|interaction|conversation|record)[ _-]?)?id$|^contact$/i;

/**
 * Says of each answer whether it repeats an earlier one: the same id where the table has a column of ids, else the whole same row where
 * answers carry a time. One person must not count ten times.
 */
export function repeatedAnswers(header: readonly string[], hasTime: boolean): (row: readonly string[]) => boolean {
  const id = header.findIndex((name) => idColumn.test(name.trim()));
  const seen = new Set<string>();
  return (row) => {
    const own = id === -1 ? "" : (row[id] ?? "").trim();
    if (own === "" && !hasTime) return false;
    const key = own === "" ? JSON.stringify(row) : own;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
}
