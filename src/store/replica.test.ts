import { beforeEach, expect, test } from 'vitest';
import { freshDisk, nothingSince, openFilledReplica, openReplica, takeRows } from '../testing/open-replica.ts';
import { CHAPTER_ID, columns, integrity, SCHEDULE_ID, START, schedule, smallPlan } from '../testing/small-plan.ts';
import type { Delta } from './delta.ts';
import type { Receipt } from './edit.ts';
import { setFields, slipBy } from './ops.ts';
import type { Replica } from './replica.ts';
import type { Chapter } from './rows.ts';

beforeEach(freshDisk);

const scheduleIn = (replica: Replica) => {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  return row;
};

const delta = (changes: Partial<Delta>): Delta => ({
  ...nothingSince({ cursor: 'e.2', rev: 2 }),
  ...integrity(2),
  ...changes,
});

const receipt = (replica: Replica, changes: Partial<Receipt>): Receipt => {
  const edit = replica.queue[0]?.edit;
  if (!edit) throw new Error('an edit should be queued');
  const blank = { rev: 2, dup: false, merged: [], conflict: null, refusal: null } as const;
  return { edit: edit.id, seq: edit.seq, outcome: 'applied', ...blank, ...changes };
};

const slipped = delta({
  rows: {
    chapter_schedules: columns('chapter_schedules', [
      schedule(2, { planned_start: START + 30, planned_end: START + 120 }),
    ]),
  },
});

test('shows an edit at once and still has it after the page was closed and opened again', async () => {
  const replica = await openFilledReplica();
  const done = replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  expect(scheduleIn(replica).planned_start).toBe(START + 30);
  expect(replica.view().queue[0]?.isKept).toBe(false);
  await done;
  replica.database.close();

  const reopened = await openReplica();
  expect(scheduleIn(reopened).planned_start).toBe(START + 30);
  expect(reopened.view().base.chapter_schedules.get(SCHEDULE_ID)?.planned_start).toBe(START);
  expect(reopened.view().queue.map(({ edit, isKept }) => [edit.label, edit.seq, isKept])).toEqual([
    ['Slip by 30 min', 1, true],
  ]);
});

test('an edit leaves the queue in the step that brings its effect into base', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  const shown: number[] = [];
  replica.subscribe(() => shown.push(scheduleIn(replica).planned_start));
  await replica.install('e.1', slipped, [receipt(replica, {})]);
  expect(replica.queue).toEqual([]);
  expect(replica.view().pendingRows.size).toBe(0);
  expect(new Set([...shown, scheduleIn(replica).planned_start])).toEqual(new Set([START + 30]));
  expect(replica.matches(integrity(2))).toBe(true);
});

test('a reply asked from an older cursor changes nothing', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  const answer = receipt(replica, {});
  await replica.install('e.1', slipped, [answer]);
  const late = delta({
    cursor: 'e.0',
    rev: 0,
    rows: { chapter_schedules: columns('chapter_schedules', [schedule(1)]) },
  });
  await replica.install('e.1', late, [answer]);
  expect(replica.cursor).toBe('e.2');
  expect(scheduleIn(replica).planned_start).toBe(START + 30);
});

test('a second tab follows what the first one installed and queued', async () => {
  const first = await openFilledReplica();
  const second = await openReplica();
  await first.edit('Slip by 30 min', [slipBy(scheduleIn(first), 30)]);
  await second.refresh();
  expect(scheduleIn(second).planned_start).toBe(START + 30);
  await first.install('e.1', slipped, [receipt(first, {})]);
  await second.install('e.1', delta({ cursor: 'e.1b' }), []);
  expect(second.cursor).toBe('e.2');
  expect(second.queue).toEqual([]);
  expect(second.matches(integrity(2))).toBe(true);
});

test('edits of two tabs get different numbers of one client', async () => {
  const first = await openFilledReplica();
  const second = await openReplica();
  await Promise.all([
    first.edit('One', [setFields('chapter_schedules', scheduleIn(first), { note: 'one' })]),
    second.edit('Two', [setFields('chapter_schedules', scheduleIn(second), { note: 'two' })]),
  ]);
  await first.refresh();
  expect(first.queue.map(({ edit }) => edit.seq)).toEqual([1, 2]);
  expect(second.clientId).toBe(first.clientId);
});

test('an edit says what was on screen, until it goes under another number', async () => {
  const replica = await openFilledReplica();
  const note = (text: string) =>
    replica.edit(`Note ${text}`, [setFields('chapter_schedules', scheduleIn(replica), { note: text })]);
  await note('a');
  await replica.install('e.1', slipped, []);
  await note('b');
  expect(replica.queue).toMatchObject([{ edit: { label: 'Note b', seen: 1 } }]);
  await replica.markSent(replica.queue);
  await note('c');
  expect(replica.queue.map(({ edit }) => edit.seen)).toEqual([1, 2]);
  await replica.fork();
  expect(replica.queue.map(({ edit }) => [edit.seq, edit.seen])).toEqual([
    [1, undefined],
    [2, undefined],
  ]);
});

