import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { columns, integrity, SCHEDULE_ID, schedule } from '../testing/small-plan.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';

beforeEach(freshDisk);

const DAY_MS = 24 * 60 * 60 * 1000;

/** An edit is made, and the server says `now` that it took effect. */
async function edited(replica: Replica, rev: number, now: number): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  await replica.edit('Note', [setFields('chapter_schedules', row, { note: `at ${rev}` })]);
  const receipts = replica.queue.map(({ edit: { id, seq } }) => {
    const nothingElse = { dup: false, merged: [], conflict: null, refusal: null };
    return { edit: id, seq, outcome: 'applied', rev, ...nothingElse } as const;
  });
  const rows = { chapter_schedules: columns('chapter_schedules', [schedule(rev, { note: `at ${rev}` })]) };
  const delta = { cursor: `e.${rev}`, rev, reset: null, now, poll_after_ms: 7000, rows, events: [], ...integrity(rev) };
  await replica.install(replica.cursor, delta, receipts);
}

const kept = async (replica: Replica) =>
  (await replica.database.getAll('journal')).map(({ rev }) => rev).sort((a, b) => a - b);

test('the journal forgets what is older than any backup, by the server’s clock, in the first quiet moment', async () => {
  const replica = await openFilledReplica();
  await edited(replica, 2, DAY_MS);
  await edited(replica, 3, 10 * DAY_MS);
  await edited(replica, 4, 16 * DAY_MS);
  expect(await kept(replica)).toEqual([2, 3, 4]);
  replica.database.close();
  const reopened = await openReplica();
  await reopened.tidy();
  expect(await kept(reopened)).toEqual([3, 4]);
});
