/** What the store can install: rows in column arrays as they travel, and the cursor they lead to (PROTOCOL). */
import type { RowChange } from './base.ts';
import type { Row, Value } from './rows.ts';
import { TABLES, type TableName } from './schema.ts';
import type { ActivityEvent } from './view.ts';

export interface TableRows {
  readonly cols: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly removed?: readonly (readonly [id: string, rev: number])[];
}

export interface RowColumns {
  readonly [table: string]: TableRows;
}

/** Why a replica must take a snapshot. */
export type Reset = 'none' | 'epoch' | 'shape' | 'access' | 'horizon' | 'ahead' | 'far';

export interface Delta {
  readonly cursor: string;
  readonly rev: number;
  readonly reset: Reset | null;
  /** Server clock, milliseconds. */
  readonly now: number;
  readonly poll_after_ms: number;
  readonly rows: RowColumns;
  readonly events: readonly ActivityEvent[];
  readonly row_count: number;
  readonly row_sum: number;
}

/**
 * Rows and tombstones of a delta or a snapshot part, one by one. Columns this build does not know are kept. Where a row
 * names another that `here` has, it carries the text of that row's id: copies would weigh as much as the rows do.
 */
export function* rowChanges(tables: RowColumns, here: RowsHere = () => undefined): Generator<RowChange> {
  for (const [name, { cols, rows, removed = [] }] of Object.entries(tables)) {
    // A table of a newer server is kept too: count and checksum cover it.
    const table = name as TableName;
    const others = cols.map((col) => {
      const other = TABLES[table]?.[col]?.table;
      return other && here(other);
    });
    // What this device kept, or an older server sends, may be older than a field: it stands there as nobody ever set it.
    const unheard = Object.entries(TABLES[table] ?? {}).filter(
      ([field, { required, default: start }]) => !cols.includes(field) && (!required || start !== undefined),
    );
    for (const values of rows) {
      const row: { [col: string]: Value } = {};
      for (let i = 0; i < cols.length; i += 1) {
        const value = values[i] ?? null;
        row[cols[i] as string] = others[i]?.get(value as string)?.id ?? value;
      }
      for (const [field, { default: start }] of unheard) row[field] = start ?? null;
      yield { table, id: row.id as string, row: row as Row };
    }
    for (const [id] of removed) yield { table, id, row: null };
  }
}

type RowsHere = (table: TableName) => ReadonlyMap<string, Row> | undefined;
