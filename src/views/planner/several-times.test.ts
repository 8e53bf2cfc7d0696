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
const set = (typed: { start?: string; end?: string; duration?: string; deadline?: string }, of = lines) =>
  severalTimes(of, { start: '', end: '', duration: '', deadline: '', ...typed }, context);
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
    expect(set({})).toMatchObject({ field: null, message: 'Write one of them.' });
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

  const due = at('2027-03-28T05:00Z');
  const withDue = [lines[0] as Scheduled, { ...check, must_finish_by: due }].map((each) =>
    'code' in each ? each : { ...(lines[1] as Scheduled), schedule: each },
  );

  test('a deadline is one instant for all, and moves none of them', () => {
    expect(set({ deadline: 'sun 07:00' })).toEqual({
      act: {
        label: '2 chapters must finish by Sun 28 Mar 07:00',
        ops: [load, check].map(({ id }) => ({
          ...{ op: 'set', table: 'chapter_schedules', id },
          ...{ base: { must_finish_by: null }, set: { must_finish_by: due } },
        })),
      },
      retimed: [
        expect.objectContaining({ start: load.planned_start, end: load.planned_end, mustFinishBy: due }),
        expect.objectContaining({ start: check.planned_start, end: check.planned_end, mustFinishBy: due }),
      ],
    });
  });

  test('a time without a day is the first such time after the start of the first, where it would stand', () => {
    const read = (typed: Parameters<typeof set>[0]) => {
      const found = set(typed);
      return 'retimed' in found ? found.retimed[0]?.mustFinishBy : found;
    };
    expect(read({ deadline: '21:30' })).toBe(at('2027-03-27T20:30Z'));
    expect(read({ deadline: '21:30', start: '22:00' })).toBe(at('2027-03-28T19:30Z'));
  });

  test('a deadline with a sign is later for those that have one, and “none” takes it away', () => {
    expect(set({ deadline: '+30m' }, withDue)).toMatchObject({
      act: { label: 'Deadline of 1 chapter: +30m', ops: [{ id: check.id, set: { must_finish_by: due + 30 } }] },
    });
    expect(set({ deadline: 'None' }, withDue)).toMatchObject({
      act: { label: '1 chapter has no deadline any more', ops: [{ id: check.id, set: { must_finish_by: null } }] },
    });
    expect(set({ deadline: '+30m' })).toEqual({
      field: 'deadline',
      message: 'None of them has a deadline to count from.',
    });
    expect(set({ deadline: 'sun 07:00' }, withDue.slice(1))).toMatchObject({ message: 'Nothing would change.' });
  });

  test('times and a deadline are one edit', () => {
    expect(set({ start: '+30m', deadline: 'sun 07:00' })).toMatchObject({
      act: {
        label: 'Start of 2 chapters: +30m, and they must finish by Sun 28 Mar 07:00',
        ops: [{ op: 'move' }, { op: 'set' }, { op: 'move' }, { op: 'set' }],
      },
    });
    expect(set({ duration: '3h', deadline: 'none' }, withDue)).toMatchObject({
      act: { label: 'Duration of 2 chapters: 3h, and they have no deadline any more' },
    });
  });

  test('a deadline that cannot be read is said beside its field', () => {
    expect(set({ deadline: 'soon' })).toMatchObject({ field: 'deadline' });
    expect(set({ deadline: '+soon' })).toMatchObject({ field: 'deadline' });
    expect(set({ deadline: '28/3 02:30' })).toMatchObject({
      field: 'deadline',
      message: expect.stringMatching(/Clocks skip this time/),
    });
    expect(set({ deadline: '1/1/2150 02:30' })).toMatchObject({ field: 'deadline' });
  });
});
