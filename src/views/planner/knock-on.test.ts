import { expect, test } from 'vitest';
import type { Chapter, NoStartWindow } from '../../store/rows.ts';
import { CHAPTERS, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import { moveStart, type Scheduled, setEdge } from './acts.ts';
import { cascadeWords, isAmiss, onTop, retimedBy, shifted, withCascade } from './knock-on.ts';
import { plannerModel } from './model.ts';

const view = sampleView();
const model = plannerModel({ view, iteration: 'DR1', now: NOW, collapsed: new Set(), selected: new Set() });
const load = model.rows.map(model.line).find(({ code }) => code === 'AA') as Scheduled;
const { planned_start: start, planned_end: end } = load.schedule;
const chapter = (code: string, kind: Chapter['kind'] = 'work') =>
  ({ ...(view.rows.chapters.get(CHAPTERS.load) as Chapter), code, kind }) satisfies Chapter;
const nothing = { slips: [], missed: [], forbidden: [], overdue: [], beforeWindow: 0, pastWindow: 0 };
const check = schedule(CHAPTERS.check, PLANNED);

test('what a move does to others is told with gates first, and not at all where there is nothing', () => {
  expect(cascadeWords(nothing)).toBe('');
  expect(
    cascadeWords({
      ...nothing,
      slips: [{ schedule: check, by: 15 }],
      missed: [chapter('AB'), chapter('CA', 'gate'), chapter('AC'), chapter('AD'), chapter('AE')],
      pastWindow: 90,
    }),
  ).toBe('moves 1 more · breaks gate CA, AB, AC and 2 more · ends 1h30 after the window');
});

test('a start before the window is told as an end after it is', () => {
  expect(cascadeWords({ ...nothing, beforeWindow: 45 })).toBe('starts 45m before the window');
  expect(isAmiss({ ...nothing, beforeWindow: 1 })).toBe(true);
});

test('a no-start window is named with the first that runs into it', () => {
  const window = { name: 'Bank hours' } as NoStartWindow;
  const forbidden = [
    { chapter: chapter('AB'), window, edge: 'start' },
    { chapter: chapter('AC'), window, edge: 'end' },
  ] as const;
  expect(cascadeWords({ ...nothing, forbidden: forbidden.slice(0, 1) })).toBe('AB starts in “Bank hours”');
  expect(cascadeWords({ ...nothing, forbidden: forbidden.slice(1) })).toBe('AC ends in “Bank hours”');
  expect(cascadeWords({ ...nothing, forbidden })).toBe('AB starts in “Bank hours” and 1 more');
  expect(isAmiss({ ...nothing, forbidden })).toBe(true);
  expect(isAmiss({ ...nothing, forbidden: [] })).toBe(false);
});

test('what would end after it must finish is told with the first, and by how much', () => {
  const overdue = [
    { chapter: chapter('AB'), minutes: 75 },
    { chapter: chapter('AC'), minutes: 5 },
  ];
  expect(cascadeWords({ ...nothing, overdue: overdue.slice(1) })).toBe('AC ends 5m after it must finish');
  expect(cascadeWords({ ...nothing, overdue })).toBe('AB ends 1h15 after it must finish and 1 more');
  expect(isAmiss({ ...nothing, overdue })).toBe(true);
});

test('what moves with it is part of the same edit, and named', () => {
  const act = moveStart('Europe/Zurich', load, start + 30);
  const both = withCascade(act, { ...nothing, slips: [{ schedule: check, by: 15 }] });
  expect(both.label).toBe('Move AA to Sat 16 Jan 20:30, and 1 after it');
  expect(both.ops).toMatchObject([
    { op: 'move', id: load.schedule.id },
    { op: 'slip', id: check.id, by: 15 },
  ]);
  expect(withCascade(act, nothing)).toEqual(act);
});

test('each gesture puts its chapter where it says', () => {
  const zone = 'Europe/Zurich';
  const chapterId = CHAPTERS.load;
  expect(retimedBy(load, moveStart(zone, load, start + 30))).toEqual({
    chapterId,
    from: load.schedule,
    start: start + 30,
    end: end + 30,
  });
  expect(retimedBy(load, setEdge(zone, load, 'start', start - 10))).toEqual({
    chapterId,
    from: load.schedule,
    start: start - 10,
    end,
  });
  expect(retimedBy(load, setEdge(zone, load, 'end', end + 10))).toEqual({
    chapterId,
    from: load.schedule,
    start,
    end: end + 10,
  });
  expect(shifted([load], 0, 5)).toEqual([{ chapterId, from: load.schedule, start, end: end + 5 }]);
});

test('what somebody else moved or resized meanwhile is left from where it stands, as its merge will', () => {
  const [moved] = shifted([load], 45);
  const at = { chapterId: load.id, start: start + 45, end: end + 45 };
  if (moved === undefined) throw new Error('one chapter was shifted');
  expect(onTop(moved, load.schedule)).toEqual(at);
  const later = { ...load.schedule, planned_start: start + 60, planned_end: end + 60 };
  expect(onTop(moved, later)).toEqual({ ...at, start: start + 105, end: end + 105 });
  expect(onTop(moved, { ...load.schedule, planned_end: end + 20 })).toEqual({ ...at, end: end + 65 });
  expect(onTop(moved, undefined)).toEqual(at);
});
