/**
 * Reading what is stored. The desk is everything of a replica but its rows – how far it has read, its client, what is
 * queued and what was refused. Desk and rows are read in one transaction, so that they are of one moment: another tab
 * may install a reply, or switch to another snapshot, at any time.
 */
import {
  type ClientState,
  type MergedRecord,
  type QueueRecord,
  type ReadTransaction,
  type RefusedRecord,
  type ReplicaDatabase,
  type ReplicaState,
  read,
  type WriteTransaction,
  write,
} from './database.ts';
import type { Edit } from './edit.ts';
import { keysBetween } from './key-range.ts';
import { isQueueRecord } from './pending-file.ts';
import { renumbered } from './queue.ts';
import { allPartsOf } from './segment.ts';
import { type Piles, topsIn } from './undo-piles.ts';
import type { Restored } from './view.ts';

export interface Desk {
  /** Null before the first snapshot. */
  readonly state: ReplicaState | null;
  readonly client: ClientState;
  readonly queue: readonly QueueRecord[];
  readonly refused: readonly RefusedRecord[];
  readonly merged: readonly MergedRecord[];
  readonly restored: Restored | null;
  /** What goes back first, and what comes back first. */
  readonly piles: Piles;
}

/** The state that memory has rows of; null: of none. */
export type Known = Pick<ReplicaState, 'generation' | 'lastDelta'> | null;

/** Rows that memory does not have yet. */
export interface StoredRows {
  /** The snapshot's parts; null where memory is built from the same snapshot. */
  readonly segments: readonly string[] | null;
  /** What came after them, or after what memory has. */
  readonly deltas: readonly string[];
}

/** Reads the desk, and the rows where the stored state is not the `known` one. */
export function readStored(database: ReplicaDatabase, known: Known): Promise<[Desk, StoredRows]> {
  return read(database, ['meta', 'queue', 'refused', 'merged', 'undo', 'segments', 'deltas'], async (transaction) => {
    const desk = await deskIn(transaction);
    const { state } = desk;
    if (!state) return [desk, { segments: null, deltas: [] }];
    const isSameBase = state.generation === known?.generation;
    const after = isSameBase ? known.lastDelta : 0;
    const [segments, deltas] = await Promise.all([
      isSameBase ? null : transaction.objectStore('segments').getAll(allPartsOf(state.snapshot)),
      after === state.lastDelta ? [] : transaction.objectStore('deltas').getAll(keysBetween(after + 1, Infinity)),
    ]);
    return [desk, { segments, deltas }];
  });
}

/** Inside a transaction over at least these stores: the desk as this transaction leaves it. */
export async function deskIn(transaction: ReadTransaction | WriteTransaction): Promise<Desk> {
  const meta = transaction.objectStore('meta');
  const [state, client, restored, queue, refused, merged, piles] = await Promise.all([
    meta.get('state') as Promise<ReplicaState | undefined>,
    meta.get('client') as Promise<ClientState>,
    meta.get('restored') as Promise<Restored | undefined>,
    transaction.objectStore('queue').getAll(),
    transaction.objectStore('refused').getAll(),
    transaction.objectStore('merged').getAll(),
    topsIn(transaction),
  ]);
  return { state: state ?? null, client, queue, refused, merged, restored: restored ?? null, piles };
}

export interface Prepared {
  readonly client: ClientState;
  /** Nothing else is stored yet. */
  readonly isNew: boolean;
  /** What was set aside, now or before. */
  readonly damaged: readonly unknown[];
}

/**
 * At each opening, before anything is read: this device gets its client id, which is born in the database it goes with, and
 * what cannot be read is set aside from the queue, so that one bad record holds up no other. A new database begins with the
 * edits that are `left` of one that was lost; the server may know them, so their content is frozen.
 */
export function prepare(
  database: ReplicaDatabase,
  { newId, left }: { newId: () => string; left: readonly Edit[] },
): Promise<Prepared> {
  const stores = ['meta', 'queue', 'damaged'] as const;
  // A client id that a power cut takes has not been used yet: the edit that uses it is kept strictly, and takes it along.
  const durability = left.length > 0 ? 'strict' : 'relaxed';
  return write(database, { what: 'This device', stores, durability }, async (transaction) => {
    const [meta, queue, aside] = [
      transaction.objectStore('meta'),
      transaction.objectStore('queue'),
      transaction.objectStore('damaged'),
    ];
    const [known, records, keys, before] = await Promise.all([
      meta.get('client') as Promise<ClientState | undefined>,
      queue.getAll() as Promise<readonly unknown[]>,
      queue.getAllKeys(),
      aside.getAll(),
    ]);
    const again = known ? [] : left.map((edit, i) => renumbered(edit, i + 1));
    const client = known ?? { id: newId(), nextSeq: again.length + 1 };
    const damaged = keys.flatMap((key, i) => (isQueueRecord(records[i]) ? [] : [{ key, record: records[i] }]));
    await Promise.all([
      known ? null : meta.put(client, 'client'),
      ...again.map((edit) => queue.add({ edit, sent: true }, edit.seq)),
      // The number is this client's: another one begins anew.
      ...damaged.map(({ key, record }) => aside.put(record, `${client.id} ${key}`)),
      ...damaged.map(({ key }) => queue.delete(key)),
    ]);
    const isNew = known === undefined && records.length + again.length === 0;
    return { client, isNew, damaged: [...before, ...damaged.map(({ record }) => record)] };
  });
}
