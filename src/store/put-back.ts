/** What memory holds goes back to a disk that lost it, or lost a part of it: queue first, rows can be fetched again. */
import {
  type MergedRecord,
  type QueueRecord,
  type RefusedRecord,
  type ReplicaDatabase,
  type ReplicaState,
  write,
} from './database.ts';
import { renumberedRecord, requeue } from './queue.ts';

export interface Held {
  readonly queue: readonly QueueRecord[];
  readonly refused: readonly RefusedRecord[];
  readonly merged: readonly MergedRecord[];
  /** Null before the first snapshot. */
  readonly state: ReplicaState | null;
  readonly segments: readonly string[];
  /** A client id that no other disk has: the numbers that the old one used are lost with the disk. */
  readonly clientId: string;
}

/** Site data was cleared under an open page. Another tab may have been first; then only what it did not have is added. */
export function putBack(database: ReplicaDatabase, held: Held): Promise<void> {
  const stores = ['meta', 'queue', 'refused', 'merged', 'segments'] as const;
  return write(database, { what: 'What you typed', stores, durability: 'strict' }, async (transaction) => {
    const [meta, queue] = [transaction.objectStore('meta'), transaction.objectStore('queue')];
    if (await meta.get('client')) {
      const known = (await queue.getAll()).map(({ edit }) => edit.id);
      const edits = held.queue.flatMap(({ edit }) => (known.includes(edit.id) ? [] : [edit]));
      return requeue(transaction, edits);
    }
    const snapshot = `put back ${held.clientId}`;
    const state = held.state && { ...held.state, snapshot, generation: held.state.generation + 1 };
    await Promise.all([
      meta.put({ id: held.clientId, nextSeq: held.queue.length + 1 }, 'client'),
      ...held.queue.map((record, i) => queue.put(renumberedRecord(record, i + 1), i + 1)),
      ...held.refused.map((record) => transaction.objectStore('refused').put(record, record.edit.id)),
      ...held.merged.map((record) => transaction.objectStore('merged').put(record, record.editId)),
      state && meta.put(state, 'state'),
      ...held.segments.map((text, part) => transaction.objectStore('segments').put(text, [snapshot, part])),
    ]);
  });
}

/** A base that cannot be read is worth nothing: the next exchange takes a snapshot. The queue stays. */
export function dropBase(database: ReplicaDatabase): Promise<void> {
  const stores = ['meta', 'segments', 'deltas'] as const;
  return write(database, { what: 'That the plan must be read again', stores }, async (transaction) => {
    await Promise.all([
      transaction.objectStore('meta').delete('state'),
      transaction.objectStore('segments').clear(),
      transaction.objectStore('deltas').clear(),
    ]);
  });
}
