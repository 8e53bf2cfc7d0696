/** What undo and redo would do, and what they did, in words. Pure. */
import type { UndoRecord } from './database.ts';
import type { Op } from './edit.ts';
import { type Inverse, inverseOf } from './effect.ts';
import { findRow } from './find-row.ts';
import { sentence } from './isolated.ts';
import type { TableName } from './schema.ts';
import type { PlanView } from './view.ts';
import { capitalised, describeRow } from './words.ts';

/** "Undo slip of 12 chapters". */
export function undoLabel({ pile, label }: UndoRecord): string {
  // "AB: done" starts with a code, "Slip of AB" with a word.
  const isWord = /^\p{Lu}\p{Ll}/u.test(label);
  return sentence`${pile === 'undo' ? 'Undo' : 'Redo'} ${isWord ? label.charAt(0).toLowerCase() + label.slice(1) : label}`;
}

/** The ops that put back what the record's edit did; of a conflict: mine is dismissed. */
export function backOps(view: PlanView, { effect }: UndoRecord): Inverse {
  if (!('conflict' in effect)) return inverseOf(view, effect);
  const isOpen = view.rows.conflicts.get(effect.conflict)?.state === 'open';
  const dismiss: Op = { op: 'resolve', id: effect.conflict, choice: 'theirs' };
  return { ops: isOpen ? [dismiss] : [], kept: [] };
}

const KEPT_NAMED = 3;

/** "Undone: slip of 2 chapters. Schedule of chapter AB in RUN1: planner-b changed it after you: kept." */
export function undoneWords(view: PlanView, record: UndoRecord, { ops, kept }: Inverse): string {
  const done = record.pile === 'undo' ? 'Undone' : 'Done again';
  const find = (table: TableName, id: string) => findRow(view, table, id);
  const sentences = kept.slice(0, KEPT_NAMED).map(({ table, id, why }) => {
    const row = find(table, id);
    const last = view.events.find(({ row_id, actor }) => row_id === id && actor !== view.user.key);
    const reason = why ?? `${last?.actor_name ?? 'somebody'} changed it after you: kept.`;
    return row ? sentence`${capitalised(describeRow(find, table, row))}: ${reason}` : reason;
  });
  const more = kept.length > KEPT_NAMED ? [`${kept.length - KEPT_NAMED} more are kept.`] : [];
  return [
    sentence`${ops.length > 0 ? done : `Not ${done.toLowerCase()}`}: ${record.label}.`,
    ...sentences,
    ...more,
  ].join(' ');
}
