/** Undo and redo of an edit that met somebody else's change: what goes back and comes again is the question, not a value. */
import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, takeRows } from '../testing/open-replica.ts';
import { columns, integrity, SCHEDULE_ID, schedule, smallPlan, type WireRow } from '../testing/small-plan.ts';
import type { Receipt } from './edit.ts';
import { setFields } from './ops.ts';
import type { Replica } from './replica.ts';
import type { Conflict, Fields } from './rows.ts';

beforeEach(freshDisk);

const FIRST = '00000000-0000-4000-8000-0000000000c1';
const SECOND = '00000000-0000-4000-8000-0000000000c2';

const noteOf = (replica: Replica) => replica.view().rows.chapter_schedules.get(SCHEDULE_ID)?.note;

const stateOf = (replica: Replica, conflict: string) => replica.view().rows.conflicts.get(conflict)?.state;

async function write(replica: Replica, note: string): Promise<void> {
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  await replica.edit(`Note ${note}`, [setFields('chapter_schedules', row, { note })]);
}

interface Answer {
  readonly rev: number;
  readonly note: string;
  readonly receipt: Partial<Receipt>;
  readonly conflicts?: readonly WireRow[];
}

/** The server answers all that is queued. */
async function answered(replica: Replica, { rev, note, receipt, conflicts = [] }: Answer): Promise<void> {
  const receipts = replica.queue.map(({ edit }): Receipt => {
    const blank = { outcome: 'applied', rev, dup: false, merged: [], conflict: null, refusal: null } as const;
    return { edit: edit.id, seq: edit.seq, ...blank, ...receipt };
  });
  const rows = {
    chapter_schedules: columns('chapter_schedules', [schedule(rev, { note })]),
    conflicts: columns('conflicts', conflicts),
  };
  const delta = { cursor: `e.${rev}`, rev, reset: null, now: 0, poll_after_ms: 7000, rows, events: [] };
  await replica.install(replica.cursor, { ...delta, ...integrity(rev) }, receipts);
}

/** The one queued edit becomes a conflict; theirs stands. */
async function conflicts(replica: Replica, rev: number, id: string): Promise<void> {
  const edit = replica.queue[0]?.edit;
  if (!edit) throw new Error('an edit should wait');
  const { label, ops } = edit;
  const who = { edit_id: edit.id, author: 'planner-a', author_name: 'Planner A', at: 0, label };
  const what = { cause: 'both_changed', state: 'open', items: [], ops, resolution: null, resolved_by: null };
  const fields = { ...who, ...what } as unknown as Fields;
  const rows = [{ id, rev, fields }];
  await answered(replica, { rev, note: 'theirs', receipt: { outcome: 'conflict', conflict: id }, conflicts: rows });
}

async function withdraws(replica: Replica, rev: number, id: string): Promise<void> {
  const { id: _id, rev: _rev, ...fields } = replica.view().rows.conflicts.get(id) as Conflict;
  const withdrawn = { id, rev, fields: { ...fields, state: 'withdrawn' } as unknown as Fields };
  await answered(replica, { rev, note: 'theirs', receipt: {}, conflicts: [withdrawn] });
}

/** Somebody else's note arrives before the edit was sent. */
async function met(replica: Replica, rev: number, note: string): Promise<void> {
  const rows = { chapter_schedules: columns('chapter_schedules', [schedule(rev, { note })]) };
  const delta = { cursor: `e.${rev}`, rev, reset: null, now: 0, poll_after_ms: 7000, rows, events: [] };
  await replica.install(replica.cursor, { ...delta, ...integrity(rev) }, []);
}

async function inConflict(): Promise<Replica> {
  const replica = await openFilledReplica();
  await write(replica, 'mine');
  await conflicts(replica, 2, FIRST);
  return replica;
}

test('undo of an edit in conflict withdraws its conflict, and says so', async () => {
  const replica = await inConflict();
  expect(await replica.undo()).toBe('Undone: Note mine. Its conflict is withdrawn: what stands stays.');
  expect(stateOf(replica, FIRST)).toBe('withdrawn');
  expect(replica.queue[0]?.edit.ops).toEqual([{ op: 'resolve', id: FIRST, choice: 'theirs' }]);
  expect(replica.view()).toMatchObject({ undo: null, redo: 'Redo note mine' });
});

test('redo before that was sent leaves the conflict open, as it was', async () => {
  const replica = await inConflict();
  await replica.undo();
  expect(await replica.redo()).toBe('Done again: Note mine. Its conflict is open again.');
  expect(replica.queue).toEqual([]);
  expect(stateOf(replica, FIRST)).toBe('open');
  expect(replica.view()).toMatchObject({ undo: 'Undo note mine', redo: null });
});

test('redo after that was sent asks again and lays nothing over what stands', async () => {
  const replica = await inConflict();
  await replica.undo();
  await withdraws(replica, 3, FIRST);
  expect(await replica.redo()).toBe(
    'Done again: Note mine. It still meets what others changed, so it waits for a decision in Conflicts.',
  );
  expect(noteOf(replica)).toBe('theirs');
  expect(replica.queue[0]?.edit.ops).toMatchObject([{ op: 'set', base: { note: '' }, set: { note: 'mine' } }]);
  await conflicts(replica, 4, SECOND);
  expect(await replica.undo()).toMatch(/^Undone: Note mine\. Its conflict is withdrawn/);
  expect(stateOf(replica, SECOND)).toBe('withdrawn');
});

test('an edit that is to ask again leaves the queue while it is unsent, and comes back', async () => {
  const replica = await inConflict();
  await replica.undo();
  await withdraws(replica, 3, FIRST);
  await replica.redo();
  expect(await replica.undo()).toBe('Undone: Note mine.');
  expect(replica.queue).toEqual([]);
  await replica.redo();
  expect(replica.queue[0]?.edit.ops).toMatchObject([{ set: { note: 'mine' } }]);
});

