import { expect, test } from 'vitest';
import { selection } from './selection.ts';

const rows = ['P', 'a', 'b', 'Q', 'c', 'd'].map(
  (id) => ({ id, kind: /[A-Z]/.test(id) ? 'phase' : 'chapter' }) as const,
);
const start = () => {
  const chosen = selection();
  return { chosen, ids: () => [...chosen.ids].join('') };
};

test('a range goes from the row last chosen alone, and a second one replaces the first', () => {
  const { chosen, ids } = start();
  chosen.toggle('b', rows, false);
  chosen.toggle('d', rows, true);
  expect(ids()).toBe('bcd');
  chosen.toggle('a', rows, true);
  expect(ids()).toBe('ba');
});

test('what was selected before a range stays, whichever way it shrinks', () => {
  const { chosen, ids } = start();
  chosen.toggle('d', rows, false);
  chosen.toggle('a', rows, false);
  chosen.extend('a', 'b', rows);
  chosen.extend('b', 'Q', rows);
  expect(ids()).toBe('dab');
  chosen.extend('Q', 'b', rows);
  chosen.extend('b', 'a', rows);
  expect(ids()).toBe('da');
});

test('a step from elsewhere begins a range of its own', () => {
  const { chosen, ids } = start();
  chosen.toggle('a', rows, false);
  chosen.extend('c', 'd', rows);
  expect(ids()).toBe('acd');
});

test('a range whose beginning is searched away is the row alone', () => {
  const { chosen, ids } = start();
  chosen.toggle('a', rows, false);
  chosen.toggle('d', rows.slice(3), true);
  expect(ids()).toBe('ad');
});
