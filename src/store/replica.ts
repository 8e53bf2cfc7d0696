/**
 * The replica: one plan of one user on this device, in memory and in IndexedDB. What everyone sees is base ⊕ pending;
 * views read it through `PlanStore`, sync moves edits out of it and facts into it.
 *
 * Memory follows the disk: a change is shown after its transaction completed. The one exception is an edit, which is
 * shown at once and taken back, with an error for the person, if the browser could not keep it.
 */
import { Base } from './base.ts';
import { isClockMoved, offsetAtOpening } from './clock-offset.ts';
import {
  type DatabaseEvents,
  openReplicaDatabase,
  type QueueRecord,
  type ReplicaDatabase,
  type ReplicaName,
  type UndoPile,
  type UndoRecord,
  write,
} from './database.ts';
import type { Delta } from './delta.ts';
import { type Desk, prepare, readStored } from './desk.ts';
import type { Edit, Op, Receipt } from './edit.ts';
import { effectOf } from './effect.ts';
import { assert, NoStorageError, NotKeptError, StorageError } from './errors.ts';
import { foldChanges, installDelta, keepClockOffset, type SnapshotHead, switchSnapshot } from './install.ts';
import { pruneJournal } from './journal.ts';
import { Listeners } from './listeners.ts';
import { type Overlay, overlay } from './overlay.ts';
import { readPendingFile, writePendingFile } from './pending-file.ts';
import { planView, roleOf } from './plan-view.ts';
import { dropBase, putBack } from './put-back.ts';
import { type Enqueueing, enqueue, fork, markSent, type OnJoin, queueAgain, takeOut } from './queue.ts';
import { parseSegment, writeSegments } from './segment.ts';
import type { SpareCopies } from './spare-copies.ts';
import { type Back, backOf } from './take-back.ts';
import { undoLabel, undoneWords } from './undo.ts';
import { keyOf } from './undo-piles.ts';
import type { PlanStore, PlanView, SyncState } from './view.ts';

export interface ReplicaEnvironment {
  /** Device clock, milliseconds. */
  readonly clock: () => number;
  /** A fresh lower-case uuid. */
  readonly newId: () => string;
  /** Above this many changed rows on disk they are folded into segments. */
  readonly changedRowsMax: number;
  readonly onJoin?: OnJoin;
  /** An older page in another tab keeps this one from opening. */
  readonly onBlocked?: () => void;
  /** Where what waits is copied besides. */
  readonly spare?: SpareCopies;
  /** Where the browser has no storage: a database that lives as long as the page. Without it, opening rejects. */
  readonly openInMemory?: () => Promise<ReplicaDatabase>;
}

/** An edit in memory: `isKept` turns true when its transaction completed. */
export interface PendingEdit {
  readonly record: QueueRecord;
  readonly isKept: boolean;
}

/** Whether the server still has the history that this device knew, or another one: a restored or a new database. */
export type History = 'same-history' | 'other-history';

const PUT_BACK_TRIES = 20;
const CLOSED = 'The browser closed the data of this page. Download what waits here, then reload the page.';
const NOTHING: Desk['piles'] = { undo: undefined, redo: undefined };

interface Opened {
  readonly planId: string;
  readonly user: PlanView['user'];
  readonly environment: ReplicaEnvironment;
  readonly database: ReplicaDatabase;
  readonly keepsOn: SyncState['keepsOn'];
  readonly desk: Desk;
  readonly damaged: readonly unknown[];
}

export class Replica implements PlanStore {
  readonly planId: string;
  readonly user: PlanView['user'];
  #database: ReplicaDatabase;
  readonly #environment: ReplicaEnvironment;
  readonly #viewers = new Listeners();
  readonly #workers = new Listeners();
  readonly #askers = new Listeners();
  readonly #otherTabs = new Listeners();
  #base = new Base();
  #desk: Desk;
  /** Set aside when this page was opened: nobody can tell what it was. */
  #damaged: readonly unknown[];
  /** Rows in the texts of the `deltas` store: a row that changes twice counts twice. */
  #changedRows = 0;
  #pending: readonly PendingEdit[] = [];
  #syncState: SyncState;
  /** Over the base as it is; null since it moved. */
  #overlay: Overlay | null = null;
  #view: PlanView | null = null;
  #isTelling = false;
  #isPruned = false;
  #lastTask: Promise<void> = Promise.resolve();
  #lastUndo: Promise<unknown> = Promise.resolve();
  /** Edits on their way to the disk. */
  readonly #keeping = new Set<Promise<unknown>>();

