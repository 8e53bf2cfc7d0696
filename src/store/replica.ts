/**
 * The replica: one plan of one user on this device, in memory and in IndexedDB. What everyone sees is base ⊕ pending;
 * views read it through `PlanStore`, sync moves edits out of it and facts into it. `memory.ts` has what is held,
 * `acts.ts` what a person does to it; here is what an exchange with the server does, and what befalls the disk.
 */
import { Acts } from './acts.ts';
import type { Base } from './base.ts';
import { isClockMoved, offsetAtOpening } from './clock-offset.ts';
import {
  type DatabaseEvents,
  openReplicaDatabase,
  type QueueRecord,
  type ReplicaDatabase,
  type ReplicaName,
} from './database.ts';
import type { Delta } from './delta.ts';
import { prepare } from './desk.ts';
import type { Edit, Op, Receipt } from './edit.ts';
import { NoStorageError, StorageError } from './errors.ts';
import { foldChanges, installDelta, keepClockOffset, type SnapshotHead, switchSnapshot } from './install.ts';
import { pruneJournal } from './journal.ts';
import { Listeners } from './listeners.ts';
import { Memory } from './memory.ts';
import { readPendingFile, writePendingFile } from './pending-file.ts';
import { putBack } from './put-back.ts';
import { fork, markSent, type OnJoin } from './queue.ts';
import type { Met } from './restored.ts';
import { writeSegments } from './segment.ts';
import type { SpareCopies } from './spare-copies.ts';
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

/** Whether the server still has the history that this device knew, or another one: a restored or a new database. */
export type History = 'same-history' | 'other-history';

const PUT_BACK_TRIES = 20;
const CLOSED = 'The browser closed the data of this page. Download what waits here, then reload the page.';
const NOTHING = {
  state: null,
  queue: [],
  refused: [],
  merged: [],
  restored: null,
  piles: { undo: undefined, redo: undefined },
};

export class Replica implements PlanStore {
  readonly #memory: Memory;
  readonly #acts: Acts;
  readonly #environment: ReplicaEnvironment;
  readonly #workers = new Listeners();
  readonly #askers = new Listeners();
  readonly #ending = new Listeners();
  /** A newer page has the database. */
  #isOutdated = false;
  #isPruned = false;

  private constructor(memory: Memory, environment: ReplicaEnvironment) {
    this.#memory = memory;
    this.#environment = environment;
    this.#acts = new Acts(memory, { ...environment, onWork: () => this.#workers.tell() });
  }

  /** Opens the replica, empty or as it was left. Rejects with a `StorageError`. */
  static async open(name: ReplicaName, user: PlanView['user'], environment: ReplicaEnvironment): Promise<Replica> {
    let replica: Replica | null = null;
    let hasRead = false;
    const events: DatabaseEvents = {
      // One that has read nothing yet would put back nothing, in place of the copies that the next opening begins with.
      onLost: () => void (hasRead && replica?.putBack(() => openReplicaDatabase(name, events))),
      onNewer: () => replica?.outdated(),
      onBlocked: () => (replica ? replica.lost() : environment.onBlocked?.()),
    };
    let keepsOn: SyncState['keepsOn'] = 'device';
    const database = await openReplicaDatabase(name, events).catch((error) => {
      if (!(error instanceof NoStorageError) || !environment.openInMemory) throw error;
      keepsOn = 'page';
      return environment.openInMemory();
    });
    const { clock, newId, spare } = environment;
    const { client, isNew, damaged } = await prepare(database, { newId, left: spare?.left() ?? [] });
    const desk = { ...NOTHING, client };
    const memory = new Memory({ planId: name.planId, user, clock, database, desk, damaged, keepsOn, spare });
    replica = new Replica(memory, environment);
    if (!isNew) await memory.refresh();
    hasRead = true;
    memory.setSyncState({ clockOffset: offsetAtOpening(clock(), memory.desk.state) });
    return replica;
  }

  get planId(): string {
    return this.#memory.planId;
  }

