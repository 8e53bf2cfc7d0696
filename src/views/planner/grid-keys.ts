/**
 * Moving through the grid by keys, rows first as the WAI-ARIA treegrid pattern has it: arrows go from row to row, Right
 * opens a phase or enters the row's cells, Left leaves them again. Pure.
 */
import type { Pressed } from '../keys.ts';
import type { Cursor } from './cursor.ts';
import type { PlannerRow } from './model.ts';
import { EDITABLE } from './row.ts';

export interface Ground {
  readonly rows: readonly PlannerRow[];
  /** Names of the columns that are shown, in order. */
  readonly columns: readonly string[];
  readonly isOpen: (row: PlannerRow) => boolean;
  /** Rows that one screen holds. */
  readonly page: number;
}

/** Where the key leads; `toggle` where it opens or closes the phase under the cursor; null where it means nothing here. */
export function cursorByKey(
  { rows, columns, isOpen, page }: Ground,
  { rowId, column }: Cursor,
  { key, ctrlKey, altKey, metaKey }: Pressed,
): Cursor | 'toggle' | null {
  const here = rows.findIndex(({ id }) => id === rowId);
  const row = rows[here];
  if (altKey || metaKey || row === undefined) return null;
  const toRow = (index: number): Cursor => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    return { rowId: target?.id ?? rowId, column };
  };
  const toColumn = (index: number): Cursor => ({ rowId, column: columns[index] ?? null });
  const at = column === null ? -1 : columns.indexOf(column);
  if (key === 'Home' || key === 'End') {
    if (column === null || ctrlKey) return toRow(key === 'Home' ? 0 : rows.length - 1);
    return toColumn(key === 'Home' ? 0 : columns.length - 1);
  }
  if (ctrlKey) return null;
  const isPhase = row.kind === 'phase';
  switch (key) {
    case 'ArrowUp':
      return toRow(here - 1);
    case 'ArrowDown':
      return toRow(here + 1);
    case 'PageUp':
      return toRow(here - page);
    case 'PageDown':
      return toRow(here + page);
    case 'ArrowRight':
      return column === null && isPhase && !isOpen(row) ? 'toggle' : toColumn(Math.min(columns.length - 1, at + 1));
    case 'ArrowLeft':
      if (column !== null) return toColumn(at - 1);
      return isPhase ? (isOpen(row) ? 'toggle' : null) : toRow(here - row.place);
    default:
      return null;
  }
}

/** The next editable column of the row; null past its ends. */
export function editableBeside(columns: readonly string[], column: string, step: 1 | -1): string | null {
  const editable = columns.filter((each) => EDITABLE.includes(each));
  return editable[editable.indexOf(column) + step] ?? null;
}
