/**
 * The overlay: pending edits applied over base, in order, as the server will most likely apply them. Only rows that an
 * edit touches are held; the cost is that of the queued edits, not of the plan. Pure.
 */
import { type Actor, applyEdit, type PlanState } from './apply.ts';
import type { Base } from './base.ts';
import type { Edit, Verdict } from './edit.ts';
import { LayeredMap } from './layered-map.ts';
import type { Row } from './rows.ts';
import { TABLE_NAMES, type TableName } from './schema.ts';
import type { RowMaps } from './view.ts';

export interface Overlay {
  /** base ⊕ pending. */
  readonly rows: RowMaps;
  /** One per edit, in their order. */
  readonly verdicts: readonly Verdict[];
  /** Ids of rows that a pending edit changes. */
  readonly pendingRows: ReadonlySet<string>;
}

export function overlay(base: Base, edits: readonly Edit[], actor: Actor): Overlay {
  const over = new Map<TableName, Map<string, Row | undefined>>();
  const pendingRows = new Set<string>();
  const state: PlanState = {
    get: (table, id) => {
      const rows = over.get(table);
      return rows?.has(id) ? rows.get(id) : base.table(table).get(id);
    },
    rows: (table) => {
      const rows = over.get(table);
      return rows ? new LayeredMap(base.table(table), rows).values() : base.table(table).values();
    },
    isRemoved: (table, id) => {
      const rows = over.get(table);
      return rows?.has(id) ? rows.get(id) === undefined : base.isRemoved(table, id);
    },
  };
  // What builds on an edit that will need a decision waits for it, on the server as here.
  const disputed = new Set<string>();
  const history = { isBlocked: (id: string) => disputed.has(id) };
  const verdicts = edits.map((edit) => {
    const { verdict, changes } = applyEdit(state, edit, actor, history);
    if (verdict.outcome === 'conflict') for (const op of edit.ops) if ('id' in op) disputed.add(op.id);
    for (const { table, id, row } of changes) {
      const rows = over.get(table) ?? new Map<string, Row | undefined>();
      over.set(table, rows.set(id, row ?? undefined));
      pendingRows.add(id);
    }
    return verdict;
  });
  const rows = Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const rowsOver = over.get(table);
      return [table, rowsOver ? new LayeredMap(base.table(table), rowsOver) : base.table(table)];
    }),
  );
  return { rows: rows as unknown as RowMaps, verdicts, pendingRows };
}
