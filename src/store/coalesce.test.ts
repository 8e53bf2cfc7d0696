import { beforeEach, expect, test } from 'vitest';
import { freshDisk, openFilledReplica, openReplica } from '../testing/open-replica.ts';
import { Chance } from '../testing/simulation/chance.ts';
import { act } from '../testing/simulation/people.ts';
import type { Tab } from '../testing/simulation/tab.ts';
import { CHAPTER_ID, ITERATION_ID, SCHEDULE_ID, START } from '../testing/small-plan.ts';
import type { Op } from './edit.ts';
import { insertRow, moveTo, removeRow, setFields, slipBy } from './ops.ts';
import type { Replica } from './replica.ts';
import type { ChapterSchedule } from './rows.ts';

beforeEach(freshDisk);

const row = (replica: Replica) => replica.view().rows.chapter_schedules.get(SCHEDULE_ID) as ChapterSchedule;
const note = (replica: Replica, text: string) =>
  replica.edit(`Note ${text}`, [setFields('chapter_schedules', row(replica), { note: text })]);
const slip = (replica: Replica, by: number) => replica.edit(`Slip by ${by}`, [slipBy(row(replica), by)]);
const labels = (replica: Replica) => replica.queue.map(({ edit }) => edit.label);

test('a field typed again and again goes out once, from where it began to where it ended', async () => {
  const replica = await openFilledReplica();
  for (const text of ['a', 'ab', 'abc']) await note(replica, text);
  const [only, ...more] = replica.queue;
  expect(more).toEqual([]);
  expect(only?.edit).toMatchObject({ label: 'Note abc', ops: [{ base: { note: '' }, set: { note: 'abc' } }] });
  expect((await openReplica()).queue).toEqual(replica.queue);
  expect(row(replica).note).toBe('abc');
});

test('each act can still be undone by itself', async () => {
  const replica = await openFilledReplica();
  for (const text of ['a', 'ab', 'abc']) await note(replica, text);
  await replica.undo();
  expect(row(replica).note).toBe('ab');
  await replica.undo();
  await replica.undo();
  expect(row(replica).note).toBe('');
  expect(replica.queue).toEqual([]);
});

test('a slip and the opposite slip leave nothing', async () => {
  const replica = await openFilledReplica();
  await slip(replica, 30);
  await slip(replica, -30);
  expect(replica.queue).toEqual([]);
  expect(row(replica).planned_start).toBe(START);
});

test('a row put in and taken out again leaves nothing', async () => {
  const replica = await openFilledReplica();
  await replica.edit('Out', [removeRow('chapter_schedules', row(replica))]);
  const times = { planned_start: START, planned_end: START + 30 };
  await replica.edit('In', [
    insertRow('chapter_schedules', SCHEDULE_ID, { chapter_id: CHAPTER_ID, iteration_id: ITERATION_ID, ...times }),
  ]);
  await replica.edit('Out again', [removeRow('chapter_schedules', row(replica))]);
  expect(labels(replica)).toEqual(['Out']);
});

test('what was sent stays as it is', async () => {
  const replica = await openFilledReplica();
  await note(replica, 'a');
  await replica.markSent(replica.queue);
  await note(replica, 'b');
  await replica.undo();
  await replica.undo();
  expect(labels(replica)).toEqual(['Note a', 'Undo note a']);
});

test('each step of a status stays, because a rule may forbid the leap', async () => {
  const replica = await openFilledReplica();
  const become = (status: ChapterSchedule['status']) =>
    replica.edit(status, [setFields('chapter_schedules', row(replica), { status })]);
  for (const status of ['blocked', 'running', 'done'] as const) await become(status);
  expect(labels(replica)).toEqual(['blocked', 'running', 'done']);
  await replica.undo();
  expect(labels(replica)).toEqual(['blocked', 'running']);
});

test('nothing is joined across another edit of the same row', async () => {
  const replica = await openFilledReplica();
  await note(replica, 'a');
  await replica.edit('Move', [moveTo(row(replica), START + 15)]);
  await note(replica, 'b');
  expect(labels(replica)).toEqual(['Note a', 'Move', 'Note b']);
});

test('nothing is joined across an edit after which the rules may be others', async () => {
  const replica = await openFilledReplica();
  const [iteration] = [...replica.view().rows.iterations.values()];
  await note(replica, 'a');
  if (iteration) await replica.edit('Freeze', [setFields('iterations', iteration, { state: 'frozen' })]);
  await note(replica, 'b');
  expect(labels(replica)).toEqual(['Note a', 'Freeze', 'Note b']);
});

test('an edit that another tab took in is not there to be sent', async () => {
  const first = await openFilledReplica();
  const second = await openReplica();
  await note(first, 'a');
  await second.refresh();
  const batch = first.queue;
  await note(second, 'ab');
  await first.markSent(batch);
  expect(labels(first)).toEqual(['Note ab']);
});

test('whatever was typed, the rows at the end are the same as with every edit by itself', async () => {
  let joined = 0;
  for (let seed = 1; seed <= 8; seed += 1) {
    freshDisk();
    const together = await openFilledReplica();
    freshDisk();
    const alone = await openFilledReplica();
    const chance = new Chance(seed);
    for (let n = 0; n < 25; n += 1) {
      const acts: [string, readonly Op[]][] = [];
      const tab = { replica: together, edit: (label: string, ops: readonly Op[]) => acts.push([label, ops]) };
      if (chance.is(0.2)) {
        await together.undo();
        await alone.undo();
        continue;
      }
      act(tab as unknown as Tab, chance);
      for (const [label, ops] of acts) {
        await together.edit(label, ops);
        await alone.edit(label, ops);
        await alone.markSent(alone.queue);
      }
    }
    expect(shown(together), `seed ${seed}`).toEqual(shown(alone));
    joined += alone.queue.length - together.queue.length;
  }
  expect(joined).toBeGreaterThan(20);
}, 60_000);

/** What everybody sees, without the revs that only the server gives. */
function shown(replica: Replica) {
  const { chapter_schedules, chapters } = replica.view().rows;
  return [...chapter_schedules.values(), ...chapters.values()].map(({ rev: _, ...fields }) => fields);
}
