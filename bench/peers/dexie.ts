/** Dexie: one table, `bulkPut` in one transaction; queue and wire are the application's, as Dexie leaves them to it. */
import { Dexie } from 'dexie';
import type { BenchRow } from '../replica/page/contestant.ts';
import { BATCH, fetchRows, type NoteEdit, sendEdits } from '../replica/page/rows.ts';
import { takeStage } from '../replica/page/stage.ts';

const database = new Dexie('bench');
database.version(1).stores({ rows: 'id', meta: 'key', queue: '++seq' });
const rows = new Map<string, BenchRow>();
let rev = 0;

async function pull() {
  const reply = await fetchRows(rev);
  rev = reply.rev;
  for (const row of reply.rows) rows.set(row.id, row);
  if (reply.rows.length === 0) return { durable: Promise.resolve() };
  const durable = database.transaction('rw', ['rows', 'meta'], () =>
    Promise.all([database.table('rows').bulkPut(reply.rows), database.table('meta').put({ key: 'rev', rev })]),
  );
  return { durable };
}

takeStage({
  async open() {
    await database.open();
    rev = ((await database.table('meta').get('rev')) as { rev: number } | undefined)?.rev ?? 0;
  },
  async all() {
    if (rows.size === 0) for (const row of await database.table('rows').toArray()) rows.set(row.id, row);
    return rows.values();
  },
  some: async (ids) => ids.map((id) => rows.get(id)),
  pull,
  async edit(id, note) {
    rows.set(id, { ...rows.get(id), note } as BenchRow);
    const durable = database.transaction('rw', ['rows', 'queue'], () =>
      Promise.all([database.table('rows').update(id, { note }), database.table('queue').add({ id, note })]),
    );
    return { durable };
  },
  async push() {
    for (;;) {
      const edits = (await database.table('queue').limit(BATCH).toArray()) as NoteEdit[];
      if (edits.length === 0) return;
      const sent = await sendEdits(edits);
      await database.transaction('rw', ['rows', 'queue'], () =>
        Promise.all([
          database.table('rows').bulkPut(sent),
          database.table('queue').bulkDelete(edits.map(({ seq }) => seq)),
        ]),
      );
    }
  },
  follow: () => setInterval(pull, 7_000),
});
