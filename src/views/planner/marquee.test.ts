import { expect, test } from 'vitest';
import { touched } from './marquee.ts';
import type { PlannerRow } from './model.ts';

const chapter = (id: string, times: readonly [start: number, end: number] | null) =>
  ({
    kind: 'chapter',
    id,
    schedule: times && { planned_start: times[0], planned_end: times[1] },
  }) as unknown as PlannerRow;

const rows = [
  { kind: 'phase', id: 'phase' } as unknown as PlannerRow,
  chapter('early', [100, 160]),
  chapter('without times', null),
  chapter('late', [400, 460]),
  chapter('gate', [300, 300]),
];
const all = { top: 0, bottom: 5, start: 0, end: 1000 };

test('a marquee over everything touches every chapter that has times, and no phase', () => {
  expect(touched(rows, all)).toEqual(['early', 'late', 'gate']);
});

test('a bar is touched by its rim, a moment by its instant, a row by any part of it', () => {
  expect(touched(rows, { ...all, start: 160, end: 300 })).toEqual(['early', 'gate']);
  expect(touched(rows, { ...all, start: 161, end: 299 })).toEqual([]);
  expect(touched(rows, { ...all, top: 1.9, bottom: 3.1 })).toEqual(['early', 'late']);
});

test('beyond the rows there is nothing to touch', () => {
  expect(touched(rows, { ...all, top: -3, bottom: -1 })).toEqual([]);
  expect(touched(rows, { ...all, top: 5.2, bottom: 9 })).toEqual([]);
});
