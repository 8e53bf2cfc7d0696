/** Undo of acts that wait as one edit (`coalesce.ts`): each goes back by itself, once, and by its own name. */
import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { columns, integrity, SCHEDULE_ID, schedule } from '../testing/small-plan.ts';
import type { Receipt } from './edit.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { Fields, Iteration } from './rows.ts';

beforeEach(freshDisk);

const CONFLICT = '00000000-0000-4000-8000-0000000000c1';
const REFUSED = { outcome: 'refused', rev: null } as const;
const REFUSAL = {
  code: 'iteration_closed',
  message: 'Done.',
  table: 'chapter_schedules',
  id: SCHEDULE_ID,
  field: null,
} as const;

const noteOf = (replica: Replica) => replica.view().rows.chapter_schedules.get(SCHEDULE_ID)?.note;

async function write(replica: Replica, note: string): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  await replica.edit(`Note ${note}`, [setFields('chapter_schedules', row, { note })]);
}

/** Three acts, one edit. */
async function typedOn(): Promise<Replica> {
  const replica = await openFilledReplica();
  for (const note of ['a', 'ab', 'abc']) await write(replica, note);
  expect(replica.queue).toHaveLength(1);
  return replica;
}

/** Somebody else's note is here; with a receipt, the server's answer to all that is queued too. */
async function met(replica: Replica, rev: number, note: string, receipt?: Partial<Receipt>): Promise<void> {
  const edits = receipt ? replica.queue.map(({ edit }) => edit) : [];
  const receipts = edits.map(({ id, seq }): Receipt => {
    const blank = { outcome: 'applied', rev, dup: false, merged: [], conflict: null, refusal: null } as const;
    return { edit: id, seq, ...blank, ...receipt };
  });
  const conflicts = edits.slice(-1).flatMap(({ id: edit_id, label, ops }) => {
    if (!receipt?.conflict) return [];
    const who = { edit_id, author: 'planner-a', author_name: 'Planner A', at: 0, label };
    const what = { cause: 'both_changed', state: 'open', items: [], ops, resolution: null, resolved_by: null };
    return [{ id: receipt.conflict, rev, fields: { ...who, ...what } as unknown as Fields }];
  });
  const rows = {
    chapter_schedules: columns('chapter_schedules', [schedule(rev, { note })]),
    conflicts: columns('conflicts', conflicts),
  };
  const delta = { cursor: `e.${rev}`, rev, reset: null, now: 0, poll_after_ms: 7000, rows, events: [] };
  await replica.install(replica.cursor, { ...delta, ...integrity(rev) }, receipts);
}

const waits = (replica: Replica) => replica.queue.map(({ edit }) => [edit.label, edit.ops]);
const asked = (text: string) => [
  [`Note ${text}`, [expect.objectContaining({ base: { note: '' }, set: { note: text } })]],
];

test('what waits is after an undo what it was before the act, under its name', async () => {
  const replica = await typedOn();
  expect(await replica.undo()).toBe('Undone: Note abc.');
  expect(waits(replica)).toEqual(asked('ab'));
  const reopened = await openReplica();
  expect(waits(reopened)).toEqual(asked('ab'));
  expect(await reopened.undo()).toBe('Undone: Note ab.');
  expect(waits(reopened)).toEqual(asked('a'));
  expect(await reopened.redo()).toBe('Done again: Note ab.');
  expect(noteOf(reopened)).toBe('ab');
  expect(await reopened.undo()).toBe('Undone: Note ab.');
  expect(await reopened.undo()).toBe('Undone: Note a.');
  expect(reopened.queue).toEqual([]);
});

test('against what somebody else wrote meanwhile each goes back by itself, and none is told as kept', async () => {
  const replica = await typedOn();
  await met(replica, 2, 'theirs');
  expect(await replica.undo()).toBe('Undone: Note abc.');
  expect(waits(replica)).toEqual(asked('ab'));
  expect(await replica.undo()).toBe('Undone: Note ab.');
  expect(waits(replica)).toEqual(asked('a'));
  expect(await replica.undo()).toBe('Undone: Note a.');
  expect(replica.queue).toEqual([]);
  expect(await replica.undo()).toBe(null);
  expect(noteOf(replica)).toBe('theirs');
});

