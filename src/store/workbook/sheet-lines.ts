/**
 * The cells of one sheet as lines of text, as if they were pasted. Rows and cells that are absent are gaps; merged cells hold
 * their text in the first one. What a reader of the sheet does not see, or sees otherwise, is told.
 */
import type { TableLine } from '../exchange/delimited.ts';
import { ImportError } from '../exchange/imported.ts';
import { attribute, child, childrenOf, childText, type XmlElement } from '../exchange/read-xml.ts';
import { andMore, counted } from '../words.ts';
import { numberText } from './number-text.ts';
import { stringText } from './string-text.ts';

export interface SheetContext {
  /** The texts that cells share, by their number. */
  readonly strings: readonly string[];
  /** The format of each style, by its number. */
  readonly formats: readonly string[];
  readonly is1904: boolean;
}

export interface Sheet {
  /** Numbered as the sheet shows them. */
  readonly lines: readonly TableLine[];
  readonly remarks: readonly string[];
}

/** A sheet whose used range is wide is one where somebody once formatted a column far out. */
const COLUMNS_MAX = 200;
const CHARACTERS_MAX = 20_000_000;

export function sheetLines(root: XmlElement, context: SheetContext): Sheet {
  const lines: TableLine[] = [];
  const faults: string[] = [];
  const uncounted: string[] = [];
  const far: string[] = [];
  let hidden = 0;
  let row = 0;
  let characters = 0;
  for (const element of childrenOf(child(root, 'sheetData'), 'row')) {
    row = Number(attribute(element, 'r') || row + 1);
    const cells: string[] = [];
    let column = -1;
    for (const cell of childrenOf(element, 'c')) {
      const name = attribute(cell, 'r');
      column = name === '' ? column + 1 : columnOf(name);
      const text = cellText(cell, context);
      const shown = name || `${row}:${column + 1}`;
      if (attribute(cell, 't') === 'e') faults.push(`${shown} (${text})`);
      else if (isUncounted(cell)) uncounted.push(shown);
      else if (text.trim() !== '' && column >= COLUMNS_MAX) far.push(shown);
      else if (text.trim() !== '') {
        while (cells.length < column) cells.push('');
        cells[column] = text;
        characters += text.length;
      }
    }
    // The same text may stand in any number of cells.
    if (characters > CHARACTERS_MAX) throw new ImportError('This sheet holds too much text for a plan.');
    if (cells.length === 0) continue;
    if (isYes(attribute(element, 'hidden'))) hidden += 1;
    lines.push({ line: row, cells });
  }
  const told = (names: readonly string[]) => andMore(names.slice(0, 5), names.length);
  return {
    lines,
    remarks: [
      ...(hidden > 0
        ? [`${counted(hidden, 'row that the sheet hides is', 'rows that the sheet hides are')} read too.`]
        : []),
      ...(faults.length > 0 ? [`Cells that hold an error are read as empty: ${told(faults)}.`] : []),
      ...(uncounted.length > 0
        ? [
            `Formulas that no program has calculated are read as empty: ${told(uncounted)}. Open the workbook and save it, and they have values.`,
          ]
        : []),
      ...(far.length > 0 ? [`Cells beyond column ${COLUMNS_MAX} are not read: ${told(far)}.`] : []),
    ],
  };
}

/** A formula without a value; one that came to no text says that it is text. */
const isUncounted = (cell: XmlElement) =>
  attribute(cell, 't') !== 'str' && childText(cell, 'v') === '' && child(cell, 'f') !== undefined;

export const isYes = (text: string) => text === '1' || text === 'true';

/** `AB12` → 27 */
function columnOf(name: string): number {
  const letters = /^[A-Z]{1,3}/.exec(name)?.[0];
  if (letters === undefined) throw new ImportError(`This workbook is broken: “${name}” is no cell.`);
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(cell: XmlElement, { strings, formats, is1904 }: SheetContext): string {
  const value = childText(cell, 'v');
  switch (attribute(cell, 't')) {
    case 's': {
      const text = strings[Number(value || Number.NaN)];
      if (text === undefined) throw new ImportError(`This workbook is broken: there is no text ${value}.`);
      return text;
    }
    case 'inlineStr':
      return stringText(child(cell, 'is'));
    case 'b':
      return value === '' ? '' : isYes(value) ? 'TRUE' : 'FALSE';
    case 'str':
      return stringText(cell);
    case 'e':
    case 'd':
      return value;
    default: {
      const number = Number(value);
      if (value === '' || !Number.isFinite(number)) return value;
      return numberText(number, formats[Number(attribute(cell, 's') || 0)] ?? '', is1904);
    }
  }
}
