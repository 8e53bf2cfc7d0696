/**
 * Installing what the server sent. Each function is one transaction that first compares the stored cursor with the one
 * the request was made from: whatever tab or late answer comes second finds another cursor and changes nothing. Rows,
 * cursor, receipts and removal from the queue commit together or not at all.
 */
import {
  last,
  type RefusedRecord,
  type ReplicaDatabase,
  type ReplicaState,
  read,
  type WriteTransaction,
  write,
} from './database.ts';
import { type Delta, type RowColumns, rowChanges } from './delta.ts';
import { type Desk, deskIn } from './desk.ts';
import type { Receipt } from './edit.ts';
import { takeJournal } from './journal.ts';
import { renumber, requeue } from './queue.ts';
import { type Met, noteKept, noteRestored } from './restored.ts';
import type { Role } from './rows.ts';
import { allPartsOf, segmentOf } from './segment.ts';
import { type Settled, settlePiles } from './settle-piles.ts';
import { EVENTS_KEPT } from './view.ts';

export type Installed = 'installed' | 'moved';

/**
 * Installs a delta that was asked from `sentCursor`, with the receipts of the edits sent along. The delta must not be a
 * reset: an edit leaves the queue only together with its effect. Returns the desk as it is then.
 */
export function installDelta(
  database: ReplicaDatabase,
  sentCursor: string,
  { delta, receipts }: { delta: Delta; receipts: readonly Receipt[] },
): Promise<Desk | 'moved'> {
  const stores = ['meta', 'deltas', 'queue', 'refused', 'merged', 'journal', 'undo'] as const;
  return write(database, { what: 'What the server sent', stores }, async (transaction) => {
    const [state, queue, refused] = await Promise.all([
      stateIn(transaction),
      transaction.objectStore('queue').getAll(),
      transaction.objectStore('refused').getAll(),
    ]);
    if (state?.cursor !== sentCursor) return 'moved';
    const changes = [...rowChanges(delta.rows)];
    await offerAgain(transaction, refused, (ops) => changes.some(({ id, row }) => row !== null && ops.includes(id)));
    const events = [...delta.events, ...state.events].slice(0, EVENTS_KEPT);
    const { cursor, rev, now: asOf } = delta;
    const next = { ...state, cursor, rev, events, asOf };
    const settled = receipts.flatMap((receipt) => {
      const queued = queue.find(({ edit }) => edit.id === receipt.edit);
      return queued ? [{ edit: queued.edit, tookIn: queued.tookIn, receipt }] : [];
    });
    await settlePiles(transaction, settled, changes);
    if (receipts.some(({ dup }) => dup)) await noteKept(transaction, receipts);
    const writes = [
      ...advance(transaction, next, delta.rows),
      ...settled.flatMap((each) => settle(transaction, each, delta.now)),
    ];
    // Requests of one transaction run in their order: the desk is what the writes leave.
    const [desk] = await last(transaction, Promise.all([deskIn(transaction), ...writes]));
    return desk;
  });
}

/** Writes the state and the rows that it leads to: one text, however many they are. */
function advance(transaction: WriteTransaction, state: ReplicaState, rows: RowColumns): Promise<unknown>[] {
  const meta = transaction.objectStore('meta');
  if (Object.keys(rows).length === 0) return [meta.put(state, 'state')];
  const lastDelta = state.lastDelta + 1;
  return [
    transaction.objectStore('deltas').put(segmentOf(rows), lastDelta),
    meta.put({ ...state, lastDelta }, 'state'),
  ];
}

/** What a receipt does to the queue: its edit leaves, and stays visible or on record where that matters. */
function settle(transaction: WriteTransaction, { edit, receipt }: Settled, at: number): Promise<unknown>[] {
  const { refusal, merged, rev } = receipt;
  return [
    transaction.objectStore('queue').delete(edit.seq),
    ...(refusal ? [transaction.objectStore('refused').put({ edit, refusal }, edit.id)] : []),
    ...(merged.length > 0
      ? [transaction.objectStore('merged').put({ editId: edit.id, label: edit.label, merged }, edit.id)]
      : []),
    ...(rev !== null ? [transaction.objectStore('journal').put({ edit, rev, at }, edit.id)] : []),
  ];
}

/**
 * Queues again, under their ids, edits that were refused because a row was not known and whose ops name one that is here now:
 * after a restore the device that made the row may return last (docs/decisions/0015).
 */
async function offerAgain(
  transaction: WriteTransaction,
  refused: readonly RefusedRecord[],
  namesNewRow: (ops: string) => boolean,
): Promise<void> {
  const again = refused.filter(
    ({ edit, refusal }) => refusal.code === 'unknown_row' && namesNewRow(JSON.stringify(edit.ops)),
  );
  if (again.length === 0) return;
  await Promise.all(again.map(({ edit }) => transaction.objectStore('refused').delete(edit.id)));
  await requeue(
    transaction,
    again.map(({ edit }) => edit),
  );
}

