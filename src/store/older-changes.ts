/**
 * Until version 4 of the database a row that changed since the snapshot was a record of its own. The upgrade makes one
 * text of them, so that a page that is opened offline after it shows what it had shown.
 */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { RowChange } from './base.ts';
import type { ReplicaSchema, ReplicaState } from './database.ts';
import type { Value } from './rows.ts';
import { segmentOf } from './segment.ts';

/** Inside the upgrade, which awaits nothing else. */
export async function foldOlderChanges(
  upgrading: IDBPDatabase<ReplicaSchema>,
  upgrade: IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], 'versionchange'>,
): Promise<void> {
  const meta = upgrade.objectStore('meta');
  const [state, changes] = await Promise.all([
    meta.get('state') as Promise<ReplicaState | undefined>,
    upgrade.objectStore('changed').getAll(),
  ]);
  upgrading.deleteObjectStore('changed');
  if (!state) return;
  await Promise.all([
    upgrade.objectStore('deltas').put(segmentOf(tablesOf(changes)), 1),
    meta.put({ ...state, lastDelta: 1 }, 'state'),
  ]);
}

function tablesOf(changes: readonly RowChange[]) {
  const tables: { [table: string]: { cols: string[]; rows: Value[][]; removed: [string, number][] } } = {};
  for (const { table, id, row } of changes) {
    tables[table] ??= { cols: [], rows: [], removed: [] };
    const entry = tables[table];
    if (row === null) entry.removed.push([id, 0]);
    else {
      if (entry.cols.length === 0) entry.cols = Object.keys(row);
      entry.rows.push(entry.cols.map((col) => row[col] ?? null));
    }
  }
  return tables;
}
