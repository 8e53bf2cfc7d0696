/** What an edit would make of the plan as this device knows it, before anybody makes it. Pure. */
import { applyEdit } from './apply.ts';
import type { Op, Verdict } from './edit.ts';
import { LayeredMap } from './layered-map.ts';
import type { Row } from './rows.ts';
import type { PlanView, RowMaps } from './view.ts';

export interface Preview {
  readonly verdict: Verdict;
  /** The plan afterwards; as it is where the edit would not be applied. */
  readonly view: PlanView;
}

export function previewOf(view: PlanView, ops: readonly Op[]): Preview {
  const rows = view.rows as unknown as { readonly [table: string]: ReadonlyMap<string, Row> };
  const state = {
    get: (table: string, id: string) => rows[table]?.get(id),
    rows: (table: string) => rows[table]?.values() ?? [],
    isRemoved: (table: string, id: string) => !rows[table]?.has(id),
  };
  const { verdict, changes } = applyEdit(state, { id: '', ops }, { ...view.user, role: view.role });
  const over = new Map<string, Map<string, Row | undefined>>();
  for (const { table, id, row } of changes) {
    over.set(table, (over.get(table) ?? new Map()).set(id, row ?? undefined));
  }
  // One layer a table, however many rows: each reader goes through all layers.
  const layered = [...over].map(([table, changed]) => [table, new LayeredMap(rows[table] ?? new Map(), changed)]);
  const after = { ...rows, ...Object.fromEntries(layered) };
  return { verdict, view: { ...view, rows: after as unknown as RowMaps } };
}
