/**
 * Installing what the server sent. Each function is one transaction that first compares the stored cursor with the one
 * the request was made from: whatever tab or late answer comes second finds another cursor and changes nothing. Rows,
 * cursor, receipts and removal from the queue commit together or not at all.
 */
import { type ReplicaDatabase, type ReplicaState, stored } from './database.ts';
import { type Delta, rowChanges } from './delta.ts';
import type { Receipt } from './edit.ts';
import { takeJournal } from './journal.ts';
import { renumber } from './queue.ts';
import type { Role } from './rows.ts';

export type Installed = 'installed' | 'moved';

const EVENTS_KEPT = 50;

/**
 * Installs a delta that was asked from `sentCursor`, with the receipts of the edits sent along. A delta that changes
 * nothing writes nothing. The delta must not be a reset: an edit leaves the queue only together with its effect.
 */
export function installDelta(
  database: ReplicaDatabase,
  sentCursor: string,
  { delta, receipts, at }: { delta: Delta; receipts: readonly Receipt[]; at: number },
): Promise<Installed> {
  if (delta.cursor === sentCursor && receipts.length === 0) return Promise.resolve('installed');
  return stored('What the server sent', async () => {
    const transaction = database.transaction(['meta', 'changed', 'queue', 'refused', 'journal'], 'readwrite');
    const meta = transaction.objectStore('meta');
    const state = (await meta.get('state')) as ReplicaState | undefined;
    if (state?.cursor !== sentCursor) return 'moved';
    const changed = transaction.objectStore('changed');
    for (const change of rowChanges(delta.rows)) void changed.put(change, [change.table, change.id]);
    for (const receipt of receipts) {
      const record = await transaction.objectStore('queue').get(receipt.seq);
      if (record?.edit.id !== receipt.edit) continue;
      const { edit } = record;
      void transaction.objectStore('queue').delete(receipt.seq);
      if (receipt.refusal) void transaction.objectStore('refused').put({ edit, refusal: receipt.refusal }, edit.id);
      if (receipt.rev !== null) void transaction.objectStore('journal').put({ edit, rev: receipt.rev, at }, edit.id);
    }
    const events = [...delta.events, ...state.events].slice(0, EVENTS_KEPT);
    void meta.put({ ...state, cursor: delta.cursor, rev: delta.rev, events, installedAt: at }, 'state');
    await transaction.done;
    return 'installed';
  });
}

/** Keeps one part of a snapshot as received, so that an interrupted snapshot goes on where it stopped. */
export function keepPart(
  database: ReplicaDatabase,
  { snapshot, part, text }: { snapshot: string; part: number; text: string },
): Promise<void> {
  return stored('A part of the plan', async () => {
    await database.put('segments', text, [snapshot, part]);
  });
}

export async function keptParts(database: ReplicaDatabase, snapshot: string): Promise<ReadonlySet<number>> {
  const keys = await database.getAllKeys('segments', allPartsOf(snapshot));
  return new Set(keys.map(([, part]) => part));
}

export function allPartsOf(snapshot: string): IDBKeyRange {
  return IDBKeyRange.bound([snapshot], [snapshot, []]);
}

export interface SnapshotHead {
  readonly snapshot: string;
  readonly cursor: string;
  readonly rev: number;
  readonly role: Role;
}

/**
 * Makes a complete snapshot the base, in one transaction: until it commits the old base stands. `sentCursor` is the
 * cursor before it, '' for a replica that never had one. Nothing is ever taken from the queue here; with `forkTo`, a new
 * client id, the journal's edits come back into it, before what is pending.
 */
export function switchSnapshot(
  database: ReplicaDatabase,
  sentCursor: string,
  { at, forkTo, ...head }: SnapshotHead & { at: number; forkTo: string | null },
): Promise<Installed> {
  return stored('The plan', async () => {
    const transaction = database.transaction(['meta', 'changed', 'segments', 'queue', 'journal'], 'readwrite');
    const meta = transaction.objectStore('meta');
    const state = (await meta.get('state')) as ReplicaState | undefined;
    if ((state?.cursor ?? '') !== sentCursor) return 'moved';
    void transaction.objectStore('changed').clear();
    const segments = transaction.objectStore('segments');
    for (const key of await segments.getAllKeys()) if (key[0] !== head.snapshot) void segments.delete(key);
    if (forkTo !== null) await renumber(transaction, forkTo, await takeJournal(transaction));
    void meta.put({ ...head, events: [], installedAt: at }, 'state');
    await transaction.done;
    return 'installed';
  });
}
