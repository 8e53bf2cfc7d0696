/**
 * Base in memory: the plan's live rows as the server last sent them, with the count and checksum that tell whether
 * this copy is complete.
 */
import { type RowColumns, rowChanges } from './delta.ts';
import { mix } from './mix.ts';
import type { Row } from './rows.ts';
import { TABLE_NAMES, type TableName } from './schema.ts';
import type { RowMaps } from './view.ts';

/** One row as it changed: `row` null is a tombstone. */
export interface RowChange {
  readonly table: TableName;
  readonly id: string;
  readonly row: Row | null;
}

export class Base {
  readonly #tables = new Map<string, Map<string, Row>>(TABLE_NAMES.map((table) => [table, new Map()]));
  readonly #removed = new Set<string>();
  #rowCount = 0;
  #rowSum = 0;

  get rowCount(): number {
    return this.#rowCount;
  }

  get rowSum(): number {
    return this.#rowSum;
  }

  get rows(): RowMaps {
    return Object.fromEntries(this.#tables) as unknown as RowMaps;
  }

  /** Every table, those of a newer server too. */
  get tables(): Iterable<readonly [string, ReadonlyMap<string, Row>]> {
    return this.#tables;
  }

  table(table: TableName): ReadonlyMap<string, Row> {
    return this.#rowsOf(table);
  }

  /** True where a tombstone of this row has been seen since the last snapshot. */
  isRemoved(table: TableName, id: string): boolean {
    return this.#removed.has(`${table}/${id}`);
  }

  /** Lays rows and tombstones over what is here; returns how many they were. */
  lay(tables: RowColumns): number {
    let count = 0;
    for (const change of rowChanges(tables, (other) => this.#rowsOf(other))) {
      this.#put(change);
      count += 1;
    }
    return count;
  }

  #put({ table, id, row }: RowChange): void {
    const rows = this.#rowsOf(table);
    const before = rows.get(id);
    if (before) {
      this.#rowCount -= 1;
      this.#rowSum -= mix(id, before.rev);
    }
    if (row) {
      rows.set(id, row);
      this.#rowCount += 1;
      this.#rowSum += mix(id, row.rev);
      if (this.#removed.size > 0) this.#removed.delete(`${table}/${id}`);
    } else {
      rows.delete(id);
      this.#removed.add(`${table}/${id}`);
    }
  }

  /** A table of a newer server gets its map at its first row. */
  #rowsOf(table: string): Map<string, Row> {
    const known = this.#tables.get(table);
    if (known) return known;
    const rows = new Map<string, Row>();
    this.#tables.set(table, rows);
    return rows;
  }
}
