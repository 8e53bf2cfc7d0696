/**
 * The edit queue on disk. An edit is kept only once its strict-durability transaction has completed, and leaves only in
 * the transaction that installs a base containing its effect (`install.ts`). Id, base and content are fixed here: what
 * is sent again is byte for byte what was sent before.
 */
import type { IDBPTransaction, StoreNames } from 'idb';
import { type ClientState, type QueueRecord, type ReplicaDatabase, type ReplicaSchema, stored } from './database.ts';
import type { Edit } from './edit.ts';
import { assert } from './errors.ts';

/** Keeps one edit under the next seq of this client and returns it. Rejects with a `StorageError`. */
export function enqueue(database: ReplicaDatabase, edit: Omit<Edit, 'seq'>): Promise<QueueRecord> {
  return stored('Your edit', async () => {
    const transaction = database.transaction(['meta', 'queue'], 'readwrite', { durability: 'strict' });
    const client = await clientIn(transaction.objectStore('meta'));
    const record: QueueRecord = { edit: { ...edit, seq: client.nextSeq }, sent: false };
    await Promise.all([
      transaction.objectStore('queue').add(record, client.nextSeq),
      transaction.objectStore('meta').put({ ...client, nextSeq: client.nextSeq + 1 }, 'client'),
      transaction.done,
    ]);
    return record;
  });
}

/** Notes, before the request leaves, that these edits may reach the server: from now on their content is frozen. */
export function markSent(database: ReplicaDatabase, seqs: readonly number[]): Promise<void> {
  return stored('The state of your edits', async () => {
    const transaction = database.transaction('queue', 'readwrite', { durability: 'strict' });
    for (const seq of seqs) {
      const record = await transaction.store.get(seq);
      if (record && !record.sent) await transaction.store.put({ ...record, sent: true }, seq);
    }
    await transaction.done;
  });
}

/**
 * Takes a new client id and renumbers what is pending from 1, keeping the edit ids: the server saw this client's
 * numbers used by another copy of this database, so that only the ids can tell what was applied.
 */
export function fork(database: ReplicaDatabase, newClientId: string): Promise<void> {
  return stored('The new identity of this device', async () => {
    const transaction = database.transaction(['meta', 'queue'], 'readwrite', { durability: 'strict' });
    await renumber(transaction, newClientId, []);
    await transaction.done;
  });
}

/** Inside a transaction: these edits, then what is queued, numbered from 1 under a new client id. */
export async function renumber(
  transaction: IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], 'readwrite'>,
  newClientId: string,
  first: readonly Edit[],
): Promise<void> {
  const queue = transaction.objectStore('queue');
  const records = [...first.map((edit) => ({ edit, sent: true })), ...(await queue.getAll())];
  void queue.clear();
  for (const [index, { edit, sent }] of records.entries()) {
    void queue.add({ edit: { ...edit, seq: index + 1 }, sent }, index + 1);
  }
  await transaction.objectStore('meta').put({ id: newClientId, nextSeq: records.length + 1 }, 'client');
}

async function clientIn(meta: { get(key: 'client'): Promise<unknown> }): Promise<ClientState> {
  const client = (await meta.get('client')) as ClientState | undefined;
  assert(client, 'a replica has a client id from its first opening');
  return client;
}
