import { expect, test } from 'vitest';
import type { Chapter } from '../../store/rows.ts';
import { at, CHAPTERS, sampleView } from '../../testing/sample-view.ts';
import { minutesWords, type Nudged, nudgeWords } from './nudge-words.ts';

const chapter = (code: string, kind: Chapter['kind'] = 'work') =>
  ({ ...(sampleView().rows.chapters.get(CHAPTERS.load) as Chapter), code, kind }) satisfies Chapter;

const CALM: Nudged = {
  zone: 'Europe/Zurich',
  title: 'Load accounts',
  part: 'all',
  times: { start: at('2027-01-16T21:15Z'), end: at('2027-01-17T00:45Z') },
  others: 0,
  cascade: { slips: [], missed: [], forbidden: [], overdue: [], beforeWindow: 0, pastWindow: 0 },
  gate: null,
};

test('the new times are said in whole words, with the gate that is nearest', () => {
  expect(nudgeWords({ ...CALM, gate: { gate: chapter('G2', 'gate'), slack: 25 } })).toBe(
    'Load accounts moved to Saturday 22:15, ends 01:45, gate G2 slack 25 minutes',
  );
});

test('what it breaks is said before the gate, which may be missed', () => {
  const cascade = { ...CALM.cascade, missed: [chapter('CF'), chapter('G2', 'gate')], pastWindow: 90 };
  expect(nudgeWords({ ...CALM, cascade, others: 2, gate: { gate: chapter('G2', 'gate'), slack: -61 } })).toBe(
    'Load accounts moved to Saturday 22:15, ends 01:45, 2 more moved with it, breaks gate G2, CF, ends 1h30 after the window, ' +
      '1 hour 1 minute too late for gate G2',
  );
});

test('of an edge its time and how long the chapter takes are said', () => {
  expect(nudgeWords({ ...CALM, part: 'start' })).toBe('Load accounts starts Saturday 22:15, takes 3 hours 30 minutes');
  expect(nudgeWords({ ...CALM, part: 'end' })).toBe('Load accounts ends Sunday 01:45, takes 3 hours 30 minutes');
});

test('a moment has no end, and one that is days away has its day', () => {
  const { start } = CALM.times;
  expect(nudgeWords({ ...CALM, times: { start, end: start } })).toBe('Load accounts moved to Saturday 22:15');
  expect(nudgeWords({ ...CALM, times: { start, end: start + 1500 } })).toBe(
    'Load accounts moved to Saturday 22:15, ends Sunday 23:15',
  );
  expect([0, 1, 60, 1501].map(minutesWords)).toEqual(['0 minutes', '1 minute', '1 hour', '1 day 1 hour 1 minute']);
});
