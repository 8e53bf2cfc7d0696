/** What a row is used by must be gone before it (docs/merge.md, "Removal"). */
import type { History, Stop } from './apply.ts';
import { allFields, conflictItem } from './conflict-items.ts';
import type { Draft, RowChange } from './draft.ts';
import type { Row } from './rows.ts';
import { TABLE_NAMES, TABLES, type TableName } from './schema.ts';
import { capitalised, describeRow } from './words.ts';

/** Others' new use of a removed row makes a conflict; what was there is the author's to remove, so it is refused. */
export function orphanStop(changes: readonly RowChange[], draft: Draft, history: History): Stop | null {
  const removed = changes.filter(({ table, id, row }) => row === null && draft.before(table, id));
  if (removed.length === 0) return null;
  const children = childrenOf(removed, draft);
  for (const change of removed) {
    const stop = orphansOf(change, children.get(change.id) ?? [], { draft, history });
    if (stop) return stop;
  }
  return null;
}

interface Child {
  readonly table: TableName;
  readonly row: Row;
}

/** By removed row: in the order of tables, then of ids, so that both sides name the same one first. */
function childrenOf(removed: readonly RowChange[], draft: Draft): ReadonlyMap<string, readonly Child[]> {
  const children = new Map<string, Child[]>(removed.map(({ id }) => [id, []]));
  const targets = new Set<TableName | undefined>(removed.map(({ table }) => table));
  for (const table of TABLE_NAMES) {
    const fields = Object.keys(TABLES[table]).filter((field) => targets.has(TABLES[table][field]?.table));
    if (fields.length === 0) continue;
    for (const row of draft.rows(table)) {
      const parents = new Set(fields.map((field) => row[field]));
      for (const parent of parents) children.get(String(parent))?.push({ table, row });
    }
  }
  const place = ({ table, row }: Child) => `${TABLE_NAMES.indexOf(table).toString().padStart(2, '0')} ${row.id}`;
  for (const list of children.values()) list.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return children;
}

function orphansOf(
  { table, id }: RowChange,
  children: readonly Child[],
  { draft, history }: { readonly draft: Draft; readonly history: History },
): Stop | null {
  const known = children.find((child) => (history.changedSince?.(child.table, child.row.id) ?? []).length === 0);
  if (known) {
    const what = capitalised(describeRow(draft.last, table, draft.last(table, id) ?? {}));
    const message = `${what} is still used by the ${describeRow(draft.last, known.table, known.row)}.`;
    return { refusal: { code: 'still_has_children', message, table, id, field: null } };
  }
  if (children.length === 0) return null;
  const items = children.map((child) => {
    const theirs = allFields(child.table, child.row);
    return conflictItem(history, { table: child.table, id: child.row.id, unit: 'row', base: null, theirs, mine: null });
  });
  return { cause: 'children_changed', items };
}
