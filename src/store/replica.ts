/**
 * The replica: one plan of one user on this device, in memory and in IndexedDB. What everyone sees is base ⊕ pending;
 * views read it through `PlanStore`, sync moves edits out of it and facts into it.
 *
 * Memory follows the disk: a change is shown after its transaction completed. The one exception is an edit, which is
 * shown at once and taken back, with an error for the person, if the browser could not keep it.
 */
import { Base } from './base.ts';
import {
  type ClientState,
  openReplicaDatabase,
  type QueueRecord,
  type ReceiptRecord,
  type ReplicaDatabase,
  type ReplicaName,
  type ReplicaState,
} from './database.ts';
import { type Delta, rowChanges } from './delta.ts';
import type { Edit, Op, Receipt } from './edit.ts';
import { assert } from './errors.ts';
import { allPartsOf, installDelta, switchSnapshot } from './install.ts';
import { type Overlay, overlay } from './overlay.ts';
import * as queueStore from './queue.ts';
import type { Role } from './rows.ts';
import { parseSegment } from './segment.ts';
import type { PlanStore, PlanView, SyncState } from './view.ts';

export interface ReplicaEnvironment {
  /** Device clock, milliseconds. */
  readonly clock: () => number;
  /** A fresh lower-case uuid. */
  readonly newId: () => string;
}

export interface ReplicaUser {
  readonly key: string;
  readonly name: string;
}

/** What one transaction read of everything but rows. */
interface Around {
  readonly state: ReplicaState | null;
  readonly client: ClientState | undefined;
  readonly queue: readonly QueueRecord[];
  readonly receipts: readonly ReceiptRecord[];
  /** Ids of edits that were known to be on disk before the read. */
  readonly keptBefore: ReadonlySet<string>;
}

/** An edit in memory: `isKept` turns true when its transaction completed. */
interface PendingEdit {
  readonly record: QueueRecord;
  readonly isKept: boolean;
}

export class Replica implements PlanStore {
  readonly user: ReplicaUser;
  readonly planId: string;
  readonly #environment: ReplicaEnvironment;
  readonly #database: ReplicaDatabase;
  readonly #listeners = new Set<() => void>();
  readonly #workListeners = new Set<() => void>();
  readonly #storedListeners = new Set<() => void>();
  #base = new Base();
  #state: ReplicaState | null = null;
  #client: ClientState;
  #pending: readonly PendingEdit[] = [];
  #receipts: readonly ReceiptRecord[] = [];
  #syncState: SyncState;
  #view: PlanView | null = null;
  #isNotifying = false;
  #last: Promise<void> = Promise.resolve();

