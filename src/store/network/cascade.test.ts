import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { ChapterSchedule, Dependency, Iteration, NoStartWindow } from '../rows.ts';
import { scheduleId } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import { type CascadeMode, cascade } from './cascade.ts';

/** 19:00Z to 21:00Z, 21:30Z to 22:30Z, 23:00Z to 23:15Z: half an hour between each. The window ends at 06:00Z. */
const START = at('2027-01-16T19:00Z');
const CHAIN = [
  { chapter: CHAPTERS.load, from: 0, to: 120 },
  { chapter: CHAPTERS.check, from: 150, to: 210 },
  { chapter: CHAPTERS.gate, from: 240, to: 255 },
];

function plan(
  more: { readonly [chapter: string]: Partial<ChapterSchedule> } = {},
  links: readonly Partial<Dependency>[] = [],
) {
  const schedules = CHAIN.map(({ chapter, from, to }) =>
    schedule(chapter, PLANNED, { planned_start: START + from, planned_end: START + to, ...more[chapter] }),
  );
  const { rows } = sampleView({ schedules });
  const all = links.length > 0 ? links : [link(CHAPTERS.load, CHAPTERS.check), link(CHAPTERS.check, CHAPTERS.gate)];
  const dependencies = new Map(all.map((each, i) => [String(i), { id: String(i), rev: 1, ...each } as Dependency]));
  return { ...rows, dependencies };
}

function link(predecessor_id: string, successor_id: string, kind: Dependency['kind'] = 'FS', lag_minutes = 0) {
  return { predecessor_id, successor_id, kind, lag_minutes };
}

/** `AB +30`, and what is missed as `!CA`. */
function told(rows: RowMaps, mode: CascadeMode, by: number, longer = 0): readonly string[] {
  const iteration = rows.iterations.get(PLANNED) as Iteration;
  const load = { chapterId: CHAPTERS.load, start: START + by, end: START + 120 + by + longer };
  const { slips, missed } = cascade(rows, iteration, [load], mode);
  const codeOf = (id: string) => rows.chapters.get(id)?.code;
  return [
    ...slips.map((slip) => `${codeOf(slip.schedule.chapter_id)} ${slip.by > 0 ? '+' : ''}${slip.by}`),
    ...missed.map(({ code }) => `!${code}`),
  ];
}

