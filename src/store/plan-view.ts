/** What a replica holds, as views see it. Pure. */
import type { Base } from './base.ts';
import type { QueueRecord } from './database.ts';
import type { Desk } from './desk.ts';
import { assert } from './errors.ts';
import type { Overlay } from './overlay.ts';
import type { Role } from './rows.ts';
import { undoLabel } from './undo.ts';
import type { PlanView } from './view.ts';

/** An edit in memory: `isKept` turns true when its transaction completed. */
export interface PendingEdit {
  readonly record: QueueRecord;
  readonly isKept: boolean;
}

interface Held {
  readonly planId: string;
  readonly user: PlanView['user'];
  readonly base: Base;
  readonly overlay: Overlay;
  readonly pending: readonly PendingEdit[];
  readonly desk: Desk;
  readonly damaged: number;
}

export function planView({ planId, user, base, overlay, pending, desk, damaged }: Held): PlanView {
  const { rows, verdicts, pendingRows } = overlay;
  return {
    planId,
    user,
    role: roleOf(desk),
    rev: desk.state?.rev ?? 0,
    rows,
    base: base.rows,
    pendingRows,
    queue: pending.map(({ record, isKept }, i) => {
      const predicted = verdicts[i];
      assert(predicted, 'the overlay gives a verdict for each edit');
      const { edit, sent: isSent, tookIn } = record;
      return { edit, predicted, isKept, isSent, tookIn };
    }),
    refused: desk.refused,
    merged: desk.merged,
    damaged,
    restored: desk.restored,
    events: desk.state?.events ?? [],
    undo: desk.piles.undo ? undoLabel(desk.piles.undo) : null,
    undoOf: desk.piles.undo?.editId ?? null,
    redo: desk.piles.redo ? undoLabel(desk.piles.redo) : null,
  };
}

/** Before the first snapshot nobody knows more. */
export function roleOf({ state }: Desk): Role {
  return state?.role ?? 'viewer';
}
