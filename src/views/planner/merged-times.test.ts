import { expect, test } from 'vitest';
import { moveTo, resizeEdge, setFields } from '../../store/ops.ts';
import { CHAPTERS, PLANNED, schedule } from '../../testing/sample-view.ts';
import { mergedTimes } from './merged-times.ts';

const seen = schedule(CHAPTERS.load, PLANNED);
const { planned_start: start, planned_end: end } = seen;
const moved = { ...seen, planned_start: start + 60, planned_end: end + 60 };
const longer = resizeEdge(seen, 'end', end + 15);

test('what nobody else touched stands as it was asked for', () => {
  const due = setFields('chapter_schedules', seen, { must_finish_by: end + 90 });
  expect(mergedTimes([longer, due], seen)).toEqual({ ...seen, planned_end: end + 15, must_finish_by: end + 90 });
  expect(mergedTimes([], moved)).toEqual(moved);
});

test('a longer one stays as long where somebody else put it, and a deadline goes with it', () => {
  const due = setFields('chapter_schedules', seen, { must_finish_by: end + 90 });
  expect(mergedTimes([longer, due], moved)).toEqual({ ...moved, planned_end: end + 75, must_finish_by: end + 90 });
});

test('of two that put it elsewhere, or set another deadline, somebody has to choose', () => {
  expect(mergedTimes([moveTo(seen, start + 30)], moved)).toBe(null);
  const both = { planned_start: start + 30, planned_end: end + 45 };
  expect(mergedTimes([setFields('chapter_schedules', seen, both)], moved)).toBe(null);
  const due = setFields('chapter_schedules', seen, { must_finish_by: end + 90 });
  expect(mergedTimes([due], { ...seen, must_finish_by: end + 30 })).toBe(null);
});
