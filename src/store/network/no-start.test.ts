import { expect, test } from 'vitest';
import type { Chapter, NoStartWindow } from '../rows.ts';
import { forbiddenBy } from './no-start.ts';

const chapter = { id: 'c', kind: 'work', site_id: 'zrh' } as Chapter;
/** From 100 to 200. */
const window = (more: Partial<NoStartWindow> = {}): NoStartWindow => ({
  id: 'w',
  rev: 1,
  name: 'Bank hours',
  window_start: 100,
  window_end: 200,
  forbids: 'start',
  site_id: null,
  ...more,
});

/** Edges that are forbidden. */
function told(start: number, end: number, more: Partial<NoStartWindow> = {}, of: Partial<Chapter> = {}) {
  return forbiddenBy([window(more)], { ...chapter, ...of }, { start, end, hasBegun: false }).map(({ edge }) => edge);
}

test('a start from its first minute to before its last is forbidden', () => {
  expect(told(99, 150)).toEqual([]);
  expect(told(100, 150)).toEqual(['start']);
  expect(told(199, 250)).toEqual(['start']);
  expect(told(200, 250)).toEqual([]);
});

test('an end in it is forbidden where that is asked for; one as it begins or as it is over is not', () => {
  expect(told(50, 100, { forbids: 'end' })).toEqual([]);
  expect(told(50, 101, { forbids: 'end' })).toEqual(['end']);
  expect(told(150, 200, { forbids: 'end' })).toEqual([]);
  expect(told(120, 180, { forbids: 'end' })).toEqual(['end']);
  expect(told(120, 180, { forbids: 'both' })).toEqual(['start', 'end']);
});

test('work through the whole of it starts and ends elsewhere', () => {
  expect(told(50, 250, { forbids: 'both' })).toEqual([]);
});

test('a milestone happens at one minute, and a buffer is nobody’s work', () => {
  expect(told(100, 100, { forbids: 'start' }, { kind: 'milestone' })).toEqual(['start']);
  expect(told(150, 150, { forbids: 'both' }, { kind: 'gate' })).toEqual(['start', 'end']);
  expect(told(150, 160, { forbids: 'both' }, { kind: 'buffer' })).toEqual([]);
});

test('one of a site forbids nothing elsewhere, nor where no site is named', () => {
  expect(told(150, 160, { site_id: 'zrh' })).toEqual(['start']);
  expect(told(150, 160, { site_id: 'gva' })).toEqual([]);
  expect(told(150, 160, { site_id: 'zrh' }, { site_id: null })).toEqual([]);
});
