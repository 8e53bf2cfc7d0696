/** What the store can install: rows in column arrays as they travel, and the cursor they lead to (PROTOCOL). */
import type { RowChange } from './base.ts';
import type { Row, Value } from './rows.ts';
import type { TableName } from './schema.ts';
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

/** Rows and tombstones of a delta or a snapshot part, one by one. Columns this build does not know are kept. */
export function* rowChanges(tables: RowColumns): Generator<RowChange> {
  for (const [name, { cols, rows, removed = [] }] of Object.entries(tables)) {
    // A table of a newer server is kept too: count and checksum cover it.
    const table = name as TableName;
    for (const values of rows) {
      const row: { [col: string]: Value } = {};
      for (let i = 0; i < cols.length; i += 1) row[cols[i] as string] = values[i] ?? null;
      yield { table, id: row.id as string, row: row as Row };
    }
    for (const [id] of removed) yield { table, id, row: null };
  }
}
