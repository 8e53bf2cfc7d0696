/** What receipts do to what can be undone and redone. Inside a transaction. */
import type { RowChange } from './base.ts';
import type { UndoRecord, WriteTransaction } from './database.ts';
import type { Edit, Receipt } from './edit.ts';
import { settledEffect } from './effect.ts';
import type { Row } from './rows.ts';
import { heightsIn, isEffect, keyOf } from './undo-piles.ts';

/** An edit of the queue, and what the server said to it. */
export interface Settled {
  readonly edit: Edit;
  readonly tookIn?: readonly Edit[] | undefined;
  readonly receipt: Receipt;
}

/**
 * What had no effect leaves; what became a conflict is undone by dismissing it, and with it what was joined into it; what was
 * combined with somebody else's change learns what it really did; what an undo was to take back and did not can be undone
 * again. `changes`: rows as they stand after the last one.
 */
export async function settlePiles(
  transaction: WriteTransaction,
  settled: readonly Settled[],
  changes: readonly RowChange[],
): Promise<void> {
  const store = transaction.objectStore('undo');
  const recordsOf = ({ edit, tookIn = [] }: Settled) =>
    Promise.all([edit, ...tookIn.toReversed()].map(({ id }) => store.index('editId').get(id)));
  const [{ undo: height }, ...records] = await Promise.all([heightsIn(transaction), ...settled.map(recordsOf)]);
  const standing: Standing = new Map(changes.map(({ table, id, row }) => [`${table}/${id}`, row]));
  const writes: Promise<unknown>[] = [];
  let place = height;
  // The last one left its rows as they are now; each earlier one as the next one found them.
  for (const [i, each] of [...settled.entries()].reverse()) {
    for (const record of records[i] ?? []) {
      if (!record) continue;
      const becomes = settledRecord(record, each, standing);
      const isBack = becomes !== null && becomes.pile !== record.pile;
      if (isBack) place += 1;
      const kept = isBack ? { ...becomes, place } : becomes;
      if (kept === null || isBack) writes.push(store.delete(keyOf(record)));
      if (kept !== null) writes.push(store.put(kept, keyOf(kept)));
    }
  }
  await Promise.all(writes);
}

/** By `table/id`; null: no such row. */
type Standing = Map<string, Row | null>;

/** Null: nothing of it is left to take back. On the other pile: it was to take something back, and did not. */
function settledRecord(record: UndoRecord, { edit, receipt }: Settled, standing: Standing): UndoRecord | null {
  const { outcome, conflict, merged, rev, dup } = receipt;
  if (outcome === 'refused' && record.pile === 'redo') {
    const effect = notUndone(record, receipt);
    return effect && { ...record, pile: 'undo', effect };
  }
  // Somebody was first to settle the conflict that an undo was to withdraw.
  if ('withdrawn' in record.effect) return outcome === 'applied' ? record : null;
  const predicted = isEffect(record.effect) ? record.effect : record.effect.effect;
  if (conflict !== null) {
    const effect = { conflict, ...(predicted ? { effect: predicted } : {}) };
    // One question is asked, by the name of the last: what was joined into it goes with it.
    return record.editId === edit.id ? { ...record, effect } : null;
  }
  if (outcome === 'noop' || outcome === 'refused' || !predicted) return null;
  const effect = settledEffect(predicted, { ops: edit.ops, merged }, (table, id) => {
    const row = standing.get(`${table}/${id}`);
    return row && (row.rev === rev || (row.rev === FOUND && !dup)) ? row : undefined;
  });
  for (const { table, id, before } of effect) {
    const row = standing.get(`${table}/${id}`);
    standing.set(`${table}/${id}`, row && before ? { ...row, ...before, rev: FOUND } : null);
  }
  return effect.length > 0 ? { ...record, effect } : null;
}

/** What an undo that was refused was to take back, which stands as before; null where somebody settled the conflict first. */
function notUndone({ effect }: UndoRecord, { refusal }: Receipt): UndoRecord['effect'] | null {
  if (isEffect(effect)) return effect.map(({ before, after, ...row }) => ({ ...row, before: after, after: before }));
  if (!('withdrawn' in effect) || effect.conflict === null || refusal?.code === 'conflict_closed') return null;
  return { conflict: effect.conflict };
}

/** In place of a rev: the row as a later edit of this device found it. */
const FOUND = -1;