test('an edit that is to ask again cannot be undone on its way, and it is said', async () => {
  const replica = await inConflict();
  await replica.undo();
  await withdraws(replica, 3, FIRST);
  await replica.redo();
  await replica.markSent(replica.queue);
  expect(await replica.undo()).toBe(
    'Not undone yet: Note mine. It is on its way and will be a conflict, which can then be undone.',
  );
  expect(replica.view().undo).toBe('Undo note mine');
  expect(replica.queue).toHaveLength(1);
});

test('an edit that was to ask again and applied is undone to what it was made on', async () => {
  const replica = await inConflict();
  await replica.undo();
  await withdraws(replica, 3, FIRST);
  await replica.redo();
  // Whoever wrote theirs took it back meanwhile.
  await answered(replica, { rev: 5, note: 'mine', receipt: {} });
  expect(await replica.undo()).toBe('Undone: Note mine.');
  expect(noteOf(replica)).toBe('');
});

test('redo applies at once where nothing stands against it any more', async () => {
  const replica = await inConflict();
  await replica.undo();
  await withdraws(replica, 3, FIRST);
  await answered(replica, { rev: 4, note: '', receipt: {} });
  expect(await replica.redo()).toBe('Done again: Note mine.');
  expect(noteOf(replica)).toBe('mine');
  await replica.undo();
  expect(noteOf(replica)).toBe('');
});

test('a conflict that somebody settled before it was withdrawn cannot be asked again', async () => {
  const replica = await inConflict();
  await replica.undo();
  const refusal = { code: 'conflict_closed', message: 'Settled.', table: 'conflicts', id: FIRST, field: null } as const;
  await answered(replica, { rev: 3, note: 'mine', receipt: { outcome: 'refused', rev: null, refusal } });
  expect(replica.view().redo).toBe(null);
});

test('of a conflict that somebody settled nothing goes back, and no other act in its name', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'first');
  await answered(replica, { rev: 2, note: 'first', receipt: {} });
  await write(replica, 'mine');
  await conflicts(replica, 3, FIRST);
  await withdraws(replica, 4, FIRST);
  expect(await replica.undo()).toBe('Not undone: Note mine. Its conflict is settled.');
  expect(replica.queue).toEqual([]);
  expect(replica.view().undo).toBe('Undo note first');
});

test('an edit that will be a conflict leaves the queue while it is unsent, and redo asks again', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'mine');
  await met(replica, 2, 'theirs');
  expect(await replica.undo()).toBe('Undone: Note mine.');
  expect(replica.queue).toEqual([]);
  expect(await replica.redo()).toMatch(/^Done again: Note mine\. It still meets what others changed/);
  expect(replica.queue[0]?.edit.ops).toMatchObject([{ op: 'set', base: { note: '' }, set: { note: 'mine' } }]);
  expect(noteOf(replica)).toBe('theirs');
});

test('an edit on its way that will be a conflict waits for it, and then withdraws it', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'mine');
  await replica.markSent(replica.queue);
  await met(replica, 2, 'theirs');
  expect(await replica.undo()).toMatch(/^Not undone yet: Note mine\./);
  await conflicts(replica, 3, FIRST);
  expect(await replica.undo()).toMatch(/^Undone: Note mine\. Its conflict is withdrawn/);
});

test('undo of an edit that waits for one in conflict takes back no earlier one', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'mine');
  await met(replica, 2, 'theirs');
  const row = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!row) throw new Error('the schedule should be there');
  await replica.edit('AA: ready', [setFields('chapter_schedules', row, { status: 'ready' })]);
  expect(await replica.undo()).toBe('Undone: AA: ready.');
  expect(replica.queue.map(({ edit }) => edit.label)).toEqual(['Note mine']);
});

test('an edit that will be refused leaves the queue; one on its way is said to be refused', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'first');
  await replica.markSent(replica.queue);
  await write(replica, 'second');
  const iteration = replica.view().rows.iterations.values().next().value;
  const { id, rev: _rev, ...fields } = { id: '', ...iteration, state: 'done' };
  const done = { id, rev: 2, fields: fields as unknown as Fields };
  const rows = { iterations: columns('iterations', [done]) };
  const delta = { cursor: 'e.2', rev: 2, reset: null, now: 0, poll_after_ms: 7000, rows, events: [] };
  await replica.install('e.1', { ...delta, ...integrity(1) }, []);
  expect(await replica.undo()).toBe('Undone: Note second.');
  expect(replica.queue.map(({ edit }) => edit.label)).toEqual(['Note first']);
  expect(await replica.undo()).toMatch(
    /^Not undone yet: Note first\. It is on its way and will be refused: .*RUN1 is done/,
  );
  expect(replica.queue).toHaveLength(1);
  // It had come before the end of the iteration.
  expect(replica.view().undo).toBe('Undo note first');
});

test('a conflict that a restored server does not have any more is undone as what it became there', async () => {
  const replica = await openFilledReplica();
  await write(replica, 'mine');
  await conflicts(replica, 2, FIRST);
  const head = { snapshot: 'restored', cursor: 'f.1', rev: 1, role: 'planner' } as const;
  await takeRows(replica, head, { rows: smallPlan, history: 'other-history' });
  expect(replica.queue.map(({ edit }) => edit.label)).toEqual(['Note mine']);
  await answered(replica, { rev: 2, note: 'mine', receipt: {} });
  expect(await replica.undo()).toBe('Undone: Note mine.');
  expect(noteOf(replica)).toBe('');
});
