import { expect, test } from 'vitest';
import { at, CHAPTERS, LIVE, PLANNED, sampleView, schedule } from '../testing/sample-view.ts';
import type { ChapterSchedule } from './rows.ts';
import { type DurationsFrom, takenDurations } from './taken-durations.ts';

const { load, check } = CHAPTERS;
const began = at('2027-01-16T19:00Z');
const ITERATIONS = [LIVE, PLANNED, ...[3, 4, 5].map((n) => `00000000-0000-4000-8000-00000000900${n}`)];

/** `load` as it went in one iteration after the other, planned for two hours in all; null: not done there. */
function view(...took: readonly (number | null)[]) {
  return sampleView({
    schedules: took.map((minutes, i) =>
      schedule(load, ITERATIONS[i] as string, {
        planned_start: began,
        planned_end: began + 120,
        ...(minutes === null ? {} : { status: 'done', actual_start: began, actual_end: began + minutes }),
      }),
    ),
  });
}

const lengths = (took: readonly (number | null)[]) => {
  const { rows } = view(...took);
  const own = [...rows.chapter_schedules.values()].find((row) => row.chapter_id === load) as ChapterSchedule;
  const of = (from: DurationsFrom) => takenDurations(rows, from)(own);
  return [of('planned'), of('actual'), of('middle'), of('most')];
};

test('what it took here, in the middle of all iterations, and in nine of ten of them', () => {
  expect(lengths([100, 90, 150, 130, null])).toEqual([120, 100, 100, 150]);
  expect(lengths([100, 90, 150])).toEqual([120, 100, 100, 150]);
  expect(lengths([100])).toEqual([120, 100, 100, 100]);
});

test('what it took elsewhere counts where it was not done here; what was never done takes what is planned', () => {
  expect(lengths([null, 90])).toEqual([120, 120, 90, 90]);
  expect(lengths([null, null])).toEqual([120, 120, 120, 120]);
  const { rows } = sampleView({ schedules: [schedule(check, LIVE)] });
  const row = [...rows.chapter_schedules.values()].find((each) => each.chapter_id === check) as ChapterSchedule;
  expect(takenDurations(rows, 'most')(row)).toBe(row.planned_end - row.planned_start);
});
