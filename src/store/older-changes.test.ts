import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { freshDisk, nothingSince, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { columns, integrity, PHASE_ID, PLAN_ID, SCHEDULE_ID, schedule } from '../testing/small-plan.ts';
import { databaseName } from './database.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';

beforeEach(freshDisk);

const note = (replica: Replica, text: string) => {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  return replica.edit(`Note ${text}`, [setFields('chapter_schedules', row, { note: text })]);
};

test('a database of the first version opens with everything that was queued, and with what had changed', async () => {
  const replica = await openFilledReplica();
  for (let n = 0; n < 30; n += 1) await note(replica, `number ${n}`);
  const { queue, clientId, cursor } = replica;
  replica.database.close();
  await downgraded();

  const reopened = await openReplica();
  expect(reopened.queue).toEqual(queue);
  expect([reopened.clientId, reopened.cursor]).toEqual([clientId, cursor]);
  const { base, rows } = reopened.view();
  expect(base.chapter_schedules.get(SCHEDULE_ID)).toMatchObject({ rev: 2, status: 'ready', note: '' });
  expect(base.phases.has(PHASE_ID)).toBe(false);
  expect(rows.chapter_schedules.get(SCHEDULE_ID)).toMatchObject({ status: 'ready', note: 'number 29' });
  await note(reopened, 'after');
  expect(reopened.view().undo).toBe('Undo note after');

  const changed = { chapter_schedules: columns('chapter_schedules', [schedule(3, { status: 'done' })]) };
  const delta = { ...nothingSince({ cursor: 'e.3', rev: 3 }), ...integrity(3), rows: changed };
  await reopened.install(reopened.cursor, delta, []);
  const again = (await openReplica()).view();
  expect(again.base.chapter_schedules.get(SCHEDULE_ID)).toMatchObject({ rev: 3, status: 'done' });
  expect(again.base.phases.has(PHASE_ID)).toBe(false);
});

/** The same data as version 1 kept it, with a row that changed after the snapshot and one that was removed. */
async function downgraded(): Promise<void> {
  const name = databaseName({ site: 'http://localhost/base', userKey: 'planner-a', planId: PLAN_ID });
  const stores = ['meta', 'segments', 'queue', 'refused', 'journal'];
  const from = await openDB(name);
  const contents = await Promise.all(
    stores.map(async (store) => ({ store, keys: await from.getAllKeys(store), values: await from.getAll(store) })),
  );
  from.close();
  freshDisk();
  const to = await openDB(name, 1, {
    upgrade(upgrading) {
      for (const store of [...stores, 'changed']) upgrading.createObjectStore(store);
      // The index that version 1 made.
      upgrading.deleteObjectStore('journal');
      upgrading.createObjectStore('journal').createIndex('at', 'at');
    },
  });
  for (const { store, keys, values } of contents)
    for (const [i, key] of keys.entries()) {
      const { lastDelta: _, ...state } = Object(values[i]);
      await to.put(store, key === 'state' ? state : values[i], key);
    }
  const { fields, ...row } = schedule(2, { status: 'ready' });
  for (const [table, id, changed] of [
    ['chapter_schedules', SCHEDULE_ID, { ...row, ...fields }],
    ['phases', PHASE_ID, null],
  ] as const) {
    await to.put('changed', { table, id, row: changed }, [table, id]);
  }
  to.close();
}