  get user(): PlanView['user'] {
    return this.#memory.user;
  }

  /** Another one after the browser had closed it. */
  get database(): ReplicaDatabase {
    return this.#memory.database;
  }

  // What views use.

  view(): PlanView {
    return this.#memory.view();
  }

  syncState(): SyncState {
    return this.#memory.syncState;
  }

  subscribe(listener: () => void): () => void {
    return this.#memory.viewers.add(listener);
  }

  edit(label: string, ops: readonly Op[]): Promise<void> {
    return this.#acts.edit(label, ops);
  }

  keepAgain(edit: Edit): Promise<void> {
    return this.#acts.keepAgain(edit);
  }

  undo(): Promise<string | null> {
    return this.#acts.takeBack('undo');
  }

  redo(): Promise<string | null> {
    return this.#acts.takeBack('redo');
  }

  dismissRefused(editIds: readonly string[]): Promise<void> {
    return this.#acts.dismiss('refused', editIds);
  }

  dismissMerged(editIds: readonly string[]): Promise<void> {
    return this.#acts.dismiss('merged', editIds);
  }

  dismissDamaged(): Promise<void> {
    return this.#acts.dismissDamaged();
  }

  dismissRestored(): Promise<void> {
    return this.#acts.dismissRestored();
  }

  async exportPending(notKept: readonly Edit[]): Promise<string> {
    const { planId: plan, user, pending: waiting, desk, damaged } = this.#memory;
    const pending = [...waiting.map(({ record }) => record.edit), ...notKept];
    return writePendingFile({ plan, user: user.key, pending, refused: desk.refused, damaged });
  }

  async importPending(text: string): Promise<number> {
    return this.#acts.queueAgain(readPendingFile(text, { plan: this.planId, user: this.user.key }));
  }

  requestSync(): void {
    this.#askers.tell();
  }

  // What sync uses.

  /** '' before the first snapshot. */
  get cursor(): string {
    return this.#memory.desk.state?.cursor ?? '';
  }

  get clientId(): string {
    return this.#memory.desk.client.id;
  }

  /** Edits safe on this device and without a receipt, in order. */
  get queue(): readonly QueueRecord[] {
    return this.#memory.queue;
  }

  /** Whether base is what the server counted. */
  matches({ row_count, row_sum }: { row_count: number; row_sum: number }): boolean {
    const { base } = this.#memory;
    return base.rowCount === row_count && base.rowSum === row_sum;
  }

  async markSent(records: readonly QueueRecord[]): Promise<void> {
    const fresh = records.filter(({ sent }) => !sent).map(({ edit }) => edit.seq);
    if (fresh.length === 0) return;
    await markSent(this.database, fresh);
    await this.refresh();
  }

  /** Installs a reply asked from `sentCursor`; another tab may have been first, then this one follows the disk. */
  install(sentCursor: string, delta: Delta, receipts: readonly Receipt[]): Promise<void> {
    const memory = this.#memory;
    return memory.exclusively(async () => {
      if (delta.cursor === sentCursor && receipts.length === 0) return;
      const known = memory.desk.state;
      const keptBefore = memory.keptEdits();
      const installed = await installDelta(this.database, sentCursor, { delta, receipts });
      const isNext = installed !== 'moved' && known?.cursor === sentCursor;
      if (isNext && installed.state?.generation === known.generation) {
        memory.advance(installed, keptBefore, { base: memory.base, since: delta.rows });
      } else await memory.follow();
      memory.otherTabs.tell();
    });
  }

  /**
   * Makes a snapshot, asked from `sentCursor` and with all its parts kept, the base, with what came `since`; `base` has
   * the rows of those parts. `log`: newest events of the server up to where this device had read. Where the server's history is not the one this device knew, edits that had taken effect are
   * queued again under their ids: the server answers those that it still has with their receipts, and the others take
   * effect once more, once.
   */
  switchTo(
    sentCursor: string,
    snapshot: SnapshotHead,
    { base, history, since, log = null }: { base: Base; history: History; since: Delta; log?: Met['log'] },
  ): Promise<void> {
    const memory = this.#memory;
    return memory.exclusively(async () => {
      const forkTo = history === 'other-history' ? this.#environment.newId() : null;
      const keptBefore = memory.keptEdits();
      const installed = await switchSnapshot(this.database, sentCursor, { ...snapshot, since, forkTo, log });
      if (installed === 'moved') await memory.follow();
      else memory.advance(installed, keptBefore, { base, since: since.reset === null ? since.rows : {} });
      memory.otherTabs.tell();
    });
  }

