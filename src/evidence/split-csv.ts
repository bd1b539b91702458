/** Cells by row, or why the rows end early: at which offset, in words. */
export type CsvRows = string[][] | { fault: string; at: number };

/** Characters of a row. */
export const maxRow = 1024 * 1024;

/**
 * Rows of a text (RFC 4180), at most `most` of them, without those that are blank. A cell in quotes may hold delimiters, line breaks and
 * doubled quotes; the first line break outside quotes is that of all rows. Each character is looked at once.
 */
export function splitRows(text: string, delimiter: string, most = Infinity): CsvRows {
  const rows: string[][] = [];
  let lineBreak: string | undefined;
  let end = -1;
  let quote = text.indexOf('"');
  /** Offset of the first line break from `at` on; looked for once a line. */
  const endOfLine = (at: number): number => {
    if (end >= at) return end;
    if (lineBreak === undefined) {
      anyBreak.lastIndex = at;
      end = anyBreak.exec(text)?.index ?? text.length;
    } else {
      const found = text.indexOf(lineBreak, at);
      end = found === -1 ? text.length : found;
    }
    return end;
  };
  for (let at = 0; at < text.length && rows.length < most;) {
    const start = at;
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
    let cells: string[];
    if (quote === -1 || quote >= endOfLine(at)) {
      at = endOfLine(at);
      cells = text.slice(start, at).split(delimiter);
    } else {
      cells = [];
      for (;;) {
        const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, endOfLine(at), delimiter);
        if ("fault" in cell) return cell;
        cells.push(cell.value);
        at = cell.end;
        if (at === endOfLine(at)) break;
        if (!text.startsWith(delimiter, at)) return { fault: "The quotes in the CSV do not match.", at };
        at += delimiter.length;
      }
    }
    if (at - start > maxRow) return { fault: "A row of the CSV is over 1 MiB.", at: start };
    if (at > start) rows.push(cells);
    lineBreak ??= text.startsWith("\r\n", at) ? "\r\n" : (text[at] ?? "\n");
    while (text.startsWith(lineBreak, at)) at += lineBreak.length;
  }
  return rows;
}

const anyBreak = /\r\n|\n|\r/g;

type Cell = { value: string; end: number } | { fault: string; at: number };

function quotedCell(text: string, at: number): Cell {
  let close = text.indexOf('"', at + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) return { fault: "A quote in the CSV is never closed: the file is cut off or the quote is not doubled.", at };
  return { value: text.slice(at + 1, close).replaceAll('""', '"'), end: close + 1 };
}

function plainCell(text: string, at: number, endOfLine: number, delimiter: string): Cell {
  const line = text.slice(at, endOfLine);
  const found = line.indexOf(delimiter);
  const value = found === -1 ? line : line.slice(0, found);
  return value.includes('"') ? { fault: "The quotes in the CSV do not match.", at } : { value, end: at + value.length };
}
