/**
 * Rules on the rows after the whole edit (docs/merge.md, "Rules"): references, removal, cycles, leads.
 * A rule that only the union of two people's changes breaks is a conflict. The twins are in functions/edit/rules.sql.
 */
import type { History, Stop } from './apply.ts';
import { allFields, conflictItem } from './conflict-items.ts';
import { cycleStop } from './cycle-rule.ts';
import type { Draft, RowChange } from './draft.ts';
import type { Refusal } from './edit.ts';
import type { Row } from './rows.ts';
import { TABLE_NAMES, TABLES, type TableName } from './schema.ts';
import { capitalised, describeRow, fieldWords, NOUNS } from './words.ts';

/** The first broken rule: rule by rule, each over the rows in the order in which the edit first changed them. */
export function brokenRule(draft: Draft, history: History): Stop | null {
  const changes = draft.changes();
  return (
    first(changes, (change) => danglingReference(change, draft, history)) ??
    first(changes, (change) => orphans(change, draft, history)) ??
    cycleStop(changes, draft, history) ??
    noLeadLeft(changes, draft)
  );
}

function first(changes: readonly RowChange[], rule: (change: RowChange) => Stop | null): Stop | null {
  for (const change of changes) {
    const stop = rule(change);
    if (stop) return stop;
  }
  return null;
}

function danglingReference({ table, id, row }: RowChange, draft: Draft, history: History): Stop | null {
  if (!row) return null;
  const before = draft.before(table, id);
  for (const [field, { type, table: target }] of Object.entries(TABLES[table])) {
    const to = row[field];
    if (type !== 'reference' || target === undefined || typeof to !== 'string') continue;
    if (before?.[field] === to || draft.get(target, to)) continue;
    if (!draft.isRemoved(target, to) || draft.isRemovedHere(target, to)) {
      const message = `The ${fieldWords(field)} of this ${NOUNS[table]} is not known in this plan.`;
      return { refusal: refused('unknown_row', message, { table, id, field }) };
    }
    const last = history.lastRow?.(target, to);
    const fields = last ? allFields(target, last) : null;
    const item = { table: target, id: to, unit: 'row', base: fields, theirs: null, mine: fields };
    return { cause: 'removed', items: [conflictItem(history, item)] };
  }
  return null;
}

/** Rows that still refer to a removed one: others' new work makes a conflict, what was there is the author's to remove. */
function orphans({ table, id, row }: RowChange, draft: Draft, history: History): Stop | null {
  const removed = draft.before(table, id);
  if (row || !removed) return null;
  const children = referrers(draft, table, id);
  const known = children.find((child) => (history.changedSince?.(child.table, child.row.id) ?? []).length === 0);
  if (known) {
    const child = describeRow(draft.last, known.table, known.row);
    const message = `${capitalised(describeRow(draft.last, table, draft.last(table, id) ?? removed))} is still used by the ${child}.`;
    return { refusal: refused('still_has_children', message, { table, id, field: null }) };
  }
  if (children.length === 0) return null;
  const items = children.map((child) => {
    const theirs = allFields(child.table, child.row);
    return conflictItem(history, { table: child.table, id: child.row.id, unit: 'row', base: null, theirs, mine: null });
  });
  return { cause: 'children_changed', items };
}

interface Child {
  readonly table: TableName;
  readonly row: Row;
}

/** In the order of tables, then of ids, so that both sides name the same one first. */
function referrers(draft: Draft, target: TableName, id: string): readonly Child[] {
  return TABLE_NAMES.flatMap((table) => {
    const fields = Object.keys(TABLES[table]).filter((field) => TABLES[table][field]?.table === target);
    if (fields.length === 0) return [];
    const rows = [...draft.rows(table)].filter((row) => fields.some((field) => row[field] === id));
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => ({ table, row }));
  });
}

function noLeadLeft(changes: readonly RowChange[], draft: Draft): Stop | null {
  const member = changes.find(
    ({ table, id, row }) =>
      table === 'plan_members' && draft.before(table, id)?.role === 'lead' && row?.role !== 'lead',
  );
  if (!member) return null;
  for (const { role } of draft.rows('plan_members')) if (role === 'lead') return null;
  const { table, id } = member;
  return { refusal: refused('not_allowed', 'A plan needs at least one lead.', { table, id, field: 'role' }) };
}

function refused(code: Refusal['code'], message: string, where: Pick<Refusal, 'table' | 'id' | 'field'>): Refusal {
  return { code, message, ...where };
}
