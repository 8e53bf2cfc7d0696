/**
 * The edit journal: edits that took effect, kept for two weeks. When the server was restored to an older state they are
 * offered again under their ids, so that what the restored history lost comes back and what it kept is not doubled.
 */
import { type ReplicaDatabase, read, type WriteTransaction, write } from './database.ts';
import type { Edit } from './edit.ts';
import { keysBetween } from './key-range.ts';

/** Longer than the age of any backup one would restore. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Forgets what is older than any backup that may come back. `now`: server clock, milliseconds. */
export async function pruneJournal(database: ReplicaDatabase, now: number): Promise<void> {
  const keys = await read(database, ['journal'], (transaction) =>
    transaction
      .objectStore('journal')
      .index('at')
      .getAllKeys(keysBetween(-Infinity, now - KEPT_MS)),
  );
  if (keys.length === 0) return;
  await write(database, { what: 'The journal of your edits', stores: ['journal'] }, async (transaction) => {
    await Promise.all(keys.map((key) => transaction.objectStore('journal').delete(key)));
  });
}

/** Inside a transaction: empties the journal and returns its edits in the order in which they took effect. */
export async function takeJournal(transaction: WriteTransaction): Promise<readonly Edit[]> {
  const journal = transaction.objectStore('journal');
  const records = await journal.getAll();
  await journal.clear();
  return records.sort((a, b) => a.rev - b.rev || a.edit.seq - b.edit.seq).map(({ edit }) => edit);
}