/** Keeps one part of a snapshot as received, so that an interrupted snapshot goes on where it stopped. */
export function keepPart(
  database: ReplicaDatabase,
  { snapshot, part, text }: { snapshot: string; part: number; text: string },
): Promise<void> {
  return write(database, { what: 'A part of the plan', stores: ['segments'] }, async (transaction) => {
    await last(transaction, transaction.objectStore('segments').put(text, [snapshot, part]));
  });
}

/** The parts that an interrupted snapshot left here, by their numbers. */
export function keptParts(database: ReplicaDatabase, snapshot: string): Promise<ReadonlyMap<number, string>> {
  return read(database, ['segments'], async (transaction) => {
    const segments = transaction.objectStore('segments');
    const range = allPartsOf(snapshot);
    const [keys, texts] = await Promise.all([segments.getAllKeys(range), segments.getAll(range)]);
    return new Map(keys.map(([, part], i) => [part, texts[i] ?? '']));
  });
}

export interface SnapshotHead {
  readonly snapshot: string;
  readonly cursor: string;
  readonly rev: number;
  readonly role: Role;
}

/**
 * Makes a complete snapshot the base, and `since`, the delta from its cursor, in one transaction: until it commits the
 * old base stands. Where that delta is a reset itself, the next exchange meets it. `sentCursor` is the cursor before
 * the snapshot, '' for a replica that never had one. Nothing is ever taken from the queue here; with `forkTo`, a new
 * client id, the journal's edits come back into it, before what is pending.
 */
export function switchSnapshot(
  database: ReplicaDatabase,
  sentCursor: string,
  { since, forkTo, log, ...head }: SnapshotHead & { since: Delta; forkTo: string | null; log: Met['log'] },
): Promise<Desk | 'moved'> {
  const stores = ['meta', 'deltas', 'segments', 'queue', 'refused', 'merged', 'journal', 'undo'] as const;
  // Base can be fetched again; what comes back from the journal is the only copy.
  const durability = forkTo === null ? 'relaxed' : 'strict';
  return write(database, { what: 'The plan', stores, durability }, async (transaction) => {
    const segments = transaction.objectStore('segments');
    const [state, keys, refused] = await Promise.all([
      stateIn(transaction),
      segments.getAllKeys(),
      transaction.objectStore('refused').getAll(),
    ]);
    if ((state?.cursor ?? '') !== sentCursor) return 'moved';
    if (forkTo !== null) {
      const journal = await takeJournal(transaction);
      await renumber(transaction, forkTo, journal);
      await noteRestored(transaction, { state, rev: since.reset === null ? since.rev : head.rev, log, journal });
    }
    await offerAgain(transaction, refused, () => true);
    const [generation, lastDelta] = [(state?.generation ?? 0) + 1, state?.lastDelta ?? 0];
    const { reset, cursor, rev, events, now: asOf } = since;
    const ours = { ...head, ...(state?.clockOffset ? { clockOffset: state.clockOffset } : {}), generation, lastDelta };
    const next: ReplicaState =
      reset === null
        ? { ...ours, cursor, rev, events: events.slice(0, EVENTS_KEPT), asOf }
        : { ...ours, events: [], asOf: state?.asOf ?? 0 };
    const writes = [
      transaction.objectStore('deltas').clear(),
      ...keys.filter(([snapshot]) => snapshot !== head.snapshot).map((key) => segments.delete(key)),
      ...advance(transaction, next, reset === null ? since.rows : {}),
    ];
    const [desk] = await last(transaction, Promise.all([deskIn(transaction), ...writes]));
    return desk;
  });
}

/**
 * Folds what changed since the snapshot into segments, so that the next opening reads a few texts instead of thousands of
 * records. Base, cursor and queue stay as they are; `sentCursor` is the cursor that `segments` were written at.
 */
export function foldChanges(
  database: ReplicaDatabase,
  sentCursor: string,
  { snapshot, segments }: { snapshot: string; segments: readonly string[] },
): Promise<Installed> {
  return write(database, { what: 'The plan', stores: ['meta', 'deltas', 'segments'] }, async (transaction) => {
    const state = await stateIn(transaction);
    if (state?.cursor !== sentCursor) return 'moved';
    const stored = transaction.objectStore('segments');
    const stale = await stored.getAllKeys();
    const next: ReplicaState = { ...state, snapshot, generation: state.generation + 1 };
    await Promise.all([
      ...stale.map((key) => stored.delete(key)),
      ...segments.map((text, part) => stored.put(text, [snapshot, part])),
      transaction.objectStore('deltas').clear(),
      transaction.objectStore('meta').put(next, 'state'),
    ]);
    return 'installed';
  });
}

/** Keeps how wrong the device's clock is, milliseconds, whatever else is known. */
export function keepClockOffset(database: ReplicaDatabase, clockOffset: number): Promise<void> {
  return write(database, { what: 'What the clock says', stores: ['meta'] }, async (transaction) => {
    const state = await stateIn(transaction);
    if (state) await last(transaction, transaction.objectStore('meta').put({ ...state, clockOffset }, 'state'));
  });
}

async function stateIn(transaction: WriteTransaction): Promise<ReplicaState | undefined> {
  return (await transaction.objectStore('meta').get('state')) as ReplicaState | undefined;
}
