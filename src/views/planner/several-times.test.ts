import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, NOW, PLANNED, sampleView, schedule } from '../../testing/sample-view.ts';
import type { Scheduled } from './acts.ts';
import { plannerModel } from './model.ts';
import { severalTimes } from './several-times.ts';
import type { TypedContext } from './typed-times.ts';

const load = schedule(CHAPTERS.load, PLANNED, {
  planned_start: at('2027-03-27T19:00Z'),
  planned_end: at('2027-03-27T21:00Z'),
});
const check = schedule(CHAPTERS.check, PLANNED, {
  planned_start: at('2027-03-27T21:00Z'),
  planned_end: at('2027-03-27T21:30Z'),
});
const view = sampleView({ schedules: [load, check] });
const model = plannerModel({ view, iteration: 'DR1', now: NOW, collapsed: new Set(), selected: new Set() });
const lineOf = (id: string) => model.rows.filter((row) => row.id === id).map(model.line)[0] as Scheduled;
const lines = [lineOf(CHAPTERS.load), lineOf(CHAPTERS.check)];
const context: TypedContext = { zone: 'Europe/Zurich', now: NOW, windowStart: at('2027-03-27T18:00Z') };
const set = (typed: { start?: string; end?: string; duration?: string }) =>
  severalTimes(lines, { start: '', end: '', duration: '', ...typed }, context);
const spans = (typed: Parameters<typeof set>[0]) => {
  const read = set(typed);
  return 'retimed' in read ? read.retimed.map(({ start, end }) => [start, end]) : read;
};

describe('times of several chapters at once', () => {
  test('a duration is that of each, from its own start', () => {
    expect(set({ duration: '45' })).toMatchObject({
      act: {
        label: 'Duration of 2 chapters: 45',
        ops: [
          { op: 'resize', id: load.id, edge: 'end', to: at('2027-03-27T19:45Z') },
          { op: 'resize', id: check.id, edge: 'end', to: at('2027-03-27T21:45Z') },
        ],
      },
    });
  });

  test('a duration with a sign makes each longer or shorter', () => {
    expect(spans({ duration: '+15m' })).toEqual([
      [load.planned_start, load.planned_end + 15],
      [check.planned_start, check.planned_end + 15],
    ]);
  });

  test('a start moves each there and keeps its duration; with a sign each moves by as much', () => {
    const start = at('2027-03-27T20:00Z');
    expect(spans({ start: '21:00' })).toEqual([
      [start, start + 120],
      [start, start + 30],
    ]);
    expect(spans({ start: '-30m' })).toEqual([
      [load.planned_start - 30, load.planned_end - 30],
      [check.planned_start - 30, check.planned_end - 30],
    ]);
  });

  test('of two the third follows for each of them', () => {
    const [start, end] = [at('2027-03-27T20:00Z'), at('2027-03-27T23:00Z')];
    expect(set({ start: '21:00', duration: '1h' })).toMatchObject({
      act: {
        label: 'Start and duration of 2 chapters: 21:00, 1h',
        ops: [{ op: 'resize', edge: 'start' }, { op: 'set' }],
      },
      retimed: [
        { start, end: start + 60 },
        { start, end: start + 60 },
      ],
    });
    expect(spans({ start: '21:00', end: 'sun 00:00' })).toEqual([
      [start, end],
      [start, end],
    ]);
    expect(spans({ end: 'sun 00:00', duration: '1h' })).toEqual([
      [end - 60, end],
      [end - 60, end],
    ]);
  });

  test('chapters that have these times already are not in the edit', () => {
    expect(set({ duration: '2h' })).toMatchObject({ act: { ops: [{ id: check.id }] }, retimed: [{}] });
    expect(set({ start: '+0' })).toMatchObject({ field: null, message: 'Nothing would change.' });
  });

  test('what cannot be is said with the chapter that cannot, and nothing is changed', () => {
    expect(set({})).toMatchObject({ field: null, message: 'Write one or two of them.' });
    expect(set({ start: '21:00', end: '23:00', duration: '3h' })).toMatchObject({ field: 'duration' });
    expect(set({ end: '21:30' })).toMatchObject({
      field: 'end',
      message: expect.stringMatching(/^AB would end before it starts/),
    });
    expect(set({ duration: '-30m' })).toMatchObject({ field: 'duration', message: expect.stringMatching(/^AB: /) });
    expect(set({ duration: 'soon' })).toMatchObject({ field: 'duration' });
    expect(set({ start: '28/3 02:30' })).toMatchObject({
      field: 'start',
      message: expect.stringMatching(/Clocks skip this time/),
    });
  });
});
