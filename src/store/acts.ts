/**
 * What a person does: edits, undo and redo, and having seen what became of an edit. Each is shown at once and kept on the
 * disk, or taken back with an error that says so.
 */
import { type UndoPile, type UndoRecord, write } from './database.ts';
import type { Edit, Op } from './edit.ts';
import { effectOf } from './effect.ts';
import { assert, NotKeptError, StorageError } from './errors.ts';
import type { Memory } from './memory.ts';
import { type Enqueueing, enqueue, type OnJoin, queueAgain, takeOut } from './queue.ts';
import { type Back, backOf } from './take-back.ts';
import { elsewhereWords, undoLabel, undoneWords } from './undo.ts';
import { isThere, keyOf } from './undo-piles.ts';

export interface ActsEnvironment {
  /** Device clock, milliseconds. */
  readonly clock: () => number;
  /** A fresh lower-case uuid. */
  readonly newId: () => string;
  readonly onJoin?: OnJoin;
  /** Called back when there is something to send. */
  readonly onWork: () => void;
}

/** What each does and rejects with stands at `PlanStore`. */
export class Acts {
  readonly #memory: Memory;
  readonly #environment: ActsEnvironment;
  #lastUndo: Promise<unknown> = Promise.resolve();
  /** Edits on their way to the disk. */
  readonly #keeping = new Set<Promise<unknown>>();

  constructor(memory: Memory, environment: ActsEnvironment) {
    this.#memory = memory;
    this.#environment = environment;
  }

  async edit(label: string, ops: readonly Op[]): Promise<void> {
    await this.keepAgain(this.#newEdit(label, ops));
  }

  async keepAgain(edit: Edit): Promise<void> {
    const view = this.#memory.view();
    await this.#keep(edit, { label: edit.label, effect: () => effectOf(view, edit.ops) });
  }

  /** One after the other, and each after the edits before it are kept: the pile on disk decides what goes back. */
  takeBack(pile: UndoPile): Promise<string | null> {
    const run = this.#lastUndo.then(async () => {
      await Promise.allSettled(this.#keeping);
      for (let record = this.#memory.desk.piles[pile]; record; ) {
        const view = this.#memory.view();
        const back = backOf(view, record);
        if (back.by === 'later' || (await this.#goBack(record, back))) return undoneWords(view, record, back);
        // Only what was named goes back: the act under it is another one.
        const top = this.#memory.desk.piles[pile];
        if (top?.place !== record.place || top.editId !== record.editId) return elsewhereWords(record);
        record = top;
      }
      return null;
    });
    this.#lastUndo = run.catch(() => undefined);
    return run;
  }

  /** False where another tab was first, or a request has carried meanwhile what was to be taken out. */
  async #goBack(record: UndoRecord, back: Exclude<Back, { by: 'later' }>): Promise<boolean> {
    if (back.by === 'nothing') return this.#forget(record);
    const step = { label: record.label, effect: back.leaves, takes: record };
    if (back.by === 'taken out') {
      const isOut = await takeOut(this.#memory.database, back.edit, { step, onJoin: this.#environment.onJoin });
      await this.#follow();
      return isOut;
    }
    if (back.ops.length > 0) {
      return this.#keep(this.#newEdit(undoLabel(record), back.ops), { ...step, effect: () => back.leaves });
    }
    return this.#forget(record);
  }

  #newEdit(label: string, ops: readonly Op[]): Edit {
    assert(ops.length > 0, 'an edit has at least one op');
    const { clock, newId } = this.#environment;
    const { state, client } = this.#memory.desk;
    return { id: newId(), seq: client.nextSeq, at: clock(), seen: state?.rev ?? 0, label, ops };
  }

  /** Shows an edit and keeps it; takes it back where the browser cannot, or, with false, where another tab was first. */
  async #keep(edit: Edit, step: Enqueueing['step']): Promise<boolean> {
    const memory = this.#memory;
    const known = memory.pending.map(({ record }) => record);
    // The order in memory is the order on disk: transactions over the same stores run as they were created.
    memory.setPending([...memory.pending, { record: { edit, sent: false }, isKept: false }]);
    const others = () => memory.pending.filter(({ record }) => record.edit.id !== edit.id);
    const keeping = enqueue(memory.database, edit, { step, known, onJoin: this.#environment.onJoin });
    this.#keeping.add(keeping);
    try {
      const kept = await keeping;
      if (!kept) {
        memory.setPending(others());
        await memory.refresh();
        return false;
      }
      const { record, taken, piles } = kept;
      memory.setPiles(piles);
      memory.setPending(
        memory.pending.flatMap((pending) => {
          const { id } = pending.record.edit;
          if (id === taken?.id) return [];
          return id === edit.id ? (record ? [{ record, isKept: true }] : []) : [pending];
        }),
      );
    } catch (error) {
      memory.setPending(others());
      throw error instanceof StorageError ? new NotKeptError(edit, error) : error;
    } finally {
      this.#keeping.delete(keeping);
    }
    memory.otherTabs.tell();
    this.#environment.onWork();
    return true;
  }

  /** Nothing of it is left to put back. */
  async #forget(record: UndoRecord): Promise<boolean> {
    const isStill = await write(
      this.#memory.database,
      { what: 'What can be undone', stores: ['undo'] },
      async (transaction) => {
        const isStill = await isThere(transaction, record);
        if (isStill) await transaction.objectStore('undo').delete(keyOf(record));
        return isStill;
      },
    );
    await this.#memory.refresh();
    return isStill;
  }

  /** The person knows what became of these edits. */
  async dismiss(store: 'refused' | 'merged', editIds: readonly string[]): Promise<void> {
    await write(this.#memory.database, { what: 'That you have seen this', stores: [store] }, (transaction) =>
      Promise.all(editIds.map((id) => transaction.objectStore(store).delete(id))),
    );
    await this.#follow();
  }

  async dismissDamaged(): Promise<void> {
    await write(this.#memory.database, { what: 'That you have seen this', stores: ['damaged'] }, (transaction) =>
      transaction.objectStore('damaged').clear(),
    );
    this.#memory.damaged = [];
    await this.#follow();
  }

  async dismissRestored(): Promise<void> {
    await write(this.#memory.database, { what: 'That you have seen this', stores: ['meta'] }, (transaction) =>
      transaction.objectStore('meta').delete('restored'),
    );
    await this.#follow();
  }

  /** Returns how many of them were new here. */
  async queueAgain(edits: readonly Edit[]): Promise<number> {
    const count = await queueAgain(this.#memory.database, edits);
    await this.#follow();
    this.#environment.onWork();
    return count;
  }

  async #follow(): Promise<void> {
    await this.#memory.refresh();
    this.#memory.otherTabs.tell();
  }
}
