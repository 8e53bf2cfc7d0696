/** The floor: `idb` with a record a row, as an application without an engine would do it. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { BenchRow } from './contestant.ts';
import { BATCH, fetchRows, type NoteEdit, sendEdits } from './rows.ts';
import { takeStage } from './stage.ts';

interface Schema extends DBSchema {
  rows: { key: string; value: BenchRow };
  meta: { key: string; value: number };
  queue: { key: number; value: NoteEdit };
}

const rows = new Map<string, BenchRow>();
let database: IDBPDatabase<Schema>;
let rev = 0;
let seq = 0;

async function pull() {
  const reply = await fetchRows(rev);
  rev = reply.rev;
  for (const row of reply.rows) rows.set(row.id, row);
  if (reply.rows.length === 0) return { durable: Promise.resolve() };
  const transaction = database.transaction(['rows', 'meta'], 'readwrite');
  const store = transaction.objectStore('rows');
  for (const row of reply.rows) void store.put(row);
  void transaction.objectStore('meta').put(rev, 'rev');
  return { durable: transaction.done };
}

takeStage({
  async open() {
    database = await openDB<Schema>('bench', 1, {
      upgrade(upgrading) {
        upgrading.createObjectStore('rows', { keyPath: 'id' });
        upgrading.createObjectStore('meta');
        upgrading.createObjectStore('queue', { keyPath: 'seq' });
      },
    });
    rev = (await database.get('meta', 'rev')) ?? 0;
  },
  async all() {
    if (rows.size === 0) for (const row of await database.getAll('rows')) rows.set(row.id, row);
    return rows.values();
  },
  some: async (ids) => ids.map((id) => rows.get(id)),
  pull,
  async edit(id, note) {
    const row = { ...rows.get(id), note } as BenchRow;
    rows.set(id, row);
    seq += 1;
    const transaction = database.transaction(['rows', 'queue'], 'readwrite', { durability: 'strict' });
    void transaction.objectStore('rows').put(row);
    void transaction.objectStore('queue').put({ seq, id, note });
    return { durable: transaction.done };
  },
  async push() {
    for (;;) {
      const edits = await database.getAll('queue', null, BATCH);
      if (edits.length === 0) return;
      const sent = await sendEdits(edits);
      const transaction = database.transaction(['rows', 'queue'], 'readwrite');
      for (const row of sent) void transaction.objectStore('rows').put(row);
      for (const { seq } of edits) void transaction.objectStore('queue').delete(seq);
      await transaction.done;
    }
  },
  follow: () => setInterval(pull, 7_000),
});
