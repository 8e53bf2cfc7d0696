/** What a page knows of a server that went back to an older state, until its reader has seen it. */
import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica, takeRows } from '../testing/open-replica.ts';
import { columns, integrity, SCHEDULE_ID, schedule, smallPlan } from '../testing/small-plan.ts';
import type { Receipt } from './edit.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { ActivityEvent } from './view.ts';

beforeEach(freshDisk);

const event = (rev: number, at: number): ActivityEvent => ({
  rev,
  n: 1,
  at,
  actor: 'planner-a',
  actor_name: 'Planner A',
  label: 'Note',
  op: 'update',
  table_name: 'chapter_schedules',
  row_id: SCHEDULE_ID,
});

/** The server answers all that is queued, by edit in order. */
async function answered(replica: Replica, rev: number, receipts: readonly Partial<Receipt>[]): Promise<void> {
  const all = replica.queue.map(({ edit }, i): Receipt => {
    const blank = { outcome: 'applied', rev, dup: false, merged: [], conflict: null, refusal: null } as const;
    return { edit: edit.id, seq: edit.seq, ...blank, ...receipts[i] };
  });
  const rows = { chapter_schedules: columns('chapter_schedules', [schedule(rev, { note: `note ${rev}` })]) };
  const delta = { cursor: `e.${rev}`, rev, reset: null, now: 0, poll_after_ms: 7000, rows };
  await replica.install(replica.cursor, { ...delta, events: [event(rev, rev * 1000)], ...integrity(rev) }, all);
}

async function note(replica: Replica, text: string): Promise<string> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (row) await replica.edit(`Note ${text}`, [setFields('chapter_schedules', row, { note: text })]);
  return replica.queue.at(-1)?.edit.id ?? '';
}

/** Three notes by this device, which make revs 2, 3 and 4. */
async function worked(): Promise<{ replica: Replica; ids: readonly string[] }> {
  const replica = await openFilledReplica();
  const ids: string[] = [];
  for (const rev of [2, 3, 4]) {
    ids.push(await note(replica, `note ${rev}`));
    await answered(replica, rev, [{}]);
  }
  return { replica, ids };
}

/** `common`: how far it has what this device had read. */
const putBackTo = (replica: Replica, rev: number, common: number | null = rev) =>
  takeRows(
    replica,
    { snapshot: `at ${rev}`, cursor: `f.${rev}`, rev, role: 'planner' },
    {
      rows: smallPlan,
      history: 'other-history',
      log: common === null ? null : [4, 3, 2].map((at) => event(at, at <= common ? at * 1000 : 9000 + at)),
    },
  );

test('it is told how far the server went back and what was offered again, also to a page that opens later', async () => {
  const { replica, ids } = await worked();
  expect(replica.view().restored).toBe(null);
  await putBackTo(replica, 3);
  const restored = { rev: 3, isOlder: true, until: 3000, edits: ids, kept: [] };
  expect(replica.view().restored).toEqual(restored);
  expect((await openReplica()).view().restored).toEqual(restored);
});

test('where others have worked on it by then its log tells how far it had gone back', async () => {
  const { replica } = await worked();
  await putBackTo(replica, 9, 2);
  expect(replica.view().restored).toMatchObject({ rev: 9, isOlder: true, until: 2000 });
});

test('where its log has nothing of what was read here, or cannot be asked, no time is told', async () => {
  const { replica } = await worked();
  await putBackTo(replica, 9, 1);
  expect(replica.view().restored).toMatchObject({ isOlder: true, until: null });
  freshDisk();
  const { replica: another } = await worked();
  await putBackTo(another, 3, null);
  expect(another.view().restored).toMatchObject({ isOlder: true, until: null });
  freshDisk();
  const { replica: third } = await worked();
  await putBackTo(third, 9, null);
  expect(third.view().restored).toMatchObject({ isOlder: false, until: null });
});

test('what the server had still is known by its receipt; what was made again is not among it', async () => {
  const { replica, ids } = await worked();
  await putBackTo(replica, 3);
  // The answer to the third was lost once, so it is told again too.
  await answered(replica, 4, [
    { rev: 2, dup: true },
    { rev: 3, dup: true },
    { rev: 4, dup: true },
  ]);
  expect(replica.view().restored?.kept).toEqual(ids.slice(0, 2));
});

test('once seen it is gone, in every tab', async () => {
  const { replica } = await worked();
  await putBackTo(replica, 3);
  await replica.dismissRestored();
  expect(replica.view().restored).toBe(null);
  expect((await openReplica()).view().restored).toBe(null);
});

test('a server that has as much as before is not said to be older, and one that was put back twice is told once', async () => {
  const { replica, ids } = await worked();
  await putBackTo(replica, 4);
  expect(replica.view().restored).toMatchObject({ isOlder: false, until: null });
  await answered(replica, 5, [
    { rev: 2, dup: true },
    { rev: 3, dup: true },
    { rev: 4, dup: true },
  ]);
  await putBackTo(replica, 2);
  expect(replica.view().restored).toMatchObject({ rev: 2, isOlder: true, edits: ids, kept: [] });
});

test('a snapshot for another reason, or the first one, is no such thing', async () => {
  const { replica } = await worked();
  await takeRows(replica, { snapshot: 'role', cursor: 'e.4', rev: 4, role: 'lead' }, { rows: smallPlan });
  expect(replica.view().restored).toBe(null);
});
