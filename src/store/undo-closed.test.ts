/** Undo where nothing of the plan can be changed now: what it would take back stays there to be taken back later. */
import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica, takeRows } from '../testing/open-replica.ts';
import { columns, integrity, PLAN_ID, SCHEDULE_ID, schedule, smallPlan } from '../testing/small-plan.ts';
import type { RowColumns } from './delta.ts';
import type { Receipt, Refusal } from './edit.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { Fields } from './rows.ts';

beforeEach(freshDisk);

const CONFLICT = '00000000-0000-4000-8000-0000000000c1';
const CLOSED: Refusal = { code: 'plan_closed', message: 'Closed.', table: 'plans', id: PLAN_ID, field: null };

const noteOf = (replica: Replica) => replica.view().rows.chapter_schedules.get(SCHEDULE_ID)?.note;

async function write(replica: Replica, note: string): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  await replica.edit(`Note ${note}`, [setFields('chapter_schedules', row, { note })]);
}

/** The server answers all that is queued; then these rows stand. */
function answered(replica: Replica, rev: number, rows: RowColumns, receipt: Partial<Receipt> = {}) {
  const receipts = replica.queue.map(({ edit }): Receipt => {
    const blank = { outcome: 'applied', rev, dup: false, merged: [], conflict: null, refusal: null } as const;
    return { edit: edit.id, seq: edit.seq, ...blank, ...receipt };
  });
  return arrived(replica, rev, rows, receipts);
}

async function arrived(replica: Replica, rev: number, rows: RowColumns, receipts: readonly Receipt[] = []) {
  const delta = { cursor: `e.${rev}`, rev, reset: null, now: 0, poll_after_ms: 7000, rows, events: [] };
  await replica.install(replica.cursor, { ...delta, ...integrity(rev) }, receipts);
}

const noted = (rev: number, note: string) => ({
  chapter_schedules: columns('chapter_schedules', [schedule(rev, { note })]),
});

function plan(rev: number, state: 'draft' | 'closed'): RowColumns {
  const fields = { code: 'P', name: 'A small plan', time_zone: 'Europe/Zurich', state };
  return { plans: columns('plans', [{ id: PLAN_ID, rev, fields }]) };
}

async function withNote(): Promise<Replica> {
  const replica = await openFilledReplica();
  await write(replica, 'first');
  await write(replica, 'mine');
  await answered(replica, 2, noted(2, 'mine'));
  return replica;
}

test('in a closed plan undo says why not, and works again when the plan is open', async () => {
  const replica = await withNote();
  await answered(replica, 3, plan(3, 'closed'));
  expect(await replica.undo()).toBe('Not undone yet: Note mine. This plan is closed.');
  expect(await replica.undo()).toBe('Not undone yet: Note mine. This plan is closed.');
  expect(replica.queue).toEqual([]);
  expect((await openReplica()).view().undo).toBe('Undo note mine');
  await answered(replica, 4, plan(4, 'draft'));
  expect(await replica.undo()).toBe('Undone: Note mine.');
  expect(noteOf(replica)).toBe('first');
});

test('so does redo', async () => {
  const replica = await withNote();
  await replica.undo();
  await answered(replica, 3, noted(3, 'first'));
  await answered(replica, 4, plan(4, 'closed'));
  expect(await replica.redo()).toBe('Not done again yet: Note mine. This plan is closed.');
  await answered(replica, 5, plan(5, 'draft'));
  expect(await replica.redo()).toBe('Done again: Note mine.');
});

test('who only reads now is told so, and loses nothing of what can be undone', async () => {
  const replica = await withNote();
  const head = { snapshot: 'second', cursor: 'e.3', rev: 3, role: 'viewer' } as const;
  await takeRows(replica, head, { rows: { ...smallPlan, ...noted(2, 'mine') } });
  expect(await replica.undo()).toBe('Not undone yet: Note mine. You can read this plan but not change it.');
  await takeRows(
    replica,
    { ...head, snapshot: 'third', cursor: 'e.4', role: 'planner' },
    { rows: { ...smallPlan, ...noted(2, 'mine') } },
  );
  expect(await replica.undo()).toBe('Undone: Note mine.');
});

test('an edit of which nothing can come any more still leaves the queue', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'too late');
  await arrived(replica, 2, plan(2, 'closed'));
  expect(await replica.undo()).toBe('Undone: Note too late.');
  expect(replica.queue).toEqual([]);
});

test('the edit that closed the plan can be undone, and opens it', async () => {
  const replica = await openFilledReplica();
  const head = { snapshot: 'second', cursor: 'e.2', rev: 2, role: 'lead' } as const;
  await takeRows(replica, head, { rows: smallPlan });
  const row = replica.view().rows.plans.get(PLAN_ID);
  if (row) await replica.edit('Close the plan', [setFields('plans', row, { state: 'closed' })]);
  await answered(replica, 3, plan(3, 'closed'));
  expect(await replica.undo()).toBe('Undone: Close the plan.');
  expect(replica.view().rows.plans.get(PLAN_ID)?.state).toBe('draft');
});

test('a conflict in a closed plan stays to be withdrawn later', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'mine');
  const { id: edit_id = '', label = '', ops = [] } = replica.queue[0]?.edit ?? {};
  const who = { edit_id, author: 'planner-a', author_name: 'Planner A', at: 0, label };
  const what = { cause: 'both_changed', state: 'open', items: [], ops, resolution: null, resolved_by: null };
  const conflicts = columns('conflicts', [{ id: CONFLICT, rev: 2, fields: { ...who, ...what } as unknown as Fields }]);
  await answered(replica, 2, { ...noted(2, 'theirs'), conflicts }, { outcome: 'conflict', conflict: CONFLICT });
  await answered(replica, 3, plan(3, 'closed'));
  expect(await replica.undo()).toBe('Not undone yet: Note mine. This plan is closed.');
  expect(replica.queue).toEqual([]);
  await answered(replica, 4, plan(4, 'draft'));
  expect(await replica.undo()).toBe('Undone: Note mine. Its conflict is withdrawn: what stands stays.');
});

test('what a server refused to undo, since the plan had been closed, can be undone later', async () => {
  const replica = await withNote();
  await replica.undo();
  await replica.markSent(replica.queue);
  await replica.undo();
  expect(replica.view().undo).toBe(null);
  await answered(replica, 3, plan(3, 'closed'), { outcome: 'refused', rev: null, refusal: CLOSED });
  expect(noteOf(replica)).toBe('mine');
  expect(replica.view()).toMatchObject({ undo: 'Undo note mine', redo: null });
  await answered(replica, 4, plan(4, 'draft'));
  expect(await replica.undo()).toBe('Undone: Note mine.');
  expect(noteOf(replica)).toBe('first');
  expect(await replica.undo()).toBe('Undone: Note first.');
  expect(noteOf(replica)).toBe('');
});
