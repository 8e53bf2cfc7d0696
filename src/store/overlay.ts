/**
 * The overlay: pending edits applied over base, in order, as the server will most likely apply them. Only rows that an
 * edit touches are held; the cost is that of the edits that are new, not of the plan or of the queue. Pure.
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
  /** Of which edits, in their order. */
  readonly edits: readonly string[];
  /** By table, the rows that differ from base; undefined: removed. */
  readonly over: ReadonlyMap<TableName, ReadonlyMap<string, Row | undefined>>;
  /** Ids of rows of an edit that will need a decision. */
  readonly disputed: ReadonlySet<string>;
}

const NOTHING = { verdicts: [], pendingRows: [], edits: [], over: [], disputed: [] };

/** `before`, an overlay over the same base and for the same actor, is gone on from where its edits come first here. */
export function overlay(base: Base, edits: readonly Edit[], actor: Actor, before: Overlay | null): Overlay {
  const isGoneOn = before?.edits.every((id, i) => id === edits[i]?.id) ?? false;
  const known = isGoneOn && before ? before : NOTHING;
  const over = new Map<TableName, ReadonlyMap<string, Row | undefined>>(known.over);
  const pendingRows = new Set<string>(known.pendingRows);
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
  const disputed = new Set<string>(known.disputed);
  const history = { isBlocked: (id: string) => disputed.has(id) };
  const news = edits.slice(known.edits.length).map((edit) => {
    const { verdict, changes } = applyEdit(state, edit, actor, history);
    if (verdict.outcome === 'conflict') for (const op of edit.ops) if ('id' in op) disputed.add(op.id);
    for (const table of new Set(changes.map(({ table: changed }) => changed))) {
      // A copy: views still hold what was shown before.
      const rows = new Map(over.get(table));
      for (const { table: changed, id, row } of changes) if (changed === table) rows.set(id, row ?? undefined);
      over.set(table, rows);
    }
    for (const { id } of changes) pendingRows.add(id);
    return verdict;
  });
  const rows = Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const rowsOver = over.get(table);
      return [table, rowsOver ? new LayeredMap(base.table(table), rowsOver) : base.table(table)];
    }),
  );
  return {
    rows: rows as unknown as RowMaps,
    verdicts: [...known.verdicts, ...news],
    pendingRows,
    edits: edits.map(({ id }) => id),
    over,
    disputed,
  };
}
