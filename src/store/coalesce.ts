/**
 * Coalescing before the first send: an edit that never left this device and a later one of the same person become one,
 * or none where together they change nothing. What was sent stays as it is, because the server may have it; and nothing
 * is joined across an edit that touches the same rows, or that could change what the rules say in between.
 * Each act still goes back by itself (`QueueRecord.tookIn`). Pure.
 */
import type { QueueRecord } from './database.ts';
import type { Op } from './edit.ts';
import type { Effect } from './effect.ts';
import { agrees, sameValue } from './merge.ts';
import type { Fields } from './rows.ts';

/** The queued edit that this one could be joined with: the last one on its rows, if it is unsent and on no others. */
export function partnerOf(queue: readonly QueueRecord[], ops: readonly Op[]): QueueRecord | null {
  const ids = rowsOf(ops);
  for (const record of ids ? queue.toReversed() : []) {
    const { edit, sent } = record;
    const text = JSON.stringify(edit.ops);
    if (ids?.some((id) => text.includes(id))) {
      return !sent && sameValue(rowsOf(edit.ops), ids) ? record : null;
    }
    if (!edit.ops.every((op) => 'table' in op && op.table === 'chapter_schedules')) return null;
  }
  return null;
}

/** What remains of the two; [] where nothing does; null: they stay two. Effects are those predicted when each was typed. */
export function joined(
  first: { readonly ops: readonly Op[]; readonly effect: Effect | null },
  second: { readonly ops: readonly Op[]; readonly effect: Effect },
): readonly Op[] | null {
  const [before, ...more] = first.ops;
  // A set may have taken in others, of which its own effect says nothing; its base does.
  if (before?.op !== 'set' || more.length > 0)
    return first.effect && isOpposite(first.effect, second.effect) ? [] : null;
  const [after, ...others] = second.ops;
  if (after?.op !== 'set' || others.length > 0 || !after.base || !agrees(before.set, after.base)) return null;
  if (before.table !== after.table || !sameValue(Object.keys(before.set), Object.keys(after.set))) return null;
  if (before.base && agrees(before.base, after.set)) return [];
  return STEPS.some((field) => field in after.set) ? null : [{ ...after, base: before.base }];
}

/** Rules judge a change of these by what it was before (`step-rules.ts`): two steps may go where one leap may not. */
const STEPS = ['status', 'state'];

function isOpposite(first: Effect, second: Effect): boolean {
  const sides = (effect: Effect, from: 'before' | 'after', to: 'before' | 'after'): Fields =>
    Object.fromEntries(effect.map((row) => [`${row.table}/${row.id}`, [row[from], row[to]]]));
  return second.length > 0 && sameValue(sides(first, 'before', 'after'), sides(second, 'after', 'before'));
}

/** Sorted; null where an op does more than change rows. */
function rowsOf(ops: readonly Op[]): readonly string[] | null {
  if (!ops.every((op) => 'table' in op)) return null;
  return [...new Set(ops.map(({ id }) => id))].sort();
}
