import { expect, test } from 'vitest';
import { at, CHAPTERS, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { ChapterSchedule, Dependency, Iteration, NoStartWindow } from '../rows.ts';
import { type FindingKind, findingsOf, findingText, kindOf } from './findings.ts';
import { planTimes } from './plan-network.ts';

/** Findings of one kind: `AB text`. The window is 18:00Z to 06:00Z, and a rollback takes an hour. */
function told(
  kind: FindingKind,
  schedules: readonly ChapterSchedule[],
  links: readonly Partial<Dependency>[] = [],
  windows: readonly NoStartWindow[] = [],
) {
  const { rows: sample } = sampleView({ schedules });
  const dependencies = new Map(
    links.map((link, i) => [String(i), { id: String(i), rev: 1, kind: 'FS', lag_minutes: 0, ...link } as Dependency]),
  );
  const rows = { ...sample, dependencies, no_start_windows: new Map(windows.map((window) => [window.id, window])) };
  const iteration = rows.iterations.get(PLANNED) as Iteration;
  return findingsOf(rows, iteration, planTimes(rows, iteration, NOW))
    .filter((finding) => kindOf(finding) === kind)
    .map((finding) => `${rows.chapters.get(finding.chapterId)?.code} ${findingText(finding)}`);
}

const planned = (chapter: string, from: string, to: string, more: Partial<ChapterSchedule> = {}) =>
  schedule(chapter, PLANNED, { planned_start: at(`2027-01-${from}Z`), planned_end: at(`2027-01-${to}Z`), ...more });
const LOAD = planned(CHAPTERS.load, '16T19:00', '16T21:00');

test('what starts before the window or ends after it is told, each with how far', () => {
  expect(told('window', [planned(CHAPTERS.load, '16T17:30', '16T19:00')])).toEqual(['AA starts 30m before the window']);
  expect(told('window', [planned(CHAPTERS.load, '17T05:00', '17T07:10')])).toEqual(['AA ends 1h10 after the window']);
  expect(told('window', [LOAD])).toEqual([]);
});

test('what ends after it must finish is told, and what its predecessors push there', () => {
  const due = (time: string) => ({ must_finish_by: at(`2027-01-${time}Z`) });
  const check = planned(CHAPTERS.check, '16T20:00', '16T21:00', due('16T21:30'));
  const links = [{ predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.check }];
  expect(told('deadline', [{ ...LOAD, ...due('16T20:40') }])).toEqual(['AA ends 20m after it must finish']);
  expect(told('deadline', [{ ...LOAD, ...due('16T21:00') }])).toEqual([]);
  expect(told('deadline', [LOAD, check])).toEqual([]);
  expect(told('deadline', [LOAD, check], links)).toEqual(['AB will be pushed to end 30m after it must finish']);
  expect(told('deadline', [{ ...LOAD, ...due('16T20:40'), status: 'done' }])).toEqual([]);
});

test('what its predecessors push past the window is told before it gets there', () => {
  const check = planned(CHAPTERS.check, '16T20:00', '17T05:30');
  const links = [{ predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.check }];
  expect(told('window', [LOAD, check], links)).toEqual(['AB will be pushed 30m past the window']);
});

test('a dependency of each kind is broken by what comes too early', () => {
  const check = planned(CHAPTERS.check, '16T20:40', '16T20:50');
  const broken = (kind: Dependency['kind'], lag_minutes = 0) =>
    told(
      'dependency',
      [LOAD, check],
      [{ predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.check, kind, lag_minutes }],
    );
  expect(broken('FS')).toEqual(['AB starts 20m too early for AA']);
  expect(broken('FS', -30)).toEqual([]);
  expect(broken('SS', 120)).toEqual(['AB starts 20m too early for AA']);
  expect(broken('FF')).toEqual(['AB ends 10m too early for AA']);
});

test('a team with two chapters at once is told once, with how long', () => {
  const check = planned(CHAPTERS.check, '16T20:40', '16T23:00');
  expect(told('team', [LOAD, check])).toEqual(['AB shares its team with AA for 20m']);
  expect(told('team', [LOAD, planned(CHAPTERS.check, '16T21:00', '16T23:00')])).toEqual([]);
});

test('a gate that waits for what comes later cannot be decided in time', () => {
  const gate = planned(CHAPTERS.gate, '16T20:00', '16T20:30');
  const links = [{ predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.gate }];
  expect(told('gate', [LOAD, gate], links)).toEqual(['CA cannot be decided in time: 1h late']);
});

test('a gate after which no rollback fits the window is told', () => {
  const gate = planned(CHAPTERS.gate, '17T05:00', '17T05:20');
  expect(told('gate', [gate])).toEqual(['CA is decided 20m after a rollback could still fit the window']);
});

test('a chapter without times in the iteration is told', () => {
  expect(told('schedule', [LOAD])).toEqual([
    'AB has no times in DR1',
    'CA has no times in DR1',
    'CB has no times in DR1',
  ]);
});

const BANK_HOURS: NoStartWindow = {
  id: 'w',
  rev: 1,
  name: 'Bank hours',
  window_start: at('2027-01-16T20:00Z'),
  window_end: at('2027-01-16T22:00Z'),
  forbids: 'start',
  site_id: null,
};

test('what starts or ends in a no-start window is told, with how long that lasts yet', () => {
  const inside = planned(CHAPTERS.load, '16T20:30', '16T21:15');
  const of = (window: Partial<NoStartWindow>, schedule = inside) =>
    told('no_start', [schedule], [], [{ ...BANK_HOURS, ...window }]);
  expect(of({})).toEqual(['AA starts 1h30 before “Bank hours” is over']);
  expect(of({ forbids: 'end' })).toEqual(['AA ends 45m before “Bank hours” is over']);
  expect(of({ forbids: 'both' })).toHaveLength(2);
  expect(of({ site_id: 'elsewhere' })).toEqual([]);
  expect(of({}, LOAD)).toEqual([]);
});

test('what has begun is no start any more, and its end still is one', () => {
  const begun = planned(CHAPTERS.load, '16T20:30', '16T21:15', {
    status: 'running',
    actual_start: at('2027-01-16T20:30Z'),
  });
  expect(told('no_start', [begun], [], [{ ...BANK_HOURS, forbids: 'both' }])).toEqual([
    'AA ends 45m before “Bank hours” is over',
  ]);
});

test('what is done has no findings', () => {
  expect(told('window', [planned(CHAPTERS.load, '17T05:00', '17T07:10', { status: 'done' })])).toEqual([]);
});

test('chapters that wait for each other are named', () => {
  const links = [
    { predecessor_id: CHAPTERS.load, successor_id: CHAPTERS.check },
    { predecessor_id: CHAPTERS.check, successor_id: CHAPTERS.load },
  ];
  const check = planned(CHAPTERS.check, '16T21:00', '16T22:00');
  expect(told('cycle', [LOAD, check], links)[0]).toMatch(/^A[AB] waits for itself: A[AB] → A[AB]$/);
});
