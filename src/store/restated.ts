/**
 * What a conflict is about as the plan stands now. It was written down when the server met it: an edit that waited for
 * another one was not merged at all then, and what stood may have moved since. Who decides must see what they decide over.
 * Pure.
 */
import { conflictItem, unitFields } from './conflict-items.ts';
import type { Op } from './edit.ts';
import { findRow } from './find-row.ts';
import { sameValue } from './merge.ts';
import { previewOf } from './preview.ts';
import type { Conflict, ConflictCause, ConflictItem, Fields } from './rows.ts';
import { TABLES, unitOf } from './schema.ts';
import type { PlanView } from './view.ts';

export function restated(view: PlanView, conflict: Conflict): Conflict {
  if (conflict.cause !== 'blocked' && !isAboutValues(conflict.cause)) return conflict;
  const ops = conflict.ops.filter(({ op }) => op !== 'resolve');
  const { verdict, view: after } = previewOf(view, ops);
  const met = verdict.outcome === 'conflict' && isAboutValues(verdict.cause) ? verdict : null;
  const now = (met?.items ?? []).map((item) => attributed(view, item));
  if (conflict.cause !== 'blocked') {
    const known = conflict.items.map((item) => asItStands(view, item, conflict));
    return { ...conflict, items: [...known, ...now.filter((item) => !known.some((other) => isSame(other, item)))] };
  }
  if (met !== null) return { ...conflict, cause: met.cause, items: now };
  const asked = verdict.outcome === 'applied' || verdict.outcome === 'merged' ? whatChanges(view, after, ops) : [];
  return asked.length > 0 ? { ...conflict, items: asked } : conflict;
}

/** `table/id/unit`: what two conflicts may both be about. */
export const subjectOf = ({ table, id, unit }: ConflictItem) => `${table}/${id}/${unit}`;

const isSame = (one: ConflictItem, other: ConflictItem) => subjectOf(one) === subjectOf(other);

/** Two people gave one unit two values; elsewhere a row or a rule is in the way. */
export function isAboutValues(cause: ConflictCause): boolean {
  return ['both_changed', 'both_moved', 'both_resized', 'double_slip'].includes(cause);
}

function asItStands(view: PlanView, item: ConflictItem, { rev }: Conflict): ConflictItem {
  const row = findRow(view, item.table, item.id);
  if (row === undefined || row.rev <= rev || item.theirs === null || item.unit === 'row') return item;
  const stands = Object.fromEntries(Object.keys(item.theirs).map((field) => [field, row[field] ?? null]));
  return sameValue(stands, item.theirs) ? item : attributed(view, { ...item, theirs: stands });
}

/** Names who changed the row, where the events at hand leave no doubt. */
function attributed(view: PlanView, item: ConflictItem): ConflictItem {
  const events = view.events.filter(({ row_id, actor }) => row_id === item.id && actor !== view.user.key);
  const [last] = events;
  const isSure = last !== undefined && events.every(({ actor }) => actor === last.actor);
  return {
    ...item,
    theirs_by: isSure ? last.actor : null,
    theirs_at: isSure ? last.at : null,
    theirs_rev: findRow(view, item.table, item.id)?.rev ?? null,
  };
}

/** What the ops would still do, unit by unit, where nothing is in dispute. */
function whatChanges(view: PlanView, after: PlanView, ops: readonly Op[]): readonly ConflictItem[] {
  const rows = new Map(ops.flatMap((op) => ('table' in op ? [[op.id, op.table] as const] : [])));
  return [...rows].flatMap(([id, table]) => {
    const [was, becomes] = [findRow(view, table, id), findRow(after, table, id)];
    if (was === undefined || becomes === undefined) return [];
    const fields = Object.keys(TABLES[table]).filter((field) => !sameValue(was[field] ?? null, becomes[field] ?? null));
    const units = [...new Set(fields.map((field) => unitOf(table, field)))];
    const side = (unit: string, row: Fields) => unitFields(table, unit, row);
    return units.map((unit) => {
      const stands = side(unit, was);
      return conflictItem({}, { table, id, unit, base: stands, theirs: stands, mine: side(unit, becomes) });
    });
  });
}
