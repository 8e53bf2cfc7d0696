/** The two piles on disk: what can be undone, and what can be redone. Every function runs inside a transaction. */
import type { RowChange } from './base.ts';
import type { ReadTransaction, UndoPile, UndoRecord, WriteTransaction } from './database.ts';
import type { Edit, Receipt } from './edit.ts';
import { type Effect, settledEffect } from './effect.ts';
import { keysBetween } from './key-range.ts';

/** The top of each pile. */
export interface Piles {
  readonly undo: UndoRecord | undefined;
  readonly redo: UndoRecord | undefined;
}

/** What an edit does to the piles. `takes`: the record that it undoes or redoes; absent for a new act of a person. */
export interface PileStep {
  readonly label: string;
  readonly effect: UndoRecord['effect'];
  readonly takes?: UndoRecord;
}

/** The highest place of each pile; 0 where it is empty. */
export type Heights = { readonly [P in UndoPile]: number };

export async function topsIn(transaction: ReadTransaction | WriteTransaction): Promise<Piles> {
  const top = async (pile: UndoPile) => (await transaction.objectStore('undo').openCursor(allOf(pile), 'prev'))?.value;
  const [undo, redo] = await Promise.all([top('undo'), top('redo')]);
  return { undo, redo };
}

/** As `topsIn`, without reading what lies there. */
export async function heightsIn(transaction: WriteTransaction): Promise<Heights> {
  const height = async (pile: UndoPile) =>
    (await transaction.objectStore('undo').openKeyCursor(allOf(pile), 'prev'))?.key[1] ?? 0;
  const [undo, redo] = await Promise.all([height('undo'), height('redo')]);
  return { undo, redo };
}

/** Whether the record still is where a person saw it: another tab may have been first. */
export async function isThere(transaction: WriteTransaction, record: UndoRecord): Promise<boolean> {
  return (await transaction.objectStore('undo').get(keyOf(record)))?.editId === record.editId;
}

/** What an edit was predicted to change; null where its record is gone. */
export async function effectIn(transaction: WriteTransaction, editId: string): Promise<Effect | null> {
  const effect = (await transaction.objectStore('undo').index('editId').get(editId))?.effect;
  return effect && isEffect(effect) ? effect : null;
}

/** Lays an edit on its pile; a new act of a person ends what could be redone. Returns the tops after it. */
export async function lay(
  transaction: WriteTransaction,
  heights: Heights,
  { editId, label, effect, takes }: PileStep & { editId: string },
): Promise<Piles> {
  const store = transaction.objectStore('undo');
  const pile = takes?.pile === 'undo' ? 'redo' : 'undo';
  const record = { pile, place: heights[pile] + 1, editId, label, effect } as const;
  const leavesSome = !isEffect(effect) || effect.length > 0;
  const isAct = takes === undefined && leavesSome;
  const writes = [
    takes ? store.delete(keyOf(takes)) : null,
    isAct && heights.redo > 0 ? store.delete(allOf('redo')) : null,
    leavesSome ? store.put(record, keyOf(record)) : null,
  ];
  const [piles] = await Promise.all([isAct ? { undo: record, redo: undefined } : topsIn(transaction), ...writes]);
  return piles;
}

export function isEffect(effect: UndoRecord['effect']): effect is Effect {
  return Array.isArray(effect);
}

/** An edit of the queue, and what the server said to it. */
export interface Settled {
  readonly edit: Edit;
  readonly receipt: Receipt;
}

/**
 * What receipts do to the piles: what had no effect leaves, what became a conflict is undone by dismissing it, and what
 * was combined with somebody else's change learns what it really did. `changes`: rows as they stand after the last one.
 */
export async function settlePiles(
  transaction: WriteTransaction,
  settled: readonly Settled[],
  changes: readonly RowChange[],
): Promise<void> {
  const store = transaction.objectStore('undo');
  const records = await Promise.all(settled.map(({ edit }) => store.index('editId').get(edit.id)));
  const standing = new Map(changes.map(({ table, id, row }) => [`${table}/${id}`, row]));
  const writes: Promise<unknown>[] = [];
  // The last one left its rows as they are now; each earlier one as the next one found them.
  for (const [i, { edit, receipt }] of [...settled.entries()].reverse()) {
    const record = records[i];
    const { outcome, conflict, merged, rev, dup } = receipt;
    if (!record) continue;
    if ('withdrawn' in record.effect) {
      // Somebody was first to settle the conflict that an undo was to withdraw.
      if (outcome !== 'applied') writes.push(store.delete(keyOf(record)));
      continue;
    }
    const predicted = isEffect(record.effect) ? record.effect : record.effect.effect;
    if (conflict !== null) {
      const effect = { conflict, ...(predicted ? { effect: predicted } : {}) };
      writes.push(store.put({ ...record, effect }, keyOf(record)));
    } else if (outcome === 'noop' || outcome === 'refused' || !predicted) writes.push(store.delete(keyOf(record)));
    else {
      const effect = settledEffect(predicted, { ops: edit.ops, merged }, (table, id) => {
        const row = standing.get(`${table}/${id}`);
        return row && (row.rev === rev || (row.rev === FOUND && !dup)) ? row : undefined;
      });
      for (const { table, id, before } of effect) {
        const row = standing.get(`${table}/${id}`);
        standing.set(`${table}/${id}`, row && before ? { ...row, ...before, rev: FOUND } : null);
      }
      writes.push(store.put({ ...record, effect }, keyOf(record)));
    }
  }
  await Promise.all(writes);
}

/** In place of a rev: the row as a later edit of this device found it. */
const FOUND = -1;

export function keyOf({ pile, place }: UndoRecord): [pile: string, place: number] {
  return [pile, place];
}

function allOf(pile: UndoPile): IDBKeyRange {
  return keysBetween([pile], [pile, []]);
}
