import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import { canFillDown, fillDown } from './fill-down.ts';
import type { ChapterLine } from './lines.ts';
import { plannerModel } from './model.ts';

const first = schedule(CHAPTERS.load, PLANNED, { note: 'call the bank', status: 'done' });
const second = schedule(CHAPTERS.check, PLANNED, {
  planned_start: at('2027-01-16T22:00Z'),
  planned_end: at('2027-01-16T22:30Z'),
});
const { rows, line } = plannerModel({
  view: sampleView({ schedules: [first, second] }),
  iteration: 'DR1',
  now: NOW,
  collapsed: new Set(),
  selected: new Set(),
});
const lineOf = (id: string) => line(rows.find((row) => row.id === id) as (typeof rows)[number]) as ChapterLine;
const [load, check, open] = [CHAPTERS.load, CHAPTERS.check, CHAPTERS.open].map(lineOf) as [
  ChapterLine,
  ChapterLine,
  ChapterLine,
];

describe('filling down', () => {
  test.each([
    ['start', { op: 'move', start: first.planned_start }],
    ['duration', { op: 'resize', edge: 'end', to: second.planned_start + 120 }],
    ['note', { op: 'set', set: { note: 'call the bank' } }],
    ['status', { op: 'set', set: { status: 'done', actual_start: NOW, actual_end: NOW } }],
  ])('a %s is that of the first row', (column, op) => {
    const { act, leftOut } = fillDown(column, [load, check], NOW);
    expect(act?.ops).toMatchObject([{ ...op, id: second.id }]);
    expect(act?.label).toMatch(/ of AA down to 1 chapter$/);
    expect(leftOut).toBe(0);
  });

  test('who would end before it starts, or has no times, is left out and counted', () => {
    expect(fillDown('end', [load, check, open], NOW)).toEqual({ act: null, leftOut: 2 });
  });

  test('what is the same already is no edit', () => {
    expect(fillDown('start', [load, load], NOW)).toEqual({ act: null, leftOut: 0 });
  });

  test('only what is planned or reported can be filled down', () => {
    expect(['start', 'end', 'duration', 'status', 'note'].every(canFillDown)).toBe(true);
    expect(['code', 'title', 'slack', 'bar', null].some(canFillDown)).toBe(false);
  });
});
