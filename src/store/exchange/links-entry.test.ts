import { expect, test } from 'vitest';
import { readLinks } from './links-entry.ts';

const known = new Set(['CH-5', 'CH-7', 'CH', '7', 'DIFFS', 'A+B']);
const read = (text: string) => readLinks(text, (code) => known.has(code));
const fs = (code: string, lag = 0, kind = 'FS') => ({ code, kind, lag });

test.each([
  ['CH-5', [fs('CH-5')]],
  ['CH-7, CH-5', [fs('CH-7'), fs('CH-5')]],
  ['CH-7; CH-5 FS+30', [fs('CH-7'), fs('CH-5', 30)]],
  ['CH-5FS-1h30', [fs('CH-5', -90)]],
  ['ch-5 ss + 15 min', [fs('ch-5', 15, 'SS')]],
  ['7FF+1 day', [fs('7', 1440, 'FF')]],
  ['CH-5 +30', [fs('CH-5', 30)]],
  ['CH-5 -30m', [fs('CH-5', -30)]],
  ['DIFFS', [fs('DIFFS')]],
  ['A+B', [fs('A+B')]],
  ['CH-9', [fs('CH-9')]],
  ['-', []],
  [' \n', []],
])('%j is read', (text, links) => {
  expect(read(text)).toEqual({ links, problems: [] });
});

test.each(['CH-5 SF', 'CH-5 FS+50%', 'CH-5 FS+soon'])('%j is told and left out', (text) => {
  const entry = read(`CH-7, ${text}`);
  expect(entry.links).toEqual([fs('CH-7')]);
  expect(entry.problems.length).toBe(1);
});
