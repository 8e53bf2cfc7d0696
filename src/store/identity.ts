/**
 * Who used this browser last, and which plans they could open: what the page needs to open a replica with no network.
 * It decides only which database to open; whether its edits may be sent is decided by the server's answer. It is kept
 * as strictly as an edit: without it a page that was killed would not find the edits that it had kept.
 */
import { type Identity, openIdentityDatabase } from './database.ts';

export async function rememberIdentity(site: string, identity: Identity): Promise<void> {
  const database = await openIdentityDatabase(site);
  try {
    const known = await database.get('identity', 'last');
    if (JSON.stringify(known) === JSON.stringify(identity)) return;
    const transaction = database.transaction('identity', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(identity, 'last'), transaction.done]);
  } finally {
    database.close();
  }
}

/** Undefined where nobody is known. */
export async function recallIdentity(site: string): Promise<Identity | undefined> {
  const database = await openIdentityDatabase(site);
  try {
    return await database.get('identity', 'last');
  } finally {
    database.close();
  }
}
