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
import { whyNotChange } from './abilities.ts';
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
 * - `edit`: by a new edit. `taken out`: the edit itself leaves the queue, which no request has carried. `later`: not now, so it
 *   stays to be taken back. `nothing`: there is nothing of it to take back any more.
 * - `leaves`: what the other pile gets.
 */
export type Back =
  | (Inverse & { readonly by: 'edit'; readonly leaves: UndoRecord['effect'] })
  | { readonly by: 'taken out'; readonly edit: Edit; readonly leaves: UndoRecord['effect'] }
  | { readonly by: 'later'; readonly why: string }
  | { readonly by: 'nothing'; readonly why: string | null };

const NOTHING_LEFT: Back = { by: 'nothing', why: null };

/** Where nothing of the plan can be changed now, it may be possible again tomorrow. */
export function backOf(view: PlanView, record: UndoRecord): Back {
  const back = opposite(view, record);
  const why = whyNotChange(view);
  if (why === null || back.by === 'taken out' || back.by === 'later') return back;
  // The edit that closed the plan is what opens it.
  const ops = back.by === 'edit' ? back.ops : [];
  return ops.length > 0 && previewOf(view, ops).verdict.outcome !== 'refused' ? back : { by: 'later', why };
}

function opposite(view: PlanView, { effect, editId }: UndoRecord): Back {
  const waiting = view.queue.find(({ edit }) => edit.id === editId);
  if (isEffect(effect)) {
    const carrier = waiting ?? view.queue.find(({ tookIn }) => tookIn?.some(({ id }) => id === editId));
    const { outcome } = carrier?.predicted ?? {};
    if (carrier && (outcome === 'conflict' || outcome === 'refused')) return notToBe(carrier, editId);
    const inverse = inverseOf(view, effect);
    if (inverse.ops.length + inverse.kept.length === 0) return NOTHING_LEFT;
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
  if (conflict?.state !== 'open') return conflict ? { by: 'nothing', why: 'Its conflict is settled.' } : NOTHING_LEFT;
  const leaves: Withdrawn = { conflict: conflict.id, withdrawn: conflict.ops };
  return { by: 'edit', ops: [{ op: 'resolve', id: conflict.id, choice: 'theirs' }], kept: [], leaves };
}

function notToBe(carrier: QueuedEdit, editId: string): Back {
  const { edit, isSent, predicted } = carrier;
  // Of one that later acts were joined into only the last goes by itself.
  if (!isSent && edit.id === editId)
    return { by: 'taken out', edit, leaves: { conflict: null, withdrawn: lastStepOf(carrier) } };
  const fate = predicted.outcome === 'refused' ? `be refused: ${predicted.refusal.message}` : CAN_BE_UNDONE;
  return { by: 'later', why: `It is on its way and will ${fate}` };
}

/** What the last act that was joined into it did; the whole where there was no other. */
function lastStepOf({ edit, tookIn }: QueuedEdit): readonly Op[] {
  const [from, to] = [tookIn?.at(-1)?.ops[0], edit.ops[0]];
  return from?.op === 'set' && to?.op === 'set' ? [{ ...to, base: from.set }] : edit.ops;
}

const CAN_BE_UNDONE = 'be a conflict, which can then be undone.';

/** Nothing goes back, or comes again, and the rules say why. */
function refused(ops: readonly Op[], { message }: Refusal): Back {
  const kept = ops.flatMap((op) => ('table' in op ? [{ table: op.table, id: op.id, why: message }] : []));
  return { by: 'edit', ops: [], kept: kept.slice(0, 1), leaves: [] };
}

function notAsked({ asked }: AskedAgain, waiting: QueuedEdit | undefined): Back {
  if (waiting?.isSent) return { by: 'later', why: `It is on its way and will ${CAN_BE_UNDONE}` };
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
