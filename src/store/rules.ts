/**
 * Rules on the rows after the whole edit (docs/merge.md, "Rules"): references, removal, cycles, leads.
 * A rule that only the union of two people's changes breaks is a conflict. The twins are in functions/edit/rules.sql.
 */
import type { History, Stop } from './apply.ts';
import { allFields, conflictItem } from './conflict-items.ts';
import { cycleStop } from './cycle-rule.ts';
import type { Draft, RowChange } from './draft.ts';
import type { Refusal } from './edit.ts';
import { orphanStop } from './removal-rule.ts';
import { TABLES } from './schema.ts';
import { fieldWords, NOUNS } from './words.ts';

/** The first broken rule: rule by rule, each over the rows in the order in which the edit first changed them. */
export function brokenRule(draft: Draft, history: History): Stop | null {
  const changes = draft.changes();
  return (
    first(changes, (change) => danglingReference(change, draft, history)) ??
    orphanStop(changes, draft, history) ??
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