test('a refused edit stays visible over a reload until its author dismisses it', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Rename', [setFields('chapter_schedules', scheduleIn(replica), { note: 'x' })]);
  const refusal = {
    code: 'not_allowed',
    message: 'Only leads may do this.',
    table: null,
    id: null,
    field: null,
  } as const;
  await replica.install('e.1', delta({ ...integrity(1) }), [
    receipt(replica, { outcome: 'refused', rev: null, refusal }),
  ]);
  expect(scheduleIn(replica).note).toBe('');
  const reopened = await openReplica();
  const [refused] = reopened.view().refused;
  expect(refused?.refusal.message).toBe('Only leads may do this.');
  await reopened.dismissRefused([refused?.edit.id ?? '']);
  expect(reopened.view().refused).toEqual([]);
});

test('an edit refused because its row was not known is offered again, under its id, when the row arrives', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  const refusal = {
    code: 'unknown_row',
    message: 'Not known.',
    table: 'chapter_schedules',
    id: SCHEDULE_ID,
    field: null,
  };
  const answer = receipt(replica, { outcome: 'refused', rev: null, refusal } as Partial<Receipt>);
  await replica.install('e.1', delta({}), [answer]);
  expect(replica.queue).toEqual([]);
  const another = { ...slipped, cursor: 'e.3', rev: 3 };
  await replica.install('e.2', another, []);
  expect(replica.view().refused).toEqual([]);
  expect(replica.queue).toMatchObject([{ edit: { id: answer.edit, seq: 2, label: 'Slip by 30 min' }, sent: true }]);
});

test('a snapshot replaces base and leaves the queue alone', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  const moved = schedule(5, { planned_start: START + 60, planned_end: START + 150 });
  const head = { snapshot: 'second', cursor: 'f.5', rev: 5, role: 'lead' } as const;
  await takeRows(replica, head, { rows: { chapter_schedules: columns('chapter_schedules', [moved]) } });
  expect(replica.view().role).toBe('lead');
  expect(replica.view().rows.phases.size).toBe(0);
  expect(replica.queue).toHaveLength(1);
  // A slip goes on top of their move.
  expect(replica.view().base.chapter_schedules.get(SCHEDULE_ID)?.planned_start).toBe(START + 60);
  expect(await replica.database.getAllKeys('segments')).toEqual([['second', 0]]);
});

test('a forked client takes a new id, counts from 1 and keeps the ids of its edits', async () => {
  const replica = await openFilledReplica();
  await replica.edit('One', [setFields('chapter_schedules', scheduleIn(replica), { note: 'one' })]);
  await replica.install('e.1', delta({ ...integrity(1) }), [receipt(replica, { outcome: 'noop', rev: null })]);
  await replica.edit('Two', [setFields('chapter_schedules', scheduleIn(replica), { note: 'two' })]);
  await replica.edit('Three', [setFields('chapter_schedules', scheduleIn(replica), { status: 'ready' })]);
  const before = { client: replica.clientId, edits: replica.queue.map(({ edit }) => edit.id) };
  await replica.fork();
  expect(replica.clientId).not.toBe(before.client);
  expect(replica.queue.map(({ edit }) => edit.id)).toEqual(before.edits);
  expect(replica.queue.map(({ edit }) => edit.seq)).toEqual([1, 2]);
});

test('an edit that the browser cannot keep is taken back with an error', async () => {
  const replica = await openFilledReplica();
  const row = scheduleIn(replica);
  replica.database.close();
  await expect(replica.edit('Slip by 30 min', [slipBy(row, 30)])).rejects.toThrow('could not be kept');
  expect(scheduleIn(replica).planned_start).toBe(START);
  expect(replica.view().queue).toEqual([]);
});

test('another person on the same browser finds none of it', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  const other = await openReplica('planner-b');
  expect(other.cursor).toBe('');
  expect(other.view().queue).toEqual([]);
});

test('edits that a restored server lost are queued again, before what is pending, under their ids', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Slip by 30 min', [slipBy(scheduleIn(replica), 30)]);
  const [applied] = replica.queue.map(({ edit }) => edit.id);
  await replica.install('e.1', slipped, [receipt(replica, {})]);
  await replica.edit('Note', [setFields('chapter_schedules', scheduleIn(replica), { note: 'later' })]);
  const [pending] = replica.queue.map(({ edit }) => edit.id);
  const client = replica.clientId;

  const rows = { chapter_schedules: columns('chapter_schedules', [schedule(1)]) };
  const head = { snapshot: 'restored', cursor: 'f.1', rev: 1, role: 'planner' } as const;
  await takeRows(replica, head, { rows, history: 'other-history' });
  expect(replica.queue.map(({ edit }) => [edit.id, edit.seq])).toEqual([
    [applied, 1],
    [pending, 2],
  ]);
  expect(replica.clientId).not.toBe(client);
  expect(scheduleIn(replica).planned_start).toBe(START + 30);
  expect(scheduleIn(replica).note).toBe('later');
});

