import { beforeEach, describe, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica, takeRows } from '../testing/open-replica.ts';
import { columns, integrity, SCHEDULE_ID, START, schedule, smallPlan } from '../testing/small-plan.ts';
import type { Delta } from './delta.ts';
import type { Receipt } from './edit.ts';
import { insertRow, removeRow, setFields, slipBy } from './ops.ts';
import type { Replica } from './replica.ts';
import type { Chapter, Fields } from './rows.ts';

beforeEach(freshDisk);

const row = (replica: Replica) => {
  const found = replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
  if (!found) throw new Error('the schedule should be there');
  return found;
};

const note = (replica: Replica, text: string) =>
  replica.edit(`Note ${text}`, [setFields('chapter_schedules', row(replica), { note: text })]);

const slip = (replica: Replica) => replica.edit('Slip of AA by 30 min', [slipBy(row(replica), 30)]);

/** The server answers everything that is queued; then the schedule stands as told. */
async function answered(
  replica: Replica,
  rev: number,
  changes: Fields,
  receipt: Partial<Receipt> = {},
  rows: Delta['rows'] = {},
): Promise<void> {
  const receipts = replica.queue.map(({ edit }): Receipt => {
    const blank = { rev, dup: false, merged: [], conflict: null, refusal: null } as const;
    return { edit: edit.id, seq: edit.seq, outcome: 'applied', ...blank, ...receipt };
  });
  const told = { chapter_schedules: columns('chapter_schedules', [schedule(rev, changes)]), ...rows };
  await replica.install(replica.cursor, delta(rev, told), receipts);
}

const delta = (rev: number, rows: Delta['rows'], besides: Partial<Delta> = {}): Delta => ({
  cursor: `e.${rev}`,
  rev,
  reset: null,
  now: 0,
  poll_after_ms: 7000,
  rows,
  events: [],
  ...integrity(rev),
  ...besides,
});

