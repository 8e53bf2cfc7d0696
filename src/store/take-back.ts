/**
 * How the top of a pile goes back. Most often by the opposite edit; an edit that became a conflict has changed nothing yet, so
 * what goes back is the question. Pure.
 *
 * To undo such an edit withdraws its conflict. The server opens none again, and to lay mine over theirs would be a decision
 * that nobody took; so redo makes the same edit once more, on what it was made on: it meets the same change and asks again,
 * or applies where nothing stands against it any more.
 *
 * An edit that waits and of which nothing will stand, as far as this device knows, has changed nothing either: it leaves the
 * queue, unless a request has carried it.
 */
import type { AskedAgain, UndoRecord, Withdrawn } from './database.ts';
import type { Edit, Op, Refusal } from './edit.ts';
import { effectOf, type Inverse, inverseOf } from './effect.ts';
import { findRow } from './find-row.ts';
import { LayeredMap } from './layered-map.ts';
import { previewOf } from './preview.ts';
import type { Row } from './rows.ts';
import { stillMakesSense } from './still-makes-sense.ts';
import { isEffect } from './undo-piles.ts';
import type { PlanView, QueuedEdit, RowMaps } from './view.ts';

/**
 * - `edit`: by a new edit. `taken out`: the edit itself leaves the queue, which no request has carried. `sent`: not before its
 *   receipt is here.
 * - `leaves`: what the other pile gets.
 */
export type Back =
  | (Inverse & { readonly by: 'edit'; readonly leaves: UndoRecord['effect'] })
  | { readonly by: 'taken out'; readonly edit: Edit; readonly leaves: UndoRecord['effect'] }
  | { readonly by: 'sent' };

/** There is nothing to take back any more. */
const NOTHING_LEFT: Back = { by: 'edit', ops: [], kept: [], leaves: [] };

export function backOf(view: PlanView, { effect, editId }: UndoRecord): Back {
  const waiting = view.queue.find(({ edit }) => edit.id === editId);
  if (isEffect(effect)) {
    const { outcome } = waiting?.predicted ?? {};
    if (waiting && (outcome === 'conflict' || outcome === 'refused')) return notToBe(waiting);
    const inverse = inverseOf(view, effect);
    return { by: 'edit', ...inverse, leaves: effectOf(view, inverse.ops) };
  }
  if ('asked' in effect) return notAsked(effect, waiting);
  if ('withdrawn' in effect) {
    const { withdrawn, conflict } = effect;
    if (waiting && !waiting.isSent && conflict !== null)
      return { by: 'taken out', edit: waiting.edit, leaves: { conflict } };
    return askAgain(view, withdrawn);
  }
  const conflict = view.rows.conflicts.get(effect.conflict);
  if (conflict?.state !== 'open') return NOTHING_LEFT;
  const leaves: Withdrawn = { conflict: conflict.id, withdrawn: conflict.ops };
  return { by: 'edit', ops: [{ op: 'resolve', id: conflict.id, choice: 'theirs' }], kept: [], leaves };
}

function notToBe({ edit, isSent, predicted }: QueuedEdit): Back {
  if (!isSent) return { by: 'taken out', edit, leaves: { conflict: null, withdrawn: edit.ops } };
  return predicted.outcome === 'refused' ? refused(edit.ops, predicted.refusal) : { by: 'sent' };
}

/** Nothing goes back, or comes again, and the rules say why. */
function refused(ops: readonly Op[], { message }: Refusal): Back {
  const kept = ops.flatMap((op) => ('table' in op ? [{ table: op.table, id: op.id, why: message }] : []));
  return { by: 'edit', ops: [], kept: kept.slice(0, 1), leaves: [] };
}

function notAsked({ asked }: AskedAgain, waiting: QueuedEdit | undefined): Back {
  if (waiting?.isSent) return { by: 'sent' };
  // A replica whose queue lost it has nothing to take back.
  if (!waiting) return NOTHING_LEFT;
  return { by: 'taken out', edit: waiting.edit, leaves: { conflict: null, withdrawn: asked } };
}

function askAgain(view: PlanView, withdrawn: readonly Op[]): Back {
  const ops = withdrawn.filter((op) => stillMakesSense(view, op));
  const { verdict } = previewOf(view, ops);
  if (verdict.outcome === 'noop' || ops.length === 0) return NOTHING_LEFT;
  if (verdict.outcome === 'refused') return refused(ops, verdict.refusal);
  const leaves =
    verdict.outcome === 'conflict' ? { asked: ops, effect: effectOf(asItWas(view, ops), ops) } : effectOf(view, ops);
  return { by: 'edit', ops, kept: [], leaves };
}

/** The plan with what the ops were made on. */
function asItWas(view: PlanView, ops: readonly Op[]): PlanView {
  let rows: RowMaps = view.rows;
  // Of several ops on a row the first one met it as it was.
  for (const op of ops.toReversed()) {
    if (!('base' in op) || !op.base) continue;
    const row = findRow({ rows }, op.table, op.id);
    if (!row) continue;
    const under = rows[op.table] as ReadonlyMap<string, unknown> as ReadonlyMap<string, Row>;
    const was = new LayeredMap(under, new Map([[op.id, { ...row, ...op.base }]]));
    rows = { ...rows, [op.table]: was } as RowMaps;
  }
  return { ...view, rows };
}