  private constructor(
    { user, planId }: { user: ReplicaUser; planId: string },
    environment: ReplicaEnvironment,
    { database, client }: { database: ReplicaDatabase; client: ClientState },
  ) {
    this.user = user;
    this.planId = planId;
    this.#environment = environment;
    this.#database = database;
    this.#client = client;
    this.#syncState = {
      condition: 'starting',
      since: environment.clock(),
      freshAt: null,
      missedPolls: 0,
      clockOffset: 0,
      detail: null,
    };
  }

  /** Opens the replica, empty or as it was left. Rejects with a `StorageError`. */
  static async open(name: ReplicaName, user: ReplicaUser, environment: ReplicaEnvironment): Promise<Replica> {
    let replica: Replica | null = null;
    const database = await openReplicaDatabase(name, () => replica?.lost());
    const client = await clientOf(database, environment.newId);
    replica = new Replica({ user, planId: name.planId }, environment, { database, client });
    await replica.refresh();
    return replica;
  }

  close(): void {
    this.#database.close();
  }

  // What views see.

  view(): PlanView {
    this.#view ??= this.#makeView();
    return this.#view;
  }

  syncState(): SyncState {
    return this.#syncState;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async edit(label: string, ops: readonly Op[]): Promise<void> {
    assert(ops.length > 0, 'an edit has at least one op');
    const { clock, newId } = this.#environment;
    // The order in memory is the order on disk: transactions over the same stores run as they were created.
    const edit: Edit = { id: newId(), seq: this.#client.nextSeq, at: clock(), label, ops };
    this.#setPending([...this.#pending, { record: { edit, sent: false }, isKept: false }]);
    try {
      const record = await queueStore.enqueue(this.#database, edit);
      this.#client = { ...this.#client, nextSeq: Math.max(this.#client.nextSeq, record.edit.seq + 1) };
      const kept = { record, isKept: true };
      this.#setPending(this.#pending.map((pending) => (pending.record.edit.id === edit.id ? kept : pending)));
    } catch (error) {
      this.#setPending(this.#pending.filter((pending) => pending.record.edit.id !== edit.id));
      throw error;
    }
    this.#tell(this.#storedListeners);
    this.#tell(this.#workListeners);
  }

  async dismissRefused(editId: string): Promise<void> {
    await this.#database.delete('receipts', editId);
    this.#receipts = this.#receipts.filter(({ edit }) => edit.id !== editId);
    this.#changed();
    this.#tell(this.#storedListeners);
  }

  async exportPending(): Promise<string> {
    const { planId, user } = this;
    const pending = this.#pending.map(({ record }) => record.edit);
    const refused = this.#receipts.map(({ edit, receipt }) => ({ edit, refusal: receipt.refusal }));
    return JSON.stringify(
      { format: 'macroplan-edits', version: 1, plan: planId, user: user.key, pending, refused },
      null,
      2,
    );
  }

  requestSync(): void {
    this.#tell(this.#workListeners);
  }

  // What sync needs.

  /** '' before the first snapshot. */
  get cursor(): string {
    return this.#state?.cursor ?? '';
  }

  get rev(): number {
    return this.#state?.rev ?? 0;
  }

  get clientId(): string {
    return this.#client.id;
  }

  /** Edits safe on this device and without a receipt, in order. */
  get queue(): readonly QueueRecord[] {
    return this.#pending.filter(({ isKept }) => isKept).map(({ record }) => record);
  }

  get database(): ReplicaDatabase {
    return this.#database;
  }

  /** Whether base is what the server counted. */
  matches({ row_count, row_sum }: { row_count: number; row_sum: number }): boolean {
    return this.#base.rowCount === row_count && this.#base.rowSum === row_sum;
  }

  async markSent(records: readonly QueueRecord[]): Promise<void> {
    const fresh = records.filter(({ sent }) => !sent).map(({ edit }) => edit.seq);
    if (fresh.length === 0) return;
    await queueStore.markSent(this.#database, fresh);
    this.#setPending(
      this.#pending.map((pending) =>
        fresh.includes(pending.record.edit.seq) && pending.isKept
          ? { ...pending, record: { ...pending.record, sent: true } }
          : pending,
      ),
    );
  }

  /** Installs a reply asked from `sentCursor`; another tab may have been first, then this one follows the disk. */
  install(sentCursor: string, delta: Delta, receipts: readonly Receipt[]): Promise<void> {
    return this.#exclusively(async () => {
      if (delta.cursor === sentCursor && receipts.length === 0) return;
      const at = this.#environment.clock();
      const installed = await installDelta(this.#database, sentCursor, { delta, receipts, at });
      if (installed === 'moved' || this.cursor !== sentCursor) return this.#follow();
      const around = await this.#readAround();
      // Rows and the queue change in memory in one go, so that no frame shows an edit twice or not at all.
      for (const change of rowChanges(delta.rows)) this.#base.put(change);
      this.#adopt(around);
      this.#tell(this.#storedListeners);
    });
  }

  /** Makes a snapshot, all of whose parts are kept, the base. */
  switchTo(snapshot: { snapshot: string; cursor: string; rev: number; role: Role }): Promise<void> {
    return this.#exclusively(async () => {
      const at = this.#environment.clock();
      await switchSnapshot(this.#database, this.cursor, { ...snapshot, at });
      await this.#follow();
      this.#tell(this.#storedListeners);
    });
  }

  fork(): Promise<void> {
    return this.#exclusively(async () => {
      await queueStore.fork(this.#database, this.#environment.newId());
      await this.#follow();
    });
  }

  setSyncState(changes: Partial<SyncState>): void {
    const isNew = changes.condition !== undefined && changes.condition !== this.#syncState.condition;
    this.#syncState = { ...this.#syncState, ...changes, ...(isNew ? { since: this.#environment.clock() } : {}) };
    this.#notify();
  }

  /** Calls back when there is something to send or the person asks to try now. */
  onWork(listener: () => void): () => void {
    this.#workListeners.add(listener);
    return () => this.#workListeners.delete(listener);
  }

  /** Calls back after this tab changed what is stored, so that other tabs can follow. */
  onStored(listener: () => void): () => void {
    this.#storedListeners.add(listener);
    return () => this.#storedListeners.delete(listener);
  }

  /** Reads again what is stored: at opening, and when another tab changed it. */
  refresh(): Promise<void> {
    return this.#exclusively(() => this.#follow());
  }

  /** The browser took the database away: nothing typed from now on would be kept. */
  lost(): void {
    this.setSyncState({
      condition: 'storage',
      detail: 'The data of this page was closed by the browser. Reload the page to go on.',
    });
  }

  async #follow(): Promise<void> {
    const around = await this.#readAround();
    const { state } = around;
    if (state !== null && state.cursor !== this.#state?.cursor) {
      const isSameSnapshot = state.snapshot === this.#state?.snapshot;
      const base = isSameSnapshot ? this.#base : new Base();
      const [texts, changed] = await Promise.all([
        isSameSnapshot ? [] : this.#database.getAll('segments', allPartsOf(state.snapshot)),
        this.#database.getAll('changed'),
      ]);
      for (const text of texts) for (const change of rowChanges(parseSegment(text))) base.put(change);
      for (const change of changed) base.put(change);
      this.#base = base;
    }
    this.#adopt(around);
  }

  /** Everything but rows: small, and read in one transaction so that queue and cursor fit together. */
  async #readAround(): Promise<Around> {
    const keptBefore = new Set(this.#pending.filter(({ isKept }) => isKept).map(({ record }) => record.edit.id));
    const transaction = this.#database.transaction(['meta', 'queue', 'receipts']);
    const [state, client, queue, receipts] = await Promise.all([
      transaction.objectStore('meta').get('state') as Promise<ReplicaState | undefined>,
      transaction.objectStore('meta').get('client') as Promise<ClientState | undefined>,
      transaction.objectStore('queue').getAll(),
      transaction.objectStore('receipts').getAll(),
      transaction.done,
    ]);
    return { state: state ?? null, client, queue, receipts, keptBefore };
  }

  #adopt({ state, client, queue, receipts, keptBefore }: Around): void {
    this.#state = state;
    this.#client = client ?? this.#client;
    this.#receipts = receipts;
    const stored = new Set(queue.map(({ edit }) => edit.id));
    // What was not on disk when the read began is still on its way there; it has not left the queue.
    const arriving = this.#pending.filter(
      ({ record }) => !stored.has(record.edit.id) && !keptBefore.has(record.edit.id),
    );
    this.#setPending([...queue.map((record) => ({ record, isKept: true })), ...arriving]);
  }

  /** Reading the disk into memory takes several steps; two at once would mix two moments. */
  #exclusively(task: () => Promise<void>): Promise<void> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return run;
  }

  #setPending(pending: readonly PendingEdit[]): void {
    this.#pending = pending;
    this.#changed();
  }

  #changed(): void {
    this.#view = null;
    this.#notify();
  }

  /** One call back a task, however much changed. */
  #notify(): void {
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    queueMicrotask(() => {
      this.#isNotifying = false;
      this.#tell(this.#listeners);
    });
  }

  #tell(listeners: ReadonlySet<() => void>): void {
    for (const listener of [...listeners]) listener();
  }

  #makeView(): PlanView {
    const role = this.#state?.role ?? 'viewer';
    const edits = this.#pending.map(({ record }) => record.edit);
    const { rows, verdicts, pendingRows }: Overlay = overlay(this.#base, edits, { ...this.user, role });
    return {
      planId: this.planId,
      user: this.user,
      role,
      rev: this.rev,
      rows,
      base: this.#base.rows,
      pendingRows,
      queue: this.#pending.map(({ record, isKept }, i) => {
        const predicted = verdicts[i];
        assert(predicted, 'the overlay gives a verdict for each edit');
        return { edit: record.edit, predicted, isKept, isSent: record.sent };
      }),
      refused: this.#receipts.flatMap(({ edit, receipt }) =>
        receipt.refusal ? [{ edit, refusal: receipt.refusal }] : [],
      ),
      events: this.#state?.events ?? [],
    };
  }
}

/** The client id is born in the database, never outside: it goes where the queue goes. */
async function clientOf(database: ReplicaDatabase, newId: () => string): Promise<ClientState> {
  const transaction = database.transaction('meta', 'readwrite', { durability: 'strict' });
  const known = (await transaction.store.get('client')) as ClientState | undefined;
  const client = known ?? { id: newId(), nextSeq: 1 };
  if (!known) await transaction.store.put(client, 'client');
  await transaction.done;
  return client;
}