describe('a cascade', () => {
  test('pushes what comes after as far as it must', () => {
    expect(told(plan(), 'push', 30)).toEqual([]);
    expect(told(plan(), 'push', 45)).toEqual(['AB +15']);
    expect(told(plan(), 'push', 90)).toEqual(['AB +60', 'CA +30']);
    expect(told(plan(), 'push', -60)).toEqual([]);
  });

  test('keeps the distances where that is asked for, in both directions', () => {
    expect(told(plan(), 'keep', 10)).toEqual(['AB +10', 'CA +10']);
    expect(told(plan(), 'keep', -60)).toEqual(['AB -60', 'CA -60']);
  });

  test('moves nothing else where that is asked for, and says what would begin too early', () => {
    expect(told(plan(), 'only', 30)).toEqual([]);
    expect(told(plan(), 'only', 45)).toEqual(['!AB']);
  });

  test('follows what gets longer', () => {
    expect(told(plan(), 'push', 0, 45)).toEqual(['AB +15']);
    expect(told(plan(), 'keep', 0, 45)).toEqual(['AB +45', 'CA +45']);
  });

  test('does not move a fixed start, nor what has begun, and says what is missed', () => {
    expect(told(plan({ [CHAPTERS.check]: { fixed_start: true } }), 'push', 90)).toEqual(['!AB']);
    expect(told(plan({ [CHAPTERS.check]: { status: 'running', actual_start: START } }), 'push', 90)).toEqual([]);
    expect(told(plan({ [CHAPTERS.gate]: { fixed_start: true } }), 'keep', 45)).toEqual(['AB +45', '!CA']);
  });

  test('leaves a dependency that was broken before as broken, and no more', () => {
    const broken = plan({ [CHAPTERS.check]: { planned_start: START + 100, planned_end: START + 200 } });
    expect(told(broken, 'only', 0)).toEqual([]);
    expect(told(broken, 'push', 15)).toEqual(['AB +15']);
  });

  test('says that a chapter is moved before what it waits for', () => {
    const rows = plan();
    const iteration = rows.iterations.get(PLANNED) as Iteration;
    const check = { chapterId: CHAPTERS.check, start: START + 60, end: START + 120 };
    expect(cascade(rows, iteration, [check], 'push').missed.map(({ code }) => code)).toEqual(['AB']);
  });

  test('says how far the first of all starts before the window', () => {
    const rows = plan();
    const iteration = rows.iterations.get(PLANNED) as Iteration;
    const early = (start: number) => ({ chapterId: CHAPTERS.load, start, end: start + 120 });
    expect(cascade(rows, iteration, [early(iteration.window_start - 10)], 'only').beforeWindow).toBe(10);
    expect(cascade(rows, iteration, [early(iteration.window_start)], 'only').beforeWindow).toBe(0);
    // What is taken along may be the first.
    const soon = iteration.window_start + 10;
    const rushed = plan({ [CHAPTERS.check]: { planned_start: soon, planned_end: soon + 60 } });
    expect(cascade(rushed, iteration, [early(START - 30)], 'keep').beforeWindow).toBe(20);
  });

  test('says how far the last of all ends after the window', () => {
    const rows = plan();
    const iteration = rows.iterations.get(PLANNED) as Iteration;
    const load = { chapterId: CHAPTERS.load, start: START + 480, end: START + 600 };
    expect(cascade(rows, iteration, [load], 'push').pastWindow).toBe(600 + 60 + 15 - 11 * 60);
    expect(cascade(rows, iteration, [load], 'only').pastWindow).toBe(0);
  });

  test('knows nothing of what comes after in a circle', () => {
    const rows = plan({}, [link(CHAPTERS.load, CHAPTERS.check), link(CHAPTERS.check, CHAPTERS.load)]);
    expect(told(rows, 'push', 90)).toEqual([]);
  });

  test('what is moved, or pushed, into a no-start window is told', () => {
    const window: NoStartWindow = {
      id: 'w',
      rev: 1,
      name: 'Bank hours',
      window_start: START + 240,
      window_end: START + 300,
      forbids: 'start',
      site_id: null,
    };
    const into = (more: Partial<ChapterSchedule>, by: number, mode: CascadeMode) => {
      const rows = { ...plan({ [CHAPTERS.check]: more }), no_start_windows: new Map([['w', window]]) };
      const load = { chapterId: CHAPTERS.load, start: START + by, end: START + 120 + by };
      const { forbidden } = cascade(rows, rows.iterations.get(PLANNED) as Iteration, [load], mode);
      return forbidden.map(({ chapter: { code }, edge }) => `${code} ${edge}`);
    };
    expect(into({}, 30, 'only')).toEqual([]);
    expect(into({}, 250, 'only')).toEqual(['AA start']);
    expect(into({}, 120, 'push')).toEqual(['AB start']);
    expect(into({}, 299, 'push')).toEqual(['AA start']);
  });

  test('a push breaks no dependency that held, moves nothing early, and nothing further than it must', () => {
    const chapters = Object.values(CHAPTERS);
    const anyPlan = fc.record({
      starts: fc.array(fc.nat({ max: 300 }), { minLength: 4, maxLength: 4 }),
      lengths: fc.array(fc.nat({ max: 90 }), { minLength: 4, maxLength: 4 }),
      links: fc.array(
        fc.record({
          ends: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })),
          kind: fc.constantFrom('FS', 'SS', 'FF'),
          lag: fc.integer({ min: -60, max: 60 }),
        }),
        { maxLength: 8 },
      ),
      by: fc.integer({ min: -120, max: 120 }),
    });
    fc.assert(
      fc.property(anyPlan, ({ starts, lengths, links, by }) => {
        const schedules = chapters.map((chapter, i) => {
          const planned_start = START + (starts[i] as number);
          return schedule(chapter, PLANNED, { planned_start, planned_end: planned_start + (lengths[i] as number) });
        });
        const { rows: sample } = sampleView({ schedules });
        const rowsOf = links.flatMap(({ ends: [a, b], kind, lag }, i): [string, Dependency][] => {
          if (a === b) return [];
          const [from, to] = [chapters[Math.min(a, b)] as string, chapters[Math.max(a, b)] as string];
          return [[String(i), { id: String(i), rev: 1, ...link(from, to, kind as 'FS', lag) }]];
        });
        const rows = { ...sample, dependencies: new Map(rowsOf) };
        const first = schedules[0] as ChapterSchedule;
        const moved = { chapterId: first.chapter_id, start: first.planned_start + by, end: first.planned_end + by };
        const { slips } = cascade(rows, rows.iterations.get(PLANNED) as Iteration, [moved], 'push');
        const shift = new Map([[first.id, by], ...slips.map((slip) => [slip.schedule.id, slip.by] as const)]);
        const play = ({ predecessor_id, successor_id, kind, lag_minutes }: Dependency, isAfter: boolean) => {
          const [p, s] = [predecessor_id, successor_id].map((id) =>
            rows.chapter_schedules.get(scheduleId(PLANNED, id)),
          );
          const moves = (row: ChapterSchedule | undefined) => (isAfter ? (shift.get(row?.id ?? '') ?? 0) : 0);
          const [ps, ss] = [p as ChapterSchedule, s as ChapterSchedule];
          const from = (kind === 'SS' ? ps.planned_start : ps.planned_end) + moves(ps) + lag_minutes;
          return (kind === 'FF' ? ss.planned_end : ss.planned_start) + moves(ss) - from;
        };
        for (const [, each] of rowsOf) expect(play(each, true)).toBeGreaterThanOrEqual(Math.min(0, play(each, false)));
        for (const slip of slips) {
          expect(slip.by).toBeGreaterThan(0);
          const reasons = rowsOf.filter(([, { successor_id }]) => successor_id === slip.schedule.chapter_id);
          expect(reasons.some(([, each]) => play(each, true) === Math.min(0, play(each, false)))).toBe(true);
        }
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});

describe('what must finish by some time', () => {
  /** As `AB 15`: how late; what has to be over when. */
  function overdue(
    more: { readonly [chapter: string]: Partial<ChapterSchedule> },
    { mode = 'push', by = 90, mustFinishBy }: { mode?: CascadeMode; by?: number; mustFinishBy?: number | null } = {},
  ): readonly string[] {
    const rows = plan(more);
    const load = { chapterId: CHAPTERS.load, start: START + by, end: START + 120 + by };
    const moved = mustFinishBy === undefined ? load : { ...load, mustFinishBy };
    const found = cascade(rows, rows.iterations.get(PLANNED) as Iteration, [moved], mode).overdue;
    return found.map(({ chapter, minutes }) => `${chapter.code} ${minutes}`);
  }

  test('is told of what moves and of what it pushes', () => {
    const more = {
      [CHAPTERS.load]: { must_finish_by: START + 200 },
      [CHAPTERS.check]: { must_finish_by: START + 240 },
      [CHAPTERS.gate]: { must_finish_by: START + 285 },
    };
    expect(overdue(more)).toEqual(['AA 10', 'AB 30']);
    expect(overdue(more, { mode: 'only' })).toEqual(['AA 10']);
    expect(overdue(more, { by: 30 })).toEqual([]);
  });

  test('is not told of what is late already and gets no later, nor of what is over', () => {
    const late = { [CHAPTERS.load]: { must_finish_by: START + 100 } };
    expect(overdue(late, { by: -5 })).toEqual([]);
    expect(overdue(late, { by: 5 })).toEqual(['AA 25']);
    expect(overdue({ [CHAPTERS.load]: { must_finish_by: START, status: 'done' } })).toEqual([]);
  });

  test('is as the same edit sets it', () => {
    const more = { [CHAPTERS.load]: { must_finish_by: START + 120 } };
    expect(overdue(more, { mustFinishBy: null })).toEqual([]);
    expect(overdue({}, { mustFinishBy: START + 200 })).toEqual(['AA 10']);
    expect(overdue(more, { mustFinishBy: START + 110, by: 0 })).toEqual(['AA 10']);
  });
});
