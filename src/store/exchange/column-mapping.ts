/**
 * Which column of a table means what: found by the names in its header, to be changed by the person. A table without a
 * known header is read as our own order only where nobody could be mistaken, so never: then its reader has to say.
 */
import { cellWords } from './cell-words.ts';
import type { TableLine } from './delimited.ts';
import { unguarded } from './formula-guard.ts';
import { ImportError } from './imported.ts';
import { TABLE_COLUMNS, type TableField } from './table-columns.ts';

/** By column of the table; null: not used. No field stands twice. */
export type Mapping = readonly (TableField | null)[];

export interface ReadHeader {
  /** Of the file; null: no line of it names columns. */
  readonly line: number | null;
  readonly names: readonly string[];
  readonly mapping: Mapping;
  /** The lines below it that are not empty. */
  readonly body: readonly TableLine[];
}

const LINES_LOOKED_AT = 20;
export const ROWS_MAX = 10_000;

/** Above the header of a real table stand its title and a date: the line with the most known names counts. */
export function readHeader(lines: readonly TableLine[]): ReadHeader {
  const filled = lines.filter(({ cells }) => cells.some((text) => text.trim() !== '') && !isRule(cells));
  if (filled.length === 0) throw new ImportError('There is no table in it.');
  let best = { at: -1, mapping: [] as Mapping, known: 0 };
  for (const [at, { cells }] of filled.slice(0, LINES_LOOKED_AT).entries()) {
    const mapping = mappingOf(cells);
    const known = mapping.filter((field) => field !== null).length;
    if (known > best.known) best = { at, mapping, known };
  }
  // One known word may be any cell of a table without a header.
  const header = best.known >= 2 ? filled[best.at] : undefined;
  const body = filled.slice(header === undefined ? 0 : best.at + 1);
  const width = Math.max(...filled.map(({ cells }) => cells.length));
  const beyond = body[ROWS_MAX];
  if (beyond) {
    throw new ImportError(
      `a table of at most ${ROWS_MAX} rows can be imported; this one has ${body.length}.`,
      beyond.line,
    );
  }
  const names = header?.cells.map((text) => unguarded(text).trim()) ?? [];
  return {
    line: header?.line ?? null,
    names: Array.from({ length: width }, (_, i) => names[i] || `Column ${i + 1}`),
    mapping: Array.from({ length: width }, (_, i) => (header === undefined ? null : (best.mapping[i] ?? null))),
    body,
  };
}

/** The line of dashes below the header of a table in Markdown. */
function isRule(cells: readonly string[]): boolean {
  return cells.every((text) => /^(?::?-{2,}:?)?$/.test(text.trim()));
}

/** The better name wins a field that two columns could be; the other one is not used. */
function mappingOf(cells: readonly string[]): Mapping {
  const names = cells.map(cellWords);
  const mapping: (TableField | null)[] = names.map(() => null);
  for (const { field, synonyms } of TABLE_COLUMNS) {
    const ranked = names
      .map((name, at) => ({ at, rank: synonyms.indexOf(name) }))
      .filter(({ at, rank }) => rank >= 0 && mapping[at] === null)
      .sort((a, b) => a.rank - b.rank);
    const [first] = ranked;
    if (first) mapping[first.at] = field;
  }
  return dueAsEnd(mapping);
}

/** Where nothing else says when a chapter ends, its due date is that, as trackers of tasks mean it. */
function dueAsEnd(mapping: Mapping): Mapping {
  const isTimed = mapping.includes('start') || mapping.includes('date');
  const hasEnd = (['end', 'end_date', 'duration'] as const).some((field) => mapping.includes(field));
  if (!isTimed || hasEnd) return mapping;
  return mapping.map((field) => (field === 'must_finish_by' ? 'end' : field));
}