  fork(): Promise<void> {
    return this.#memory.exclusively(async () => {
      await fork(this.database, this.#environment.newId());
      await this.#memory.follow();
    });
  }

  /** In a quiet moment: keeps the next opening quick. Another tab that goes on meanwhile makes this one do nothing. */
  tidy(): Promise<void> {
    const memory = this.#memory;
    return memory.exclusively(async () => {
      const { changedRowsMax, newId } = this.#environment;
      const { state } = memory.desk;
      if (state === null) return;
      if (!this.#isPruned) await pruneJournal(this.database, state.asOf);
      this.#isPruned = true;
      if (memory.changedRows <= changedRowsMax) return;
      const [snapshot, segments] = [`folded ${newId()}`, writeSegments(memory.base.tables)];
      await foldChanges(this.database, state.cursor, { snapshot, segments });
      await memory.follow();
    });
  }

  /** Reads again what is stored: at opening, and when another tab changed it. */
  refresh(): Promise<void> {
    return this.#memory.refresh();
  }

  setSyncState(changes: Partial<SyncState>): void {
    // Whatever else is told: a page that a newer one has outdated must be loaded again.
    if (!this.#isOutdated) this.#memory.setSyncState(changes);
  }

  /** Notes what an answer said of the device's clock, milliseconds; on disk where it moved. Rejects with a `StorageError`. */
  async learnClock(clockOffset: number): Promise<void> {
    const memory = this.#memory;
    memory.setSyncState({ clockOffset });
    const { state } = memory.desk;
    if (state === null || !isClockMoved(clockOffset, state)) return;
    await memory.exclusively(async () => {
      await keepClockOffset(this.database, clockOffset);
      await memory.follow();
    });
  }

  /** The browser closed the database: opens it again and puts back what only memory has now. */
  async putBack(reopen: () => Promise<ReplicaDatabase>): Promise<void> {
    // While the browser is still clearing it closes what is opened; each try takes it a moment.
    for (let tries = 1; tries <= PUT_BACK_TRIES; tries += 1) {
      try {
        await this.#memory.exclusively(() => this.#putBackOnce(reopen));
        // It is kept again, whatever was said meanwhile; the next exchange tells the rest.
        if (this.syncState().condition === 'storage') this.setSyncState({ condition: 'starting', detail: null });
        return this.#workers.tell();
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
      }
    }
    this.lost();
  }

  async #putBackOnce(reopen: () => Promise<ReplicaDatabase>): Promise<void> {
    const memory = this.#memory;
    memory.database = await reopen();
    const { state, refused, merged } = memory.desk;
    const queue = memory.pending.map(({ record }) => record);
    const segments = writeSegments(memory.base.tables);
    await putBack(memory.database, { queue, refused, merged, state, segments, clientId: this.#environment.newId() });
    await memory.follow();
  }

  /** Nothing typed from now on would be kept. */
  lost(): void {
    this.setSyncState({ condition: 'storage', detail: CLOSED });
  }

  /** A newer page has the database now; what waits in it is safe there, and this page is of no more use. */
  outdated(): void {
    this.setSyncState({ condition: 'too-old', detail: 'A newer Macroplan was opened in another tab.' });
    this.#isOutdated = true;
    this.#ending.tell();
  }

  /** Calls back when nothing can be read or kept here any more, until the page is loaded again. */
  onEnding(listener: () => void): () => void {
    return this.#ending.add(listener);
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
    return this.#memory.otherTabs.add(listener);
  }
}