test('an edit that builds on one which will need a decision is predicted to wait with it', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Mine', [setFields('chapter_schedules', scheduleIn(replica), { note: 'mine' })]);
  await replica.markSent(replica.queue);
  await replica.edit('On top', [setFields('chapter_schedules', scheduleIn(replica), { note: 'mine, and more' })]);
  const theirs = delta({
    rows: { chapter_schedules: columns('chapter_schedules', [schedule(2, { note: 'theirs' })]) },
  });
  await replica.install('e.1', theirs, []);
  expect(replica.view().queue.map(({ predicted }) => predicted)).toMatchObject([
    { outcome: 'conflict', cause: 'both_changed' },
    { outcome: 'conflict', cause: 'blocked' },
  ]);
  expect(scheduleIn(replica).note).toBe('theirs');
});

test('edits shown one after the other are what a page that reads them all at once shows', async () => {
  const replica = await openFilledReplica();
  const old = scheduleIn(replica);
  const views = [];
  for (const op of [slipBy(old, 30), setFields('chapter_schedules', old, { note: 'late' }), slipBy(old, 15)]) {
    const done = replica.edit('One more', [op]);
    views.push(replica.view());
    await done;
  }
  expect(views.map(({ rows }) => rows.chapter_schedules.get(SCHEDULE_ID))).toMatchObject([
    { planned_start: START + 30, note: '' },
    { planned_start: START + 30, note: 'late' },
    { planned_start: START + 45, note: 'late' },
  ]);
  const atOnce = (await openReplica()).view();
  expect(atOnce.queue).toEqual(replica.view().queue);
  expect([...atOnce.rows.chapter_schedules]).toEqual([...replica.view().rows.chapter_schedules]);

  // Somebody else made the same slip meanwhile: a question, for which the two later edits wait.
  await replica.install('e.1', slipped, []);
  expect(scheduleIn(replica)).toMatchObject({ planned_start: START + 30, note: '', rev: 2 });
  expect(replica.view().queue.map(({ predicted }) => predicted.outcome)).toEqual(['conflict', 'conflict', 'conflict']);
});

test('many changed rows are folded into segments, and what is read back is the same', async () => {
  const replica = await openFilledReplica();
  const second = await openReplica();
  await replica.edit('Kept', [setFields('chapter_schedules', scheduleIn(replica), { status: 'ready' })]);
  for (const rev of [2, 3, 4]) {
    const rows = { chapter_schedules: columns('chapter_schedules', [schedule(rev, { note: `rev ${rev}` })]) };
    await replica.install(replica.cursor, delta({ cursor: `e.${rev}`, rev, rows }), []);
  }
  await replica.tidy();
  expect(await replica.database.count('deltas')).toBe(0);
  for (const tab of [replica, second, await openReplica()]) {
    await tab.refresh();
    expect(tab.matches(integrity(4))).toBe(true);
    expect(scheduleIn(tab)).toMatchObject({ note: 'rev 4', status: 'ready' });
    expect(tab.queue).toHaveLength(1);
  }
});

test('a snapshot forgets nothing of what the device’s clock was found to be', async () => {
  const clock = () => 1_806_000_000_000;
  const replica = await openFilledReplica(clock);
  await replica.learnClock(60_000);
  await takeRows(replica, { snapshot: 'second', cursor: 'e.2', rev: 2, role: 'planner' }, { rows: smallPlan });
  const reopened = await openReplica('planner-a', clock);
  expect(reopened.syncState().clockOffset).toBe(60_000);
});

test('a chapter from before there were labels has none, gets some, and loses them by undo', async () => {
  const replica = await openReplica();
  const { cols, rows, ...rest } = smallPlan.chapters as ReturnType<typeof columns>;
  const at = cols.indexOf('labels');
  const old = { ...rest, cols: cols.toSpliced(at, 1), rows: rows.map((row) => row.toSpliced(at, 1)) };
  const head = { snapshot: 'first', cursor: 'e.1', rev: 1, role: 'lead' } as const;
  await takeRows(replica, head, { rows: { ...smallPlan, chapters: old } });
  const chapter = () => replica.view().rows.chapters.get(CHAPTER_ID) as Chapter;
  expect(chapter().labels ?? null).toBe(null);
  await replica.edit('Title', [setFields('chapters', chapter(), { title: 'Freeze' })]);
  await replica.edit('Labels', [setFields('chapters', chapter(), { labels: 'night' })]);
  expect(replica.queue.map(({ edit }) => edit.ops[0])).toMatchObject([
    { set: { title: 'Freeze' } },
    { base: { labels: null }, set: { labels: 'night' } },
  ]);
  expect(chapter()).toMatchObject({ title: 'Freeze', labels: 'night' });
  await replica.undo();
  expect([chapter().title, chapter().labels ?? null]).toEqual(['Freeze', null]);
});
