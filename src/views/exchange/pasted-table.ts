/** A table on the clipboard or dropped: as HTML where there is one, since text loses cells that hold line breaks; else as text. */

import { tooLargeSentence } from '../../store/exchange/decode-file.ts';
import type { TableLine } from '../../store/exchange/delimited.ts';
import { ImportError } from '../../store/exchange/imported.ts';
import { type ReadFile, readFile, tableFile } from '../../store/exchange/read-file.ts';

/** What was pasted or typed, in a form that can be kept: the rows of a table where it was one, else the text. */
export type Pasted = { readonly lines: readonly TableLine[] } | { readonly text: string };

/** Throws an `ImportError` where it is too large. */
export function pastedFrom(data: DataTransfer): Pasted {
  const html = data.getData('text/html');
  const text = data.getData('text/plain');
  const tooLarge = tooLargeSentence(Math.max(html.length, text.length));
  if (tooLarge !== null) throw new ImportError(tooLarge);
  // The parsed page is never shown: its scripts do not run and its pictures do not load.
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  return table === null ? { text } : { lines: linesOf(table) };
}

/** Throws an `ImportError` where it cannot be read. */
export function readPasted(pasted: Pasted): ReadFile {
  return 'lines' in pasted ? tableFile(pasted.lines, 'Pasted table') : readFile(pasted.text);
}

function linesOf(table: HTMLTableElement): readonly TableLine[] {
  // Cells that reach down from rows above, by column: how many rows more.
  const reach: number[] = [];
  return [...table.rows].map((row, index) => {
    const cells: string[] = [];
    const skip = () => {
      while ((reach[cells.length] ?? 0) > 0) {
        reach[cells.length] = (reach[cells.length] ?? 0) - 1;
        cells.push('');
      }
    };
    for (const cell of row.cells) {
      skip();
      const first = cells.length;
      const wide = Math.min(cell.colSpan, COLUMNS_MAX);
      for (let i = 0; i < wide; i += 1) cells.push(i === 0 ? textOf(cell) : '');
      for (let i = first; i < first + wide; i += 1) reach[i] = cell.rowSpan - 1;
    }
    skip();
    return { line: index + 1, cells };
  });
}

/** A hostile table may say that a cell is a million columns wide. */
const COLUMNS_MAX = 200;
const BLOCKS = new Set(['P', 'DIV', 'LI']);

/** White space is one blank, as a browser shows it; line breaks are those that one sees. */
function textOf(cell: Element): string {
  let text = '';
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) text += (node.textContent ?? '').replaceAll(/[\t\r\n ]+/g, ' ');
    else if (node.nodeName === 'BR') text += '\n';
    else {
      if (BLOCKS.has(node.nodeName) && text.trim() !== '') text += '\n';
      for (const child of node.childNodes) walk(child);
    }
  };
  walk(cell);
  return text.replaceAll(/ *\n */g, '\n').trim();
}
