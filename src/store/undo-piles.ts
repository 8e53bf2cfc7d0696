/** The two piles on disk: what can be undone, and what can be redone. Every function runs inside a transaction. */
import type { ReadTransaction, UndoPile, UndoRecord, WriteTransaction } from './database.ts';
import type { Effect } from './effect.ts';
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

export function keyOf({ pile, place }: UndoRecord): [pile: string, place: number] {
  return [pile, place];
}

function allOf(pile: UndoPile): IDBKeyRange {
  return keysBetween([pile], [pile, []]);
}
