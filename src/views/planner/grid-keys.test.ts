import { expect, test } from 'vitest';
import { CHAPTERS, NOW, sampleView } from '../../testing/sample-view.ts';
import type { Cursor } from './cursor.ts';
import { cursorByKey, editableBeside } from './grid-keys.ts';
import { plannerModel } from './model.ts';
import { COLUMNS } from './row.ts';

const { rows } = plannerModel({
  view: sampleView(),
  iteration: null,
  now: NOW,
  collapsed: new Set(),
  selected: new Set(),
});
const [before, weekend] = [rows[0]?.id ?? '', rows[3]?.id ?? ''];

function by(key: string, cursor: Cursor, { ctrlKey = false, closed = '' } = {}) {
  const ground = { rows, columns: COLUMNS, isOpen: ({ id }: { id: string }) => id !== closed, page: 2 };
  return cursorByKey(ground, cursor, { key, ctrlKey, altKey: false, metaKey: false } as KeyboardEvent);
}
const row = (rowId: string): Cursor => ({ rowId, column: null });
const cell = (rowId: string, column: string): Cursor => ({ rowId, column });

test('up and down go from row to row, or keep the column from cell to cell', () => {
  expect(by('ArrowDown', row(before))).toEqual(row(CHAPTERS.load));
  expect(by('ArrowDown', cell(CHAPTERS.load, 'end'))).toEqual(cell(CHAPTERS.check, 'end'));
  expect(by('ArrowUp', row(before))).toEqual(row(before));
  expect(by('PageDown', row(CHAPTERS.load))).toEqual(row(weekend));
});

test('right opens a phase, then enters its cells, and stays in the last one', () => {
  expect(by('ArrowRight', row(before), { closed: before })).toBe('toggle');
  expect(by('ArrowRight', row(before))).toEqual(cell(before, 'select'));
  expect(by('ArrowRight', cell(CHAPTERS.load, 'note'))).toEqual(cell(CHAPTERS.load, 'bar'));
  expect(by('ArrowRight', cell(CHAPTERS.load, 'bar'))).toEqual(cell(CHAPTERS.load, 'bar'));
});

test('left leaves the cells, closes a phase, and goes from a chapter to its phase', () => {
  expect(by('ArrowLeft', cell(CHAPTERS.load, 'select'))).toEqual(row(CHAPTERS.load));
  expect(by('ArrowLeft', row(before))).toBe('toggle');
  expect(by('ArrowLeft', row(CHAPTERS.check))).toEqual(row(before));
  expect(by('ArrowLeft', row(before), { closed: before })).toBeNull();
});

test('home and end mean the row’s cells in a cell, and all rows elsewhere or with Ctrl', () => {
  expect(by('End', cell(CHAPTERS.load, 'code'))).toEqual(cell(CHAPTERS.load, 'bar'));
  expect(by('Home', cell(CHAPTERS.open, 'code'), { ctrlKey: true })).toEqual(cell(before, 'code'));
  expect(by('End', row(before))).toEqual(row(CHAPTERS.open));
});

test('a key that moves nowhere means nothing', () => {
  expect(by('x', row(before))).toBeNull();
  expect(by('ArrowDown', row('gone'))).toBeNull();
});

test('Tab goes on to the next editable column, and ends at the last', () => {
  expect(editableBeside(COLUMNS, 'start', 1)).toBe('end');
  expect(editableBeside(COLUMNS, 'start', -1)).toBeNull();
  expect(editableBeside(['start', 'duration'], 'start', 1)).toBe('duration');
});
