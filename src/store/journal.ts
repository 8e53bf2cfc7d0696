/**
 * The edit journal: edits that took effect, kept for two weeks. When the server was restored to an older state they are
 * offered again under their ids, so that what the restored history lost comes back and what it kept is not doubled.
 */
import type { IDBPTransaction, StoreNames } from 'idb';
import { type ReplicaDatabase, type ReplicaSchema, stored } from './database.ts';
import type { Edit } from './edit.ts';

/** Longer than the age of any backup one would restore. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Forgets what is older than any backup that may come back. `now`: device clock, milliseconds. */
export function pruneJournal(database: ReplicaDatabase, now: number): Promise<void> {
  return stored('The journal of your edits', async () => {
    const old = IDBKeyRange.upperBound(now - KEPT_MS);
    const keys = await database.getAllKeysFromIndex('journal', 'at', old);
    if (keys.length === 0) return;
    const transaction = database.transaction('journal', 'readwrite');
    for (const key of keys) void transaction.store.delete(key);
    await transaction.done;
  });
}

/** Inside a transaction: empties the journal and returns its edits in the order in which they took effect. */
export async function takeJournal(
  transaction: IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], 'readwrite'>,
): Promise<readonly Edit[]> {
  const journal = transaction.objectStore('journal');
  const records = await journal.getAll();
  void journal.clear();
  return records.sort((a, b) => a.rev - b.rev || a.edit.seq - b.edit.seq).map(({ edit }) => edit);
}
