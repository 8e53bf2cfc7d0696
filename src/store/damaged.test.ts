/** A record of the queue that is no edit any more holds up nothing, and is not thrown away. */
import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { SCHEDULE_ID } from '../testing/small-plan.ts';
import { readQueues } from './database.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { ChapterSchedule } from './rows.ts';

beforeEach(freshDisk);

async function typed(): Promise<Replica> {
  const replica = await openFilledReplica();
  for (const note of ['one', 'two']) {
    const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID) as ChapterSchedule;
    await replica.edit(note, [setFields('chapter_schedules', row, note === 'one' ? { note } : { status: 'ready' })]);
  }
  return replica;
}

const labels = (replica: Replica) => replica.queue.map(({ edit }) => edit.label);

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'garbage'],
  [
    'an edit without ops',
    { edit: { id: 'f0000000-0000-4000-8000-000000000001', seq: 1, at: 0, label: 'one' }, sent: false },
  ],
  [
    'an edit without a number',
    { edit: { id: 'f0000000-0000-4000-8000-000000000001', at: 0, label: 'one', ops: [{ op: 'set' }] }, sent: false },
  ],
])('%s in the queue is set aside once, and the other edits go on', async (_, record) => {
  const before = await typed();
  await before.database.put('queue', record as never, 1);
  before.database.close();
  for (let openings = 0; openings < 2; openings += 1) {
    const replica = await openReplica();
    expect(labels(replica)).toEqual(['two']);
    expect(replica.view().damaged).toBe(1);
    expect(JSON.parse(await replica.exportPending([])).damaged).toEqual([record]);
    replica.database.close();
  }
  expect(await readQueues('http://localhost/base')).toMatchObject([{ pending: [{ label: 'two' }], damaged: [record] }]);
  const replica = await openReplica();
  await replica.dismissDamaged();
  expect(replica.view().damaged).toBe(0);
  await replica.fork();
  expect(labels(replica)).toEqual(['two']);
});

test('a whole queue is left as it is', async () => {
  const before = await typed();
  before.database.close();
  const replica = await openReplica();
  expect(labels(replica)).toEqual(['one', 'two']);
  expect(replica.view().damaged).toBe(0);
});
