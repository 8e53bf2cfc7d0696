/**
 * Tables as text: comma, semicolon or tab between cells (RFC 4180, and what spreadsheets make of it). Written with CRLF
 * and quotes only where needed; read as people have them: ragged, with a byte order mark, a quote in the middle of a cell.
 */

export type Delimiter = ',' | ';' | '\t' | '|';

export interface TableLine {
  /** Of the file, from 1: where the row begins, since a quoted cell may run over several lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface DelimitedTable {
  readonly delimiter: Delimiter;
  readonly lines: readonly TableLine[];
  /** The line where a quote opens that never closes; null where none does. */
  readonly openQuote: number | null;
}

export function writeDelimited(rows: readonly (readonly string[])[], delimiter: ',' | '\t'): string {
  const needsQuotes = delimiter === ',' ? /[",\r\n]|^\s|\s$/ : /["\t\r\n]|^\s|\s$/;
  const cell = (text: string) => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((cells) => `${cells.map(cell).join(delimiter)}\r\n`).join('');
}

export function readDelimited(text: string, delimiter: Delimiter = delimiterOf(text)): DelimitedTable {
  const lines: TableLine[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let startLine = 1;
  let openQuote: number | null = null;
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  const endRow = () => {
    cells.push(cell);
    lines.push({ line: startLine, cells });
    cells = [];
    cell = '';
  };
  const stops = delimiter === '\t' ? /[\t\r\n]/g : new RegExp(`[${delimiter}\\r\\n]`, 'g');
  while (at < text.length) {
    if (text[at] === '"' && cell === '') {
      const quoted = readQuoted(text, at);
      cell = quoted.cell;
      if (!quoted.isClosed) openQuote ??= line;
      line += quoted.breaks;
      at = quoted.end;
    }
    stops.lastIndex = at;
    const stop = stops.exec(text);
    const end = stop?.index ?? text.length;
    cell += text.slice(at, end);
    at = end + 1;
    if (stop === null) break;
    if (stop[0] === delimiter) {
      cells.push(cell);
      cell = '';
      continue;
    }
    if (stop[0] === '\r' && text[at] === '\n') at += 1;
    endRow();
    line += 1;
    startLine = line;
  }
  if (cell !== '' || cells.length > 0) endRow();
  return { delimiter, lines, openQuote };
}

/** From the opening quote on; `end` is behind the closing one. Two quotes are one. */
function readQuoted(text: string, start: number) {
  let cell = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      cell += text.slice(at);
      return { cell: oneBreak(cell), end: text.length, isClosed: false, breaks: breaksIn(cell) };
    }
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      return { cell: oneBreak(cell), end: quote + 1, isClosed: true, breaks: breaksIn(cell) };
    }
    cell += '"';
    at = quote + 2;
  }
}

const oneBreak = (text: string) => text.replaceAll(/\r\n?/g, '\n');
const breaksIn = (text: string) => oneBreak(text).split('\n').length - 1;

const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|'];

/** The one that stands most evenly in the first lines, outside of quotes. */
export function delimiterOf(text: string): Delimiter {
  const lines = text
    .slice(0, 20_000)
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const score = (delimiter: Delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    const common = Math.max(0, ...counts.map((count) => counts.filter((other) => other === count).length));
    return (
      common * 1000 +
      Math.min(
        999,
        counts.reduce((sum, count) => sum + count, 0),
      )
    );
  };
  return DELIMITERS.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best), ',' as Delimiter);
}
