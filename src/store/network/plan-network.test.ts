import { expect, test } from 'vitest';
import { at, CHAPTERS, LIVE, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { ChapterSchedule, Dependency } from '../rows.ts';
import type { Times } from './network.ts';
import { limitsOf, planTimes } from './plan-network.ts';

const waits = (predecessor_id: string, successor_id: string): Dependency => ({
  id: `${predecessor_id}${successor_id}`,
  rev: 1,
  predecessor_id,
  successor_id,
  kind: 'FS',
  lag_minutes: 0,
});

const DEPENDENCIES = [waits(CHAPTERS.load, CHAPTERS.check), waits(CHAPTERS.check, CHAPTERS.gate)];

/** Earliest start, earliest finish and total slack of a chapter of an iteration. */
function timesOf(iteration: string, chapter: string, schedules: readonly ChapterSchedule[] = []) {
  const { rows } = sampleView({ schedules });
  const dependencies = new Map(DEPENDENCIES.map((row) => [row.id, row]));
  const row = rows.iterations.get(iteration);
  if (!row) throw new Error('no such iteration');
  const times = planTimes({ ...rows, dependencies }, row, NOW) as Times;
  const i = times.index.get(chapter);
  return i === undefined ? null : [times.earliestStart[i], times.earliestFinish[i], times.totalSlack[i]];
}

test('slack is measured from the planned times to the end of the window', () => {
  expect(timesOf(PLANNED, CHAPTERS.load)).toEqual([at('2027-01-16T19:00Z'), at('2027-01-16T21:00Z'), 9 * 60]);
});

test('a chapter without a schedule in the iteration takes no part', () => {
  expect(timesOf(PLANNED, CHAPTERS.open)).toBeNull();
});

test('what has run counts as it was, what runs ends no earlier than now and pushes its successors', () => {
  // Running since 20:10 local for two planned hours: until 22:10, and now it is 22:20.
  expect(timesOf(LIVE, CHAPTERS.load)?.slice(0, 2)).toEqual([at('2027-01-16T19:10Z'), NOW]);
  const tight = schedule(CHAPTERS.check, LIVE, {
    planned_start: at('2027-01-16T21:00Z'),
    planned_end: at('2027-01-16T22:00Z'),
  });
  expect(timesOf(LIVE, CHAPTERS.check, [tight])?.slice(0, 2)).toEqual([NOW, NOW + 60]);
});

test('what runs has the slack that its end has left', () => {
  // Checking takes 3h15 and the gate 30m before 07:00 local: loading has to end by 03:15, and is expected at 22:20.
  expect(timesOf(LIVE, CHAPTERS.load)?.[2]).toBe(4 * 60 + 55);
});

test('a fixed start does not move, and what pushes it has negative slack', () => {
  const check = { planned_start: at('2027-01-16T20:30Z'), planned_end: at('2027-01-16T22:00Z'), fixed_start: true };
  const schedules = [schedule(CHAPTERS.check, PLANNED, check)];
  expect(timesOf(PLANNED, CHAPTERS.check, schedules)?.[0]).toBe(check.planned_start);
  expect(timesOf(PLANNED, CHAPTERS.load, schedules)?.[2]).toBe(-30);
});

test('what must finish earlier has less slack, and so has what leads to it', () => {
  const due = schedule(CHAPTERS.check, PLANNED, {
    planned_start: at('2027-01-16T21:00Z'),
    planned_end: at('2027-01-16T22:00Z'),
    must_finish_by: at('2027-01-16T22:30Z'),
  });
  expect(timesOf(PLANNED, CHAPTERS.check, [due])?.[2]).toBe(30);
  expect(timesOf(PLANNED, CHAPTERS.load, [due])?.[2]).toBe(30);
  expect(timesOf(PLANNED, CHAPTERS.check, [{ ...due, status: 'skipped' }])?.[2]).toBeGreaterThan(30);
});

test('a skipped chapter holds nobody up', () => {
  const skipped = schedule(CHAPTERS.check, LIVE, { planned_end: at('2027-01-17T05:00Z'), status: 'skipped' });
  expect(timesOf(LIVE, CHAPTERS.gate, [skipped])?.[0]).toBe(at('2027-01-17T01:00Z'));
});

test('a rollback has to begin its length before the end of the window', () => {
  const iteration = sampleView().rows.iterations.get(PLANNED);
  expect(iteration && limitsOf(iteration).rollbackStart).toBe(at('2027-01-17T05:00Z'));
});