test('redo of them leads back to the one edit that waited', async () => {
  const replica = await typedOn();
  await met(replica, 2, 'theirs');
  for (let n = 0; n < 3; n += 1) await replica.undo();
  for (const text of ['a', 'ab', 'abc']) {
    expect(replica.view().redo).toBe(`Redo note ${text}`);
    expect(await replica.redo()).toMatch(new RegExp(`^Done again: Note ${text}\\. It still meets`));
  }
  expect(waits(replica)).toMatchObject([['Redo note abc', [{ base: { note: '' }, set: { note: 'abc' } }]]]);
  for (let n = 0; n < 3; n += 1) expect(await replica.undo()).toMatch(/^Undone: Note a/);
  expect(replica.queue).toEqual([]);
});

test('an undo that came first leaves nothing behind in what becomes a conflict', async () => {
  const replica = await typedOn();
  await replica.undo();
  await met(replica, 2, 'theirs');
  expect(replica.view().undo).toBe('Undo note ab');
  expect(await replica.undo()).toBe('Undone: Note ab.');
  expect(waits(replica)).toEqual(asked('a'));
});

test('once sent they are one question, which goes back once, by its name', async () => {
  const replica = await typedOn();
  await replica.markSent(replica.queue);
  await met(replica, 2, 'theirs', { outcome: 'conflict', conflict: CONFLICT });
  expect(replica.view().undo).toBe('Undo note abc');
  expect(await replica.undo()).toBe('Undone: Note abc. Its conflict is withdrawn: what stands stays.');
  expect(replica.view()).toMatchObject({ undo: null, redo: 'Redo note abc' });
});

test('once refused none of them can be undone', async () => {
  const replica = await typedOn();
  await replica.markSent(replica.queue);
  await met(replica, 2, '', { ...REFUSED, refusal: REFUSAL });
  expect(replica.view()).toMatchObject({ undo: null, redo: null });
});

test('once applied each goes back by itself', async () => {
  const replica = await typedOn();
  await met(replica, 2, 'abc', {});
  for (const [undone, left] of [
    ['abc', 'ab'],
    ['ab', 'a'],
    ['a', ''],
  ]) {
    expect(await replica.undo()).toBe(`Undone: Note ${undone}.`);
    expect(noteOf(replica)).toBe(left);
  }
  expect(replica.queue).toHaveLength(1);
});

test('undo of some of them, refused together, can be undone in the same order again', async () => {
  const replica = await typedOn();
  await met(replica, 2, 'abc', {});
  await replica.undo();
  await replica.undo();
  expect(replica.queue).toHaveLength(1);
  await met(replica, 2, 'abc', { ...REFUSED, refusal: REFUSAL });
  for (const text of ['abc', 'ab', 'a']) expect(await replica.undo()).toBe(`Undone: Note ${text}.`);
  expect(noteOf(replica)).toBe('');
});

test('what will be refused goes back act by act too', async () => {
  const replica = await typedOn();
  const iteration = replica.view().rows.iterations.values().next().value as Iteration;
  const { id, rev: _, ...fields } = { ...iteration, state: 'done' };
  const rows = { iterations: columns('iterations', [{ id, rev: 2, fields: fields as unknown as Fields }]) };
  const delta = { cursor: 'e.2', rev: 2, reset: null, now: 0, poll_after_ms: 7000, rows, events: [] };
  await replica.install('e.1', { ...delta, ...integrity(1) }, []);
  for (const text of ['abc', 'ab', 'a']) expect(await replica.undo()).toBe(`Undone: Note ${text}.`);
  expect(replica.queue).toEqual([]);
});

test('an act of an edit on its way waits for its answer, also where the last one was undone', async () => {
  const replica = await typedOn();
  await replica.markSent(replica.queue);
  await replica.undo();
  await met(replica, 2, 'theirs');
  expect(await replica.undo()).toMatch(/^Not undone yet: Note ab\. It is on its way/);
  expect(replica.view().undo).toBe('Undo note ab');
});
