/**
 * The desk: everything of a replica but its rows – how far it has read, its client, what is queued and what was
 * refused. It is small, and read in one transaction so that queue and cursor fit together.
 */
import type { ClientState, QueueRecord, RefusedRecord, ReplicaDatabase, ReplicaState } from './database.ts';

export interface Desk {
  /** Null before the first snapshot. */
  readonly state: ReplicaState | null;
  readonly client: ClientState;
  readonly queue: readonly QueueRecord[];
  readonly refused: readonly RefusedRecord[];
}

/** Reads the desk; at the first opening it gives this device its client id, which is born in the database it goes with. */
export async function readDesk(database: ReplicaDatabase, newId: () => string): Promise<Desk> {
  const transaction = database.transaction(['meta', 'queue', 'refused']);
  const [state, client, queue, refused] = await Promise.all([
    transaction.objectStore('meta').get('state') as Promise<ReplicaState | undefined>,
    transaction.objectStore('meta').get('client') as Promise<ClientState | undefined>,
    transaction.objectStore('queue').getAll(),
    transaction.objectStore('refused').getAll(),
    transaction.done,
  ]);
  return { state: state ?? null, client: client ?? (await bornClient(database, newId)), queue, refused };
}

async function bornClient(database: ReplicaDatabase, newId: () => string): Promise<ClientState> {
  const transaction = database.transaction('meta', 'readwrite', { durability: 'strict' });
  // Another tab may have been first.
  const known = (await transaction.store.get('client')) as ClientState | undefined;
  const client = known ?? { id: newId(), nextSeq: 1 };
  if (!known) await transaction.store.put(client, 'client');
  await transaction.done;
  return client;
}
