import { expect, test } from 'vitest';
import { takeBaseline } from '../../store/baseline.ts';
import { previewOf } from '../../store/preview.ts';
import type { ChapterSchedule, Iteration } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import { CHAPTERS, LIVE, NOW, PLANNED, sampleView } from '../../testing/sample-view.ts';
import type { ChapterLine } from './lines.ts';
import { plannerModel } from './model.ts';

const ID = '00000000-0000-4000-8000-00000000bb01';
const view = sampleView({ role: 'lead' });
const iteration = view.rows.iterations.get(LIVE) as Iteration;
const { label, ops } = takeBaseline(view.rows, iteration, { name: 'As approved', now: NOW, newId: ID });
const kept = previewOf(view, ops).view;
const check = kept.rows.chapter_schedules.get(scheduleId(LIVE, CHAPTERS.check)) as ChapterSchedule;
const { planned_start: start, planned_end: end } = check;
const { view: later } = previewOf(kept, [
  { op: 'slip', table: 'chapter_schedules', id: check.id, base: { planned_start: start, planned_end: end }, by: 30 },
]);

function lineOf(chapter: string, baseline: string | null, code = 'RUN3') {
  const input = { view: later, iteration: code, now: NOW, collapsed: new Set<string>(), selected: new Set<string>() };
  const model = plannerModel({ ...input, baseline });
  const row = model.rows.find(({ id }) => id === chapter);
  return { model, line: model.line(row as (typeof model.rows)[number]) as ChapterLine };
}

test('a baseline keeps the planned times of every chapter of its iteration', () => {
  expect(label).toBe('Baseline “As approved” of RUN3');
  expect(Object.keys(kept.rows.baselines.get(ID)?.times ?? {})).toHaveLength(3);
});

test('what moved since shows where it stood, and how much later it ends', () => {
  const { line } = lineOf(CHAPTERS.check, ID);
  expect(line.ghost).toEqual({ start, length: end - start });
  expect(line.replanned).toBe('+30m');
  expect(lineOf(CHAPTERS.gate, ID).line.replanned).toBe('');
  expect(lineOf(CHAPTERS.open, ID).line.ghost).toBeNull();
});

test('nothing is compared without a baseline, or with one of another iteration', () => {
  expect(lineOf(CHAPTERS.check, null).line).toMatchObject({ ghost: null, replanned: '' });
  expect(kept.rows.iterations.has(PLANNED)).toBe(true);
  expect(lineOf(CHAPTERS.load, ID, 'DR1').model.compared).toBeNull();
});

test('the variance is of the last that is known: an actual end, an actual start, with a baseline the planned end', () => {
  const { planned_start } = later.rows.chapter_schedules.get(scheduleId(LIVE, CHAPTERS.load)) as ChapterSchedule;
  const began = (lineOf(CHAPTERS.load, null).line.schedule?.actual_start ?? 0) - planned_start;
  expect(lineOf(CHAPTERS.load, null).line).toMatchObject({ variance: `+${began}m`, isBehind: true });
  expect(lineOf(CHAPTERS.load, null).line.varianceMeaning).toBe(`Began ${began}m later than planned`);
  expect(lineOf(CHAPTERS.check, null).line).toMatchObject({ variance: '', isBehind: false });
  expect(lineOf(CHAPTERS.check, ID).line).toMatchObject({
    variance: '+30m',
    varianceMeaning: 'Planned to end 30m later than in the baseline',
  });
  expect(lineOf(CHAPTERS.gate, ID).line).toMatchObject({ variance: '±0m', isBehind: false });
});
