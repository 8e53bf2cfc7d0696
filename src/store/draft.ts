/**
 * The rows as one edit changes them: a layer over the plan that sees its own earlier ops, and can be thrown away. State
 * with a lifetime of one `applyEdit`; its cost is that of what the edit touches.
 */
import type { Row, Value } from './rows.ts';
import type { TableName } from './schema.ts';

/** A plan's rows, as `applyEdit` reads them. */
export interface PlanState {
  /** The live row, if there is one. */
  get(table: TableName, id: string): Row | undefined;
  /** All live rows of a table. */
  rows(table: TableName): Iterable<Row>;
  /** True for a row that existed and was removed. */
  isRemoved(table: TableName, id: string): boolean;
}

export interface RowChange {
  readonly table: TableName;
  readonly id: string;
  /** Null: removed. */
  readonly row: Row | null;
}

/** One write of one op: a line of the event log. */
export interface RowWrite {
  readonly table: TableName;
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

export interface Draft extends PlanState {
  /** The row as it stood before this edit. */
  before(table: TableName, id: string): Row | undefined;
  /** The live row, or the row as this edit removed it. */
  last(table: TableName, id: string): Row | undefined;
  isRemovedHere(table: TableName, id: string): boolean;
  put(table: TableName, id: string, row: Row | null): void;
  /** One entry a row, in the order in which rows were first changed. */
  changes(): readonly RowChange[];
  /** Every write, in order. */
  writes(): readonly RowWrite[];
  /** The id of the live row that holds this value of a field which no two rows share. */
  holderOf(table: TableName, field: string, value: Value): string | undefined;
}

export function draftOver(state: PlanState): Draft {
  const changed = new Map<string, RowChange & { readonly last: Row | undefined }>();
  const writes: RowWrite[] = [];
  const holders = new Map<string, Map<Value, string>>();
  const keyOf = (table: TableName, id: string) => `${table}/${id}`;

  function* rows(table: TableName): Iterable<Row> {
    for (const row of state.rows(table)) if (!changed.has(keyOf(table, row.id))) yield row;
    for (const change of changed.values()) if (change.table === table && change.row) yield change.row;
  }

  const draft: Draft = {
    get(table, id) {
      const change = changed.get(keyOf(table, id));
      return change ? (change.row ?? undefined) : state.get(table, id);
    },
    rows,
    isRemoved(table, id) {
      const change = changed.get(keyOf(table, id));
      return change ? change.row === null : state.isRemoved(table, id);
    },
    before: (table, id) => state.get(table, id),
    last(table, id) {
      const change = changed.get(keyOf(table, id));
      return change ? change.last : state.get(table, id);
    },
    isRemovedHere: (table, id) => changed.get(keyOf(table, id))?.row === null,
    put(table, id, row) {
      for (const [key, holder] of holders) {
        const [of, field = ''] = key.split('.');
        if (of !== table) continue;
        const old = draft.get(table, id)?.[field];
        if (old !== undefined && holder.get(old) === id) holder.delete(old);
        if (row) holder.set(row[field] ?? null, id);
      }
      writes.push({ table, id, before: draft.get(table, id) ?? null, after: row });
      changed.set(keyOf(table, id), { table, id, row, last: row ?? draft.last(table, id) });
    },
    changes: () => [...changed.values()],
    writes: () => writes,
    holderOf(table, field, value) {
      const key = `${table}.${field}`;
      let holder = holders.get(key);
      if (!holder) {
        // Built once an edit, and only for the tables whose codes the edit changes.
        holder = new Map();
        for (const row of rows(table)) holder.set(row[field] ?? null, row.id);
        holders.set(key, holder);
      }
      return holder.get(value);
    },
  };
  return draft;
}
