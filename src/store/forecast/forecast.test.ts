import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, LIVE, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { Chapter, ChapterSchedule, Dependency, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import { type Forecast, forecastOf } from './forecast.ts';
import { reservesOf } from './reserves.ts';
import { type Point, standingOf } from './standing.ts';

const { load, check, gate, open } = CHAPTERS;

interface Night {
  readonly schedules?: readonly ChapterSchedule[];
  readonly links?: readonly (readonly [from: string, to: string, kind?: Dependency['kind'], lag?: number])[];
  readonly kinds?: { readonly [chapter: string]: Chapter['kind'] };
  readonly now?: number;
  readonly iteration?: string;
}

function night({ schedules = [], links = [], kinds = {}, now = NOW, iteration: id = LIVE }: Night) {
  const { rows: sample } = sampleView({ schedules });
  const dependencies = links.map(
    ([predecessor_id, successor_id, kind = 'FS', lag_minutes = 0], n): [string, Dependency] => [
      String(n),
      { id: String(n), rev: 1, predecessor_id, successor_id, kind, lag_minutes },
    ],
  );
  const chapters = [...sample.chapters].map(([key, row]): [string, Chapter] => [
    key,
    { ...row, kind: kinds[key] ?? row.kind },
  ]);
  const rows: RowMaps = { ...sample, dependencies: new Map(dependencies), chapters: new Map(chapters) };
  const iteration = rows.iterations.get(id) as Iteration;
  const forecast = forecastOf(rows, iteration, now);
  const points = [...rows.chapter_schedules.values()]
    .filter(({ iteration_id }) => iteration_id === id)
    .map((row): Point => ({ schedule: row, chapter: rows.chapters.get(row.chapter_id) as Chapter }));
  const standing = standingOf(points, forecast, { iteration, now });
  return { forecast, standing, reserves: reservesOf(rows, points, forecast) };
}

const span = (forecast: Forecast, chapter: string) => {
  const { start, end } = forecast.get(chapter) ?? {};
  return [start, end];
};

const CHAIN = [
  [load, check],
  [check, gate],
] as const;

describe('a forecast', () => {
  test('lets what runs over its time end now and pushes what waits for it', () => {
    const tight = schedule(check, LIVE, {
      planned_start: at('2027-01-16T21:00Z'),
      planned_end: at('2027-01-17T00:45Z'),
    });
    const { forecast } = night({ schedules: [tight], links: CHAIN });
    expect(span(forecast, load)).toEqual([at('2027-01-16T19:10Z'), NOW]);
    // 3h45 from 21:20Z: 01:05Z, so the gate of 01:00Z waits five minutes and keeps its half hour.
    expect(span(forecast, check)).toEqual([NOW, at('2027-01-17T01:05Z')]);
    expect(span(forecast, gate)).toEqual([at('2027-01-17T01:05Z'), at('2027-01-17T01:35Z')]);
  });

  test('does not pull forward what could begin early', () => {
    const early = schedule(load, LIVE, {
      status: 'done',
      actual_start: at('2027-01-16T19:00Z'),
      actual_end: at('2027-01-16T20:00Z'),
    });
    expect(span(night({ schedules: [early], links: CHAIN }).forecast, check)[0]).toBe(at('2027-01-16T21:30Z'));
  });

  test('lets a reserve shrink until it is used up', () => {
    const late = (minutes: number) =>
      night({
        schedules: [
          schedule(load, LIVE, {
            status: 'done',
            actual_start: at('2027-01-16T19:00Z'),
            actual_end: at('2027-01-16T21:00Z') + minutes,
          }),
          schedule(check, LIVE, { planned_start: at('2027-01-16T21:00Z'), planned_end: at('2027-01-16T22:00Z') }),
          schedule(gate, LIVE, { planned_start: at('2027-01-16T22:00Z'), planned_end: at('2027-01-16T22:30Z') }),
        ],
        links: CHAIN,
        kinds: { [check]: 'buffer' },
        now: at('2027-01-16T20:59Z'),
      }).forecast;
    expect(span(late(45), gate)[0]).toBe(at('2027-01-16T22:00Z'));
    expect(span(late(60), gate)[0]).toBe(at('2027-01-16T22:00Z'));
    expect(span(late(75), gate)[0]).toBe(at('2027-01-16T22:15Z'));
  });

  test('leaves a start that came before its predecessor’s end where it was, but ends together where the plan says so', () => {
    const links = [
      [load, check],
      [load, check, 'FF', 60],
    ] as const;
    const began = schedule(check, LIVE, {
      status: 'running',
      actual_start: at('2027-01-16T20:00Z'),
      planned_start: at('2027-01-16T20:00Z'),
      planned_end: at('2027-01-16T20:30Z'),
    });
    expect(span(night({ schedules: [began], links }).forecast, check)).toEqual([at('2027-01-16T20:00Z'), NOW + 60]);
  });

  test('of an iteration that has not begun is its plan, however late it is by the clock', () => {
    const { forecast, standing } = night({ iteration: PLANNED, links: CHAIN });
    expect(span(forecast, load)).toEqual([at('2027-01-16T19:00Z'), at('2027-01-16T21:00Z')]);
    expect([standing.rag, standing.reason]).toEqual(['grey', 'not begun']);
  });

  test('falls back to each chapter’s own times where they wait for each other', () => {
    const links = [
      [check, gate],
      [gate, check],
    ] as const;
    expect(span(night({ links }).forecast, check)[0]).toBe(at('2027-01-16T21:30Z'));
  });
});

describe('the colour of a night', () => {
  test('is amber while something is late and nothing breaks', () => {
    expect(night({}).standing).toMatchObject({
      rag: 'amber',
      reason: 'AA is 20m late; nothing breaks yet',
      variance: 0,
    });
  });

  test('is red when the next gate would be decided late', () => {
    const { standing } = night({ links: [[check, gate, 'FS', 60]] });
    expect(standing).toMatchObject({ rag: 'red', reason: 'CA would be decided 45m late', variance: 45 });
  });

  test('is red when what must finish by some time would not', () => {
    const due = (time: string) => [
      schedule(check, LIVE, {
        planned_start: at('2027-01-16T21:00Z'),
        planned_end: at('2027-01-17T00:15Z'),
        must_finish_by: at(`2027-01-${time}Z`),
      }),
    ];
    const late = night({ schedules: due('17T00:30') });
    expect(late.standing).toMatchObject({ rag: 'red', reason: 'AB would end 5m after it must finish' });
    expect(night({ schedules: due('17T00:35') }).standing.rag).toBe('amber');
  });

  test('is red when the end of the window is missed', () => {
    const long = schedule(open, LIVE, { planned_start: at('2027-01-17T05:00Z'), planned_end: at('2027-01-17T06:20Z') });
    expect(night({ schedules: [long] }).standing.reason).toBe('ends 20m after the window');
  });

  test('is red when the critical path stands still, amber when another stands still', () => {
    const last = schedule(open, LIVE, {
      status: 'blocked',
      planned_start: at('2027-01-17T02:00Z'),
      planned_end: at('2027-01-17T03:00Z'),
    });
    expect(night({ schedules: [last] }).standing).toMatchObject({
      rag: 'red',
      reason: 'CB is blocked on the critical path',
    });
    const aside = schedule(check, LIVE, { status: 'blocked', planned_end: at('2027-01-16T23:00Z') });
    expect(night({ schedules: [aside] }).standing).toMatchObject({
      rag: 'amber',
      reason: 'AB is blocked; nothing breaks yet',
    });
  });

  test('is red after a no go', () => {
    const refused = schedule(gate, LIVE, { status: 'done', decision: 'no_go', actual_end: NOW, actual_start: NOW });
    expect(night({ schedules: [refused] }).standing.reason).toBe('CA was decided: no go');
  });

  test('adds up what took longer than planned', () => {
    const done = schedule(load, LIVE, {
      status: 'done',
      actual_start: at('2027-01-16T19:10Z'),
      actual_end: at('2027-01-16T21:20Z'),
    });
    expect(night({ schedules: [done] }).standing.drift).toBe(10);
  });
});

describe('whatever the night', () => {
  const nights = fc.record({
    plans: fc.array(
      fc.record({
        start: fc.integer({ min: -300, max: 300 }),
        length: fc.nat({ max: 200 }),
        began: fc.option(fc.integer({ min: -200, max: 0 })),
        took: fc.option(fc.nat({ max: 200 })),
      }),
      { minLength: 4, maxLength: 4 },
    ),
    links: fc.array(
      fc.record({
        ends: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })),
        kind: fc.constantFrom('FS', 'SS', 'FF'),
        lag: fc.integer({ min: -60, max: 60 }),
      }),
      { maxLength: 5 },
    ),
    later: fc.nat({ max: 120 }),
  });
  const chapters = [load, check, gate, open] as const;
  const made = ({ plans, links }: typeof nights extends fc.Arbitrary<infer T> ? T : never) => ({
    schedules: plans.map(({ start, length, began, took }, i) => {
      const ended = began === null || took === null || began + took > 0 ? null : NOW + began + took;
      return schedule(chapters[i] as string, LIVE, {
        planned_start: NOW + start,
        planned_end: NOW + start + length,
        actual_start: began === null ? null : NOW + began,
        actual_end: ended,
        status: began === null ? 'pending' : ended === null ? 'running' : 'done',
      });
    }),
    links: links.flatMap(({ ends: [a, b], kind, lag }) =>
      a < b ? [[chapters[a] as string, chapters[b] as string, kind as Dependency['kind'], lag] as const] : [],
    ),
  });

  test('facts stand, nothing open lies in the past, and waiting longer never ends earlier', () => {
    fc.assert(
      fc.property(nights, (drawn) => {
        const input = made(drawn);
        const { forecast } = night(input);
        const later = night({ ...input, now: NOW + drawn.later }).forecast;
        for (const row of input.schedules) {
          const { start, end } = forecast.get(row.chapter_id) ?? { start: Number.NaN, end: Number.NaN };
          expect(end).toBeGreaterThanOrEqual(start);
          if (row.actual_start !== null) expect(start).toBe(row.actual_start);
          if (row.actual_end !== null) expect(end).toBe(row.actual_end);
          else expect(end).toBeGreaterThanOrEqual(NOW);
          if (row.actual_start === null) expect(start).toBeGreaterThanOrEqual(Math.max(NOW, row.planned_start));
          expect(later.get(row.chapter_id)?.end).toBeGreaterThanOrEqual(end);
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe('reserves', () => {
  const reserve = (start: string, end: string) =>
    schedule(check, LIVE, { planned_start: at(start), planned_end: at(end) });
  const kinds = { [check]: 'buffer' } as const;

  test('are eaten from their start by what they wait for, and no further than they last', () => {
    // The load ends now, 21:20Z: twenty minutes into a reserve that begins with its planned end.
    const long = reserve('2027-01-16T21:00Z', '2027-01-16T23:00Z');
    expect(night({ schedules: [long], links: CHAIN, kinds }).reserves).toMatchObject({ planned: 120, used: 20 });
    const short = reserve('2027-01-16T21:00Z', '2027-01-16T21:10Z');
    expect(night({ schedules: [short], links: CHAIN, kinds }).reserves).toMatchObject({ planned: 10, used: 10 });
    expect(night({ schedules: [long], kinds }).reserves).toMatchObject({ planned: 120, used: 0 });
    expect(night({ schedules: [long], links: [[load, check, 'SS', 150]], kinds }).reserves?.used).toBe(40);
    expect(night({ schedules: [long], links: [[load, check, 'FF']], kinds }).reserves?.used).toBe(0);
  });

  test('stand beside the work that is done; what is skipped counts for neither', () => {
    const done = schedule(load, LIVE, { status: 'done', actual_start: NOW - 130, actual_end: NOW });
    const long = reserve('2027-01-16T21:00Z', '2027-01-16T23:00Z');
    const { reserves } = night({ schedules: [done, long], links: CHAIN, kinds });
    expect(reserves?.workDone).toBeGreaterThan(0);
    expect(reserves?.workDone).toBeLessThan(1);
    const skipped = { ...long, status: 'skipped' } as const;
    expect(night({ schedules: [skipped], kinds }).reserves).toBeNull();
    expect(night({}).reserves).toBeNull();
  });
});