  private constructor({ planId, user, environment, database, keepsOn, desk, damaged }: Opened) {
    this.planId = planId;
    this.user = user;
    this.#database = database;
    this.#environment = environment;
    this.#desk = desk;
    this.#damaged = damaged;
    const since = environment.clock();
    this.#syncState = {
      condition: 'starting',
      since,
      freshAt: null,
      missedPolls: 0,
      clockOffset: 0,
      detail: null,
      keepsOn,
      arrived: null,
    };
  }

  /** Opens the replica, empty or as it was left. Rejects with a `StorageError`. */
  static async open(name: ReplicaName, user: PlanView['user'], environment: ReplicaEnvironment): Promise<Replica> {
    let replica: Replica | null = null;
    const events: DatabaseEvents = {
      onLost: () => void replica?.putBack(() => openReplicaDatabase(name, events)),
      onNewer: () =>
        replica?.lost('A newer Macroplan was opened in another tab. Reload this page; what waits here stays.'),
      onBlocked: environment.onBlocked,
    };
    let keepsOn: SyncState['keepsOn'] = 'device';
    const database = await openReplicaDatabase(name, events).catch((error) => {
      if (!(error instanceof NoStorageError) || !environment.openInMemory) throw error;
      keepsOn = 'page';
      return environment.openInMemory();
    });
    const { newId, spare } = environment;
    const { client, isNew, damaged } = await prepare(database, { newId, left: spare?.left() ?? [] });
    const desk = { state: null, client, queue: [], refused: [], merged: [], piles: NOTHING };
    replica = new Replica({ planId: name.planId, user, environment, database, keepsOn, desk, damaged });
    if (!isNew) await replica.refresh();
    replica.setSyncState({ clockOffset: offsetAtOpening(environment.clock(), replica.#desk.state) });
    return replica;
  }

  /** Another one after the browser had closed it. */
  get database(): ReplicaDatabase {
    return this.#database;
  }

  // What views use.

  view(): PlanView {
    this.#view ??= this.#newView();
    return this.#view;
  }

  syncState(): SyncState {
    return this.#syncState;
  }

  subscribe(listener: () => void): () => void {
    return this.#viewers.add(listener);
  }

  async edit(label: string, ops: readonly Op[]): Promise<void> {
    await this.#act(this.#newEdit(label, ops));
  }

  async keepAgain(edit: Edit): Promise<void> {
    await this.#act(edit);
  }

  async #act(edit: Edit): Promise<void> {
    const view = this.view();
    await this.#keep(edit, { label: edit.label, effect: () => effectOf(view, edit.ops) });
  }

  undo(): Promise<string | null> {
    return this.#takeBack('undo');
  }

  redo(): Promise<string | null> {
    return this.#takeBack('redo');
  }

  /** One after the other, and each after the edits before it are kept: the pile on disk decides what goes back. */
  #takeBack(pile: UndoPile): Promise<string | null> {
    const run = this.#lastUndo.then(async () => {
      await Promise.allSettled(this.#keeping);
      for (;;) {
        const record = this.#desk.piles[pile];
        if (!record) return null;
        const view = this.view();
        const back = backOf(view, record);
        if (back.by !== 'sent' && !(await this.#goBack(record, back))) continue;
        // Where nothing was left of it, the one before it is meant.
        if (back.by !== 'edit' || back.ops.length + back.kept.length > 0) return undoneWords(view, record, back);
      }
    });
    this.#lastUndo = run.catch(() => undefined);
    return run;
  }

  /** False where another tab was first. */
  async #goBack(record: UndoRecord, back: Exclude<Back, { by: 'sent' }>): Promise<boolean> {
    const step = { label: record.label, effect: back.leaves, takes: record };
    if (back.by === 'taken out') {
      const isOut = await takeOut(this.database, back.edit, { step, onJoin: this.#environment.onJoin });
      await this.refresh();
      this.#otherTabs.tell();
      return isOut;
    }
    if (back.ops.length > 0) {
      return this.#keep(this.#newEdit(undoLabel(record), back.ops), { ...step, effect: () => back.leaves });
    }
    await this.#forget(record);
    return true;
  }

  #newEdit(label: string, ops: readonly Op[]): Edit {
    assert(ops.length > 0, 'an edit has at least one op');
    const { clock, newId } = this.#environment;
    const seen = this.#desk.state?.rev ?? 0;
    return { id: newId(), seq: this.#desk.client.nextSeq, at: clock(), seen, label, ops };
  }

  /** Shows an edit and keeps it; takes it back where the browser cannot, or, with false, where another tab was first. */
  async #keep(edit: Edit, step: Enqueueing['step']): Promise<boolean> {
    const known = this.#pending.map(({ record }) => record);
    // The order in memory is the order on disk: transactions over the same stores run as they were created.
    this.#setPending([...this.#pending, { record: { edit, sent: false }, isKept: false }]);
    const others = () => this.#pending.filter(({ record }) => record.edit.id !== edit.id);
    const keeping = enqueue(this.database, edit, { step, known, onJoin: this.#environment.onJoin });
    this.#keeping.add(keeping);
    try {
      const kept = await keeping;
      if (!kept) {
        this.#setPending(others());
        await this.refresh();
        return false;
      }
      const { record, taken, piles } = kept;
      this.#desk = { ...this.#desk, piles };
      this.#setPending(
        this.#pending.flatMap((pending) => {
          const { id } = pending.record.edit;
          if (id === taken?.id) return [];
          return id === edit.id ? (record ? [{ record, isKept: true }] : []) : [pending];
        }),
      );
    } catch (error) {
      this.#setPending(others());
      throw error instanceof StorageError ? new NotKeptError(edit, error) : error;
    } finally {
      this.#keeping.delete(keeping);
    }
    this.#otherTabs.tell();
    this.#workers.tell();
    return true;
  }

  /** Nothing of it is left to put back. */
  async #forget(record: UndoRecord): Promise<void> {
    await write(this.database, { what: 'What can be undone', stores: ['undo'] }, (transaction) =>
      transaction.objectStore('undo').delete(keyOf(record)),
    );
    await this.refresh();
  }

  dismissRefused(editIds: readonly string[]): Promise<void> {
    return this.#seen('refused', editIds);
  }

  dismissMerged(editIds: readonly string[]): Promise<void> {
    return this.#seen('merged', editIds);
  }

  async #seen(store: 'refused' | 'merged', editIds: readonly string[]): Promise<void> {
    await write(this.database, { what: 'That you have seen this', stores: [store] }, (transaction) =>
      Promise.all(editIds.map((id) => transaction.objectStore(store).delete(id))),
    );
    await this.refresh();
    this.#otherTabs.tell();
  }

  async dismissDamaged(): Promise<void> {
    await write(this.database, { what: 'That you have seen this', stores: ['damaged'] }, (transaction) =>
      transaction.objectStore('damaged').clear(),
    );
    this.#damaged = [];
    await this.refresh();
  }

  exportPending(notKept: readonly Edit[]): Promise<string> {
    const pending = [...this.#pending.map(({ record }) => record.edit), ...notKept];
    const { refused } = this.#desk;
    return Promise.resolve(
      writePendingFile({ plan: this.planId, user: this.user.key, pending, refused, damaged: this.#damaged }),
    );
  }

  async importPending(text: string): Promise<number> {
    const edits = readPendingFile(text, { plan: this.planId, user: this.user.key });
    const count = await queueAgain(this.database, edits);
    await this.refresh();
    this.#otherTabs.tell();
    this.#workers.tell();
    return count;
  }

  requestSync(): void {
    this.#askers.tell();
  }

  // What sync uses.

  /** '' before the first snapshot. */
  get cursor(): string {
    return this.#desk.state?.cursor ?? '';
  }

  get clientId(): string {
    return this.#desk.client.id;
  }

  /** Edits safe on this device and without a receipt, in order. */
  get queue(): readonly QueueRecord[] {
    return this.#pending.filter(({ isKept }) => isKept).map(({ record }) => record);
  }

  /** Whether base is what the server counted. */
  matches({ row_count, row_sum }: { row_count: number; row_sum: number }): boolean {
    return this.#base.rowCount === row_count && this.#base.rowSum === row_sum;
  }

  async markSent(records: readonly QueueRecord[]): Promise<void> {
    const fresh = records.filter(({ sent }) => !sent).map(({ edit }) => edit.seq);
    if (fresh.length === 0) return;
    await markSent(this.database, fresh);
    await this.refresh();
  }

  /** Installs a reply asked from `sentCursor`; another tab may have been first, then this one follows the disk. */
  install(sentCursor: string, delta: Delta, receipts: readonly Receipt[]): Promise<void> {
    return this.#exclusively(async () => {
      if (delta.cursor === sentCursor && receipts.length === 0) return;
      const known = this.#desk.state;
      const keptBefore = this.#keptEdits();
      const installed = await installDelta(this.database, sentCursor, { delta, receipts });
      const isNext = installed !== 'moved' && known?.cursor === sentCursor;
      if (isNext && installed.state?.generation === known.generation) {
        this.#changedRows += this.#base.lay(delta.rows);
        this.#adopt(installed, keptBefore);
      } else await this.#follow();
      this.#otherTabs.tell();
    });
  }

  /**
   * Makes a snapshot, asked from `sentCursor` and with all its parts kept, the base, with what came `since`; `base` has
   * the rows of those parts. Where the server's history is not the one this device knew, edits that had taken effect are
   * queued again under their ids: the server answers those that it still has with their receipts, and the others take
   * effect once more, once.
   */
  switchTo(
    sentCursor: string,
    snapshot: SnapshotHead,
    { base, history, since }: { base: Base; history: History; since: Delta },
  ): Promise<void> {
    return this.#exclusively(async () => {
      const forkTo = history === 'other-history' ? this.#environment.newId() : null;
      const keptBefore = this.#keptEdits();
      const installed = await switchSnapshot(this.database, sentCursor, { ...snapshot, since, forkTo });
      if (installed === 'moved') await this.#follow();
      else {
        this.#base = base;
        this.#changedRows = since.reset === null ? base.lay(since.rows) : 0;
        this.#adopt(installed, keptBefore);
      }
      this.#otherTabs.tell();
    });
  }

  fork(): Promise<void> {
    return this.#exclusively(async () => {
      await fork(this.database, this.#environment.newId());
      await this.#follow();
    });
  }

  /** In a quiet moment: keeps the next opening quick. Another tab that goes on meanwhile makes this one do nothing. */
  tidy(): Promise<void> {
    return this.#exclusively(async () => {
      const { changedRowsMax, newId } = this.#environment;
      const { state } = this.#desk;
      if (state === null) return;
      if (!this.#isPruned) await pruneJournal(this.database, state.asOf);
      this.#isPruned = true;
      if (this.#changedRows <= changedRowsMax) return;
      const [snapshot, segments] = [`folded ${newId()}`, writeSegments(this.#base.tables)];
      await foldChanges(this.database, state.cursor, { snapshot, segments });
      await this.#follow();
    });
  }

  /** Reads again what is stored: at opening, and when another tab changed it. */
  refresh(): Promise<void> {
    return this.#exclusively(() => this.#follow());
  }

  setSyncState(changes: Partial<SyncState>): void {
    const isNew = changes.condition !== undefined && changes.condition !== this.#syncState.condition;
    this.#syncState = { ...this.#syncState, ...(isNew ? { since: this.#environment.clock() } : {}), ...changes };
    this.#tellViewers();
  }

  /** Notes what an answer said of the device's clock, milliseconds; on disk where it moved. Rejects with a `StorageError`. */
  async learnClock(clockOffset: number): Promise<void> {
    this.setSyncState({ clockOffset });
    const { state } = this.#desk;
    if (state === null || !isClockMoved(clockOffset, state)) return;
    await this.#exclusively(async () => {
      await keepClockOffset(this.database, clockOffset);
      await this.#follow();
    });
  }

  /** The browser closed the database: opens it again and puts back what only memory has now. */
  async putBack(reopen: () => Promise<ReplicaDatabase>): Promise<void> {
    // While the browser is still clearing it closes what is opened; each try takes it a moment.
    for (let tries = 1; tries <= PUT_BACK_TRIES; tries += 1) {
      try {
        await this.#exclusively(() => this.#putBackOnce(reopen));
        // It is kept again, whatever was said meanwhile; the next exchange tells the rest.
        if (this.#syncState.condition === 'storage') this.setSyncState({ condition: 'starting', detail: null });
        return this.#workers.tell();
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
      }
    }
    this.lost();
  }

  async #putBackOnce(reopen: () => Promise<ReplicaDatabase>): Promise<void> {
    this.#database = await reopen();
    const { state, refused, merged } = this.#desk;
    const queue = this.#pending.map(({ record }) => record);
    const segments = writeSegments(this.#base.tables);
    await putBack(this.database, { queue, refused, merged, state, segments, clientId: this.#environment.newId() });
    await this.#follow();
  }

  /** Nothing typed from now on would be kept. */
  lost(detail = CLOSED): void {
    this.setSyncState({ condition: 'storage', detail });
  }

  /** Calls back when there is something to send. */
  onWork(listener: () => void): () => void {
    return this.#workers.add(listener);
  }

  /** Calls back when the person asks to try now. */
  onAsked(listener: () => void): () => void {
    return this.#askers.add(listener);
  }

  /** Calls back after this tab changed what is stored, so that other tabs can follow. */
  onStored(listener: () => void): () => void {
    return this.#otherTabs.add(listener);
  }

  /** Makes memory what the disk is. */
  async #follow(): Promise<void> {
    const keptBefore = this.#keptEdits();
    const [desk, { segments, deltas }] = await readStored(this.database, this.#desk.state);
    try {
      const rows = deltas.map(parseSegment);
      if (segments) {
        this.#base = builtFrom(segments);
        this.#changedRows = 0;
      }
      for (const each of rows) this.#changedRows += this.#base.lay(each);
    } catch {
      await dropBase(this.database);
      return this.#follow();
    }
    this.#adopt(desk, keptBefore);
  }

  #newView(): PlanView {
    const [base, pending, desk] = [this.#base, this.#pending, this.#desk];
    const edits = pending.map(({ record }) => record.edit);
    this.#overlay = overlay(base, edits, { ...this.user, role: roleOf(desk) }, this.#overlay);
    return planView({
      planId: this.planId,
      user: this.user,
      base,
      overlay: this.#overlay,
      pending,
      desk,
      damaged: this.#damaged.length,
    });
  }

  #keptEdits(): ReadonlySet<string> {
    return new Set(this.queue.map(({ edit }) => edit.id));
  }

  #adopt(desk: Desk, keptBefore: ReadonlySet<string>): void {
    this.#desk = desk;
    this.#overlay = null;
    const stored = new Set(desk.queue.map(({ edit }) => edit.id));
    // What was not on disk before the read began is still on its way there; it has not left the queue.
    const arriving = this.#pending.filter(
      ({ record }) => !stored.has(record.edit.id) && !keptBefore.has(record.edit.id),
    );
    this.#setPending([...desk.queue.map((record) => ({ record, isKept: true })), ...arriving]);
  }

  /** Reading the disk into memory takes several steps; two at once would mix two moments. */
  #exclusively(task: () => Promise<void>): Promise<void> {
    const run = this.#lastTask.then(task);
    this.#lastTask = run.catch(() => undefined);
    return run;
  }

  #setPending(pending: readonly PendingEdit[]): void {
    this.#pending = pending;
    this.#environment.spare?.follow(this.queue.map(({ edit }) => edit));
    this.#view = null;
    this.#tellViewers();
  }

  /** One call back a task, however much changed. */
  #tellViewers(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#viewers.tell();
    });
  }
}

/** Throws where a segment cannot be read. */
function builtFrom(segments: readonly string[]): Base {
  const base = new Base();
  for (const text of segments) base.lay(parseSegment(text));
  return base;
}
