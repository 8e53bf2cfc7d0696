import { expect, test } from 'vitest';
import { demoView, iterationOf } from '../../testing/demo-view.ts';
import { setFields } from '../ops.ts';
import type { Chapter } from '../rows.ts';
import { scheduleId } from '../rows.ts';
import { whatFollows } from './what-follows.ts';

const view = demoView();
const iteration = iterationOf(view, 'DR2');
const now = iteration.window_start - 1440;
const chapter = (code: string) => [...view.rows.chapters.values()].find((each) => each.code === code) as Chapter;
const schedule = (code: string) => {
  const found = view.rows.chapter_schedules.get(scheduleId(iteration.id, chapter(code).id));
  if (found === undefined) throw new Error(`${code} has times`);
  return found;
};
const moved = (code: string, minutes: number) => {
  const row = schedule(code);
  const times = { planned_start: row.planned_start + minutes, planned_end: row.planned_end + minutes };
  return setFields('chapter_schedules', row, times);
};
const follows = (...ops: Parameters<typeof whatFollows>[1]['ops']) => whatFollows(view, { iteration, ops, now });

test('tells where the plan would end, what would be found, and of how many chapters it comes', () => {
  const after = follows(moved('IE', 120));
  expect(after?.text).toMatch(/^Planned to end Thu 4 Mar 20:00 \(\+2h\), 2h past the window\. 1 finding more\.$/);
  expect(after?.findings).toEqual(['IE ends 2h after the window']);
});

test('what is found already is told where it is more than now, and what goes is counted', () => {
  const early = follows(moved('AB', -1440));
  expect(early?.findings.join()).toContain('AB starts');
  const outside = {
    ...view,
    rows: {
      ...view.rows,
      iterations: new Map(view.rows.iterations).set(iteration.id, {
        ...iteration,
        window_end: iteration.window_end - 60,
      }),
    },
  };
  const short = iterationOf(outside, 'DR2');
  const more = whatFollows(outside, { iteration: short, ops: [moved('IE', 30)], now });
  expect(more?.findings).toContain('IE ends 1h30 after the window');
  const less = whatFollows(outside, { iteration: short, ops: [moved('IE', -120)], now });
  expect(less?.text).toContain(' less.');
  expect(less?.findings.join()).not.toContain('IE ends');
});

test('says nothing where nothing follows', () => {
  expect(follows(setFields('chapter_schedules', schedule('AB'), { note: 'words alone' }))).toBeNull();
  expect(follows()).toBeNull();
});
