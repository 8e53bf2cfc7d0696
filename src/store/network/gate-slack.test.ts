import { expect, test } from 'vitest';
import { at, CHAPTERS, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { Chapter, ChapterSchedule, Dependency, Iteration } from '../rows.ts';
import { leastGateSlack } from './gate-slack.ts';

/** Two hours, then an hour, then the gate: half an hour between each. */
const START = at('2027-01-16T19:00Z');
const TIMES = [
  [CHAPTERS.load, 0, 120],
  [CHAPTERS.check, 150, 210],
  [CHAPTERS.gate, 240, 255],
  [CHAPTERS.open, 260, 300],
] as const;
const LINKS = [
  [CHAPTERS.load, CHAPTERS.check, 'FS', 0],
  [CHAPTERS.check, CHAPTERS.gate, 'FS', 0],
  [CHAPTERS.gate, CHAPTERS.open, 'FS', 0],
] as const;

type Links = readonly (readonly [from: string, to: string, kind: Dependency['kind'], lag: number])[];

function slackOf(
  load: { readonly by?: number; readonly longer?: number },
  more: { readonly links?: Links; readonly gate?: Partial<ChapterSchedule>; readonly isOpenAGate?: boolean } = {},
) {
  const { rows } = sampleView({
    schedules: TIMES.map(([chapter, from, to]) =>
      schedule(chapter, PLANNED, {
        planned_start: START + from,
        planned_end: START + to,
        ...(chapter === CHAPTERS.gate ? more.gate : {}),
      }),
    ),
  });
  const dependencies = new Map(
    (more.links ?? LINKS).map(([predecessor_id, successor_id, kind, lag_minutes], i) => [
      String(i),
      { id: String(i), rev: 1, predecessor_id, successor_id, kind, lag_minutes } as Dependency,
    ]),
  );
  const open = { ...(rows.chapters.get(CHAPTERS.open) as Chapter), kind: more.isOpenAGate ? 'gate' : 'work' } as const;
  const chapters = new Map([...rows.chapters, [CHAPTERS.open, open]]);
  const { by = 0, longer = 0 } = load;
  const moved = { chapterId: CHAPTERS.load, start: START + by, end: START + 120 + by + longer };
  const found = leastGateSlack({ ...rows, chapters, dependencies }, rows.iterations.get(PLANNED) as Iteration, [moved]);
  return found && `${found.gate.code} ${found.slack}`;
}

test('all gaps up to the gate are its slack, and what moves takes from it', () => {
  expect(slackOf({})).toBe('CA 60');
  expect(slackOf({ by: 45 })).toBe('CA 15');
  expect(slackOf({ longer: 45 })).toBe('CA 15');
  expect(slackOf({ by: 90 })).toBe('CA -30');
  expect(slackOf({ by: -30 })).toBe('CA 90');
});

test('of two gates the one with less room is told, and what lies behind a gate waits for that one', () => {
  const both = [...LINKS.slice(0, 2), [CHAPTERS.load, CHAPTERS.open, 'FS', 120]] as const;
  expect(slackOf({}, { links: both, isOpenAGate: true })).toBe('CB 20');
  expect(slackOf({}, { isOpenAGate: true })).toBe('CA 60');
});

test('each kind of link leads to it', () => {
  expect(slackOf({}, { links: [[CHAPTERS.load, CHAPTERS.gate, 'SS', 30]] })).toBe('CA 210');
  expect(slackOf({ longer: 30 }, { links: [[CHAPTERS.load, CHAPTERS.gate, 'SS', 30]] })).toBe('CA 210');
  expect(slackOf({}, { links: [[CHAPTERS.load, CHAPTERS.gate, 'FF', 0]] })).toBe('CA 135');
});

test('nothing is told where no gate waits, or none that is still to be decided', () => {
  expect(slackOf({}, { links: [] })).toBe(null);
  expect(slackOf({}, { gate: { status: 'done', actual_start: START, actual_end: START } })).toBe(null);
  const circle = [...LINKS, [CHAPTERS.gate, CHAPTERS.load, 'FS', 0]] as const;
  expect(slackOf({}, { links: circle })).toBe(null);
});
