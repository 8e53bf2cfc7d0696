import { expect, test } from 'vitest';
import { type Iteration, scheduleId } from '../../store/rows.ts';
import { at, CHAPTERS, LIVE, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import { comparedWith, goneWords } from './comparing.ts';
import type { ChapterLine } from './lines.ts';
import { plannerModel } from './model.ts';

const rehearsed = schedule(CHAPTERS.load, LIVE, {
  status: 'done',
  actual_start: at('2026-11-21T10:10Z'),
  actual_end: at('2026-11-21T12:40Z'),
});
const open = schedule(CHAPTERS.check, LIVE);
const planned = schedule(CHAPTERS.load, PLANNED);
const view = sampleView({ schedules: [rehearsed, open, planned] });
const { rows } = view;
const [live, next] = [LIVE, PLANNED].map((id) => rows.iterations.get(id)) as [Iteration, Iteration];
const shift = next.window_start - live.window_start;

test('an earlier iteration is laid on this one’s start, as it went where that is known, else as it was planned', () => {
  const compared = comparedWith(rows, next, LIVE);
  expect(compared).toMatchObject({ id: LIVE, name: live.code, than: `in ${live.code}` });
  expect(compared?.times(CHAPTERS.load)).toEqual([
    (rehearsed.actual_start as number) + shift,
    (rehearsed.actual_end as number) + shift,
  ]);
  expect(compared?.times(CHAPTERS.check)).toEqual([open.planned_start + shift, open.planned_end + shift]);
  // Somebody began it and left it out: that is not how it went.
  const skipped = {
    ...rehearsed,
    chapter_id: CHAPTERS.gate,
    id: scheduleId(LIVE, CHAPTERS.gate),
    status: 'skipped',
  } as const;
  const other = sampleView({ schedules: [skipped] }).rows;
  expect(comparedWith(other, next, LIVE)?.times(CHAPTERS.gate)?.[0]).toBe(skipped.planned_start + shift);
  // The same at each asking, so that a line is not made anew.
  expect(comparedWith(rows, next, LIVE)?.times(CHAPTERS.load)).toBe(compared?.times(CHAPTERS.load));
});

test('what is gone, and the iteration itself, is compared with nothing', () => {
  expect(comparedWith(rows, next, 'nothing')).toBeNull();
  expect(comparedWith(rows, next, PLANNED)).toBeNull();
  expect(comparedWith(rows, next, null)).toBeNull();
});

test('what left the plan is named as far as that is known; what is not of this iteration is still there', () => {
  const was = comparedWith(rows, next, LIVE);
  expect(goneWords(rows, LIVE, was)).toBeNull();
  expect(goneWords(rows, PLANNED, null)).toBeNull();
  expect(goneWords(rows, null, null)).toBeNull();
  const without = { ...rows, iterations: new Map([[PLANNED, next]]) };
  expect(goneWords(without, LIVE, was)).toBe(`“${live.code}” is not in the plan any more: nothing is compared now.`);
  expect(goneWords(without, LIVE, null)).toBe(
    'What was compared is not in the plan any more: nothing is compared now.',
  );
});

test('a line says how its plan differs from the rehearsal, and all of it can be scrolled to', () => {
  const input = { view, iteration: next.code, now: NOW, collapsed: new Set<string>(), selected: new Set<string>() };
  const model = plannerModel({ ...input, baseline: LIVE });
  const row = model.rows.find(({ id }) => id === CHAPTERS.load);
  const line = model.line(row as (typeof model.rows)[number]) as ChapterLine;
  const start = (rehearsed.actual_start as number) + shift;
  expect(line.ghost).toEqual({ start, length: 150 });
  const ends = planned.planned_end - start - 150;
  expect(ends).not.toBe(0);
  expect(line.varianceMeaning).toMatch(
    new RegExp(`^Planned to end .* ${ends > 0 ? 'later' : 'earlier'} than in ${live.code}; takes .* (longer|less)$`),
  );
  expect(model.axis.start).toBeLessThan(start);
  expect(model.axis.start + model.axis.length).toBeGreaterThan(start + 150);
});