describe('undo', () => {
  test('is named, works offline and survives a reload', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    expect(replica.view().undo).toBe('Undo slip of AA by 30 min');
    replica.database.close();
    const reopened = await openReplica();
    expect(reopened.view().undo).toBe('Undo slip of AA by 30 min');
    expect(await reopened.undo()).toBe('Undone: Slip of AA by 30 min.');
    expect(row(reopened).planned_start).toBe(START);
    expect(reopened.view().undo).toBe(null);
    expect(reopened.view().redo).toBe('Redo slip of AA by 30 min');
  });

  test('of many acts, and redo of all of them, leads back to the same', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    await note(replica, 'one');
    await note(replica, 'two');
    const top = row(replica);
    await Promise.all([replica.undo(), replica.undo(), replica.undo()]);
    expect(row(replica)).toMatchObject({ note: '', planned_start: START });
    expect(await replica.undo()).toBe(null);
    await replica.redo();
    await replica.redo();
    await replica.redo();
    expect(row(replica)).toEqual(top);
    expect(await replica.redo()).toBe(null);
  });

  test('a new act ends what could be redone', async () => {
    const replica = await openFilledReplica();
    await note(replica, 'one');
    await replica.undo();
    await note(replica, 'two');
    expect(replica.view().redo).toBe(null);
    expect(replica.view().undo).toBe('Undo note two');
  });

  test('of a removal restores the row, and of an insertion removes it', async () => {
    const replica = await openFilledReplica();
    await note(replica, 'kept with the row');
    const before = row(replica);
    await replica.edit('Take AA out', [removeRow('chapter_schedules', before)]);
    await replica.undo();
    expect(row(replica)).toEqual(before);
    await replica.redo();
    const { id: _id, rev: _rev, ...fields } = before;
    await replica.edit('Put AA in', [insertRow('chapter_schedules', SCHEDULE_ID, fields)]);
    await replica.undo();
    expect(replica.view().rows.chapter_schedules.has(SCHEDULE_ID)).toBe(false);
  });

  test('of a slip that the server put on top of another move leaves the other move', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    const merged = [{ table: 'chapter_schedules', id: SCHEDULE_ID, unit: 'planned', by: 'planner-b', rev: 2 }] as const;
    await answered(replica, 3, { planned_start: START + 90, planned_end: START + 180 }, { outcome: 'merged', merged });
    await replica.undo();
    expect(row(replica)).toMatchObject({ planned_start: START + 60, planned_end: START + 150 });
  });

  test('of labels that the server laid on those of another takes back mine only', async () => {
    const replica = await openReplica();
    const head = { snapshot: 'first', cursor: 'e.1', rev: 1, role: 'lead' } as const;
    await takeRows(replica, head, { rows: smallPlan });
    const chapter = () => [...replica.view().rows.chapters.values()][0] as Chapter;
    await replica.edit('Label AA', [setFields('chapters', chapter(), { labels: 'backup go-live' })]);
    const merged = [{ table: 'chapters', id: chapter().id, unit: 'labels', by: 'planner-b', rev: 2 }] as const;
    const { id, rev: _, ...fields } = chapter();
    const theirs = columns('chapters', [
      { id, rev: 3, fields: { ...fields, labels: 'backup go-live night' } as unknown as Fields },
    ]);
    await answered(replica, 3, {}, { outcome: 'merged', merged }, { chapters: theirs });
    expect(chapter().labels).toBe('backup go-live night');
    await replica.undo();
    expect(chapter().labels).toBe('night');
    await replica.redo();
    expect(chapter().labels).toBe('backup go-live night');
  });

  test('of two slips answered together on top of another move goes back one by one', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    await slip(replica);
    await answered(replica, 3, { planned_start: START + 120, planned_end: START + 210 }, { outcome: 'merged' });
    await replica.undo();
    expect(row(replica).planned_start).toBe(START + 90);
    await replica.undo();
    expect(row(replica).planned_start).toBe(START + 60);
  });

  test('keeps what somebody changed since, and says whose it is', async () => {
    const replica = await openFilledReplica();
    await replica.edit('Report AA', [setFields('chapter_schedules', row(replica), { note: 'mine', status: 'ready' })]);
    await answered(replica, 2, { note: 'mine', status: 'ready' });
    await answered(replica, 3, { note: 'theirs', status: 'ready' });
    expect(await replica.undo()).toBe(
      'Undone: Report AA. Schedule of chapter AA in RUN1: somebody changed it after you: kept.',
    );
    expect(row(replica)).toMatchObject({ note: 'theirs', status: 'pending' });
  });

  test('says what somebody removed since, by its name, and that it stays removed', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    await answered(replica, 2, { planned_start: START + 30, planned_end: START + 120 });
    const gone = { chapter_schedules: columns('chapter_schedules', [], [[SCHEDULE_ID, 3]]) };
    const by = { rev: 3, n: 1, at: 0, actor: 'lead', actor_name: 'Lead', label: 'Take AA out of RUN1', op: 'remove' };
    const events = [{ ...by, table_name: 'chapter_schedules', row_id: SCHEDULE_ID }] as const;
    await replica.install(replica.cursor, delta(3, gone, { events, ...integrity(null) }), []);
    expect(await replica.undo()).toBe(
      'Not undone: Slip of AA by 30 min. Schedule of chapter AA in RUN1: Lead removed it: it stays removed.',
    );
  });

  test('says where nothing was left to undo', async () => {
    const replica = await openFilledReplica();
    await note(replica, 'mine');
    await answered(replica, 2, { note: 'mine' });
    await answered(replica, 3, { note: 'theirs' });
    expect(await replica.undo()).toMatch(/^Not undone: Note mine\. .* kept\.$/);
    expect(replica.view().undo).toBe(null);
    expect(replica.queue).toEqual([]);
  });

  test('stops at an act of which nothing is left, and says so: no other goes back in its name', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    await note(replica, 'mine');
    const slipped = { planned_start: START + 30, planned_end: START + 120 };
    await answered(replica, 2, { ...slipped, note: 'mine' });
    // Somebody else put back what was there before.
    await answered(replica, 3, { ...slipped, note: '' });
    expect(replica.view().undo).toBe('Undo note mine');
    expect(await replica.undo()).toBe('Not undone: Note mine. Nothing of it is left to undo.');
    expect(row(replica)).toMatchObject(slipped);
    expect(replica.view()).toMatchObject({ undo: 'Undo slip of AA by 30 min', redo: null });
    expect(await replica.undo()).toBe('Undone: Slip of AA by 30 min.');
    // Somebody slips it by as much.
    await answered(replica, 4, { planned_start: START, planned_end: START + 90 });
    await answered(replica, 5, slipped);
    expect(await replica.redo()).toBe('Not done again: Slip of AA by 30 min. Nothing of it is left to redo.');
    expect(replica.view()).toMatchObject({ undo: null, redo: null });
  });

  test.each(['refused', 'noop'] as const)('passes over an edit that was %s', async (outcome) => {
    const replica = await openFilledReplica();
    await slip(replica);
    await answered(replica, 2, { planned_start: START + 30, planned_end: START + 120 });
    await note(replica, 'refused');
    await answered(replica, 2, { planned_start: START + 30, planned_end: START + 120 }, { outcome, rev: null });
    expect(replica.view().undo).toBe('Undo slip of AA by 30 min');
  });

  test('says why the rules let nothing go back', async () => {
    const replica = await openFilledReplica();
    await slip(replica);
    await answered(replica, 2, { planned_start: START + 30, planned_end: START + 120 });
    const iteration = replica.view().rows.iterations.values().next().value;
    const { id: _id, rev: _rev, ...fields } = { ...iteration, state: 'frozen' };
    const frozen = { id: String(iteration?.id), rev: 3, fields: fields as unknown as Fields };
    const rows = { iterations: columns('iterations', [frozen]) };
    const delta = {
      cursor: 'e.3',
      rev: 3,
      reset: null,
      now: 0,
      poll_after_ms: 7000,
      rows,
      events: [],
      ...integrity(2),
    };
    await replica.install('e.2', delta, []);
    expect(await replica.undo()).toBe(
      'Not undone: Slip of AA by 30 min. Schedule of chapter AA in RUN1: Iteration RUN1 is frozen: only a lead may change planned times.',
    );
  });
});

test('two tabs that undo the same at once undo it once, and one says so', async () => {
  const first = await openFilledReplica();
  await note(first, 'one');
  await note(first, 'two');
  const second = await openReplica();
  expect(second.view().undo).toBe('Undo note two');
  const said = await Promise.all([first.undo(), second.undo()]);
  expect(said.sort()).toEqual(['Undone in another tab already: Note two.', 'Undone: Note two.']);
  await first.refresh();
  expect(row(first).note).toBe('one');
  for (const { undo } of [first.view(), second.view()]) expect(undo).toBe('Undo note one');
});

test('a new act in one tab ends what another could redo, also where it had not heard of it', async () => {
  const one = await openFilledReplica();
  const other = await openReplica();
  await slip(one);
  await one.undo();
  await note(other, 'new');
  await one.refresh();
  for (const { redo, undo } of [one.view(), other.view()]) expect([redo, undo]).toEqual([null, 'Undo note new']);
});
