import { describe, expect, test } from 'vitest';
import { at, CHAPTERS, LIVE, sampleView, schedule } from '../testing/sample-view.ts';
import { type CloneWish, cloneIteration, tooManyFor, weeksLater } from './clone-iteration.ts';
import type { Op } from './edit.ts';
import { effectOf, inverseOf } from './effect.ts';
import { previewOf } from './preview.ts';
import type { ChapterSchedule, Dependency, Iteration } from './rows.ts';
import { scheduleId } from './rows.ts';
import type { PlanView } from './view.ts';

const NEW = '00000000-0000-4000-8000-000000003000';
const { load, check, gate, open } = CHAPTERS;
const DAY = 1440;

/** Load 20:00–22:00, check 22:00–23:00, gate 23:30–00:00 fixed or not, open 00:00–01:00: one after the other. */
function chain(
  fields: { readonly [chapter: string]: Partial<ChapterSchedule> } = {},
  kind: Dependency['kind'] = 'FS',
): PlanView {
  const times = { [load]: [0, 120], [check]: [120, 180], [gate]: [210, 240], [open]: [240, 300] } as const;
  const base = at('2027-01-16T19:00Z');
  const schedules = Object.entries(times).map(([id, [start, end]]) =>
    schedule(id, LIVE, { planned_start: base + start, planned_end: base + end, ...fields[id] }),
  );
  const view = sampleView({ role: 'lead', schedules });
  const links = [load, check, gate].map((id, i): Op => {
    const row = { predecessor_id: id, successor_id: [check, gate, open][i] as string, kind };
    return { op: 'insert', table: 'dependencies', id: `00000000-0000-4000-8000-00000000dd0${i}`, row };
  });
  return previewOf(view, links).view;
}

const took = (minutes: number): Partial<ChapterSchedule> => ({
  status: 'done',
  actual_start: at('2027-01-16T19:00Z'),
  actual_end: at('2027-01-16T19:00Z') + minutes,
});

const wish: CloneWish = {
  id: NEW,
  code: 'RUN4',
  name: 'Fourth',
  kind: 'RUN',
  start: at('2027-01-23T18:00Z'),
  durations: 'actual',
  mode: 'keep',
};

/** The clone, as minutes from its first planned start: load, check, gate, open. */
function cloned(view: PlanView, more: Partial<CloneWish> = {}) {
  const source = view.rows.iterations.get(LIVE) as Iteration;
  const clone = cloneIteration(view.rows, source, { ...wish, ...more });
  const { verdict, view: after } = previewOf(view, clone.ops);
  expect(verdict).toEqual({ outcome: 'applied' });
  const from = at('2027-01-23T19:00Z');
  const times = [load, check, gate, open].map((id) => {
    const row = after.rows.chapter_schedules.get(scheduleId(NEW, id)) as ChapterSchedule;
    return [row.planned_start - from, row.planned_end - from];
  });
  return { clone, after, times, iteration: after.rows.iterations.get(NEW) as Iteration };
}

describe('a clone of an iteration', () => {
  test('with planned durations everything keeps its distance to the new start of the window', () => {
    const view = chain({ [load]: { ...took(60), fixed_start: true, note: 'late' } });
    const { clone, times, iteration, after } = cloned(view, { durations: 'planned' });
    expect(clone.label).toBe('Clone RUN3 as RUN4');
    expect(clone).toMatchObject({ chapters: 4, learned: 0 });
    expect(times).toEqual([
      [0, 120],
      [120, 180],
      [210, 240],
      [240, 300],
    ]);
    expect(iteration).toMatchObject({
      code: 'RUN4',
      kind: 'RUN',
      state: 'planned',
      mail_mode: 'off',
      rollback_minutes: 60,
    });
    expect(iteration.window_end - iteration.window_start).toBe(12 * 60);
    expect(iteration.position).toBeGreaterThan(2);
    const copy = after.rows.chapter_schedules.get(scheduleId(NEW, load));
    expect(copy).toMatchObject({ status: 'pending', actual_start: null, note: '', fixed_start: true });
  });

  test('what really took longer pushes what waits for it, also through several of them', () => {
    const view = chain({ [load]: took(150), [check]: took(90) });
    expect(cloned(view).clone.learned).toBe(2);
    expect(cloned(view, { mode: 'push' }).times).toEqual([
      [0, 150],
      [150, 240],
      [240, 270],
      [270, 330],
    ]);
  });

  test('keeping distances moves earlier what waits for something that was quicker; pushing does not', () => {
    const view = chain({ [load]: took(90) });
    expect(cloned(view).times).toEqual([
      [0, 90],
      [90, 150],
      [180, 210],
      [210, 270],
    ]);
    expect(cloned(view, { mode: 'push' }).times.slice(1)).toEqual([
      [120, 180],
      [210, 240],
      [240, 300],
    ]);
  });

  test('a fixed start stays where it is, whatever comes before it', () => {
    const view = chain({ [load]: took(60), [check]: { fixed_start: true } });
    expect(cloned(view).times.slice(0, 2)).toEqual([
      [0, 60],
      [120, 180],
    ]);
  });

  test('what must finish by some time has it as far from the new start of the window, whatever took longer', () => {
    const due = at('2027-01-16T22:00Z');
    const { after } = cloned(chain({ [load]: { ...took(150), must_finish_by: due } }), { mode: 'push' });
    const of = (id: string) => after.rows.chapter_schedules.get(scheduleId(NEW, id))?.must_finish_by;
    expect(of(load)).toBe(due + 7 * 1440);
    expect(of(check)).toBeNull();
  });

  test('chapters that begin or end together go on doing so', () => {
    const together = chain({ [load]: took(90), [check]: took(30) }, 'FF');
    // Check ended 60 minutes after load did, and goes on doing so.
    expect(cloned(together).times.slice(0, 2)).toEqual([
      [0, 90],
      [120, 150],
    ]);
    expect(cloned(chain({ [load]: took(90) }, 'SS')).times[1]).toEqual([120, 180]);
  });

  test('what was reported without an end counts as planned', () => {
    const view = chain({ [load]: { status: 'running', actual_start: at('2027-01-16T19:00Z') } });
    expect(cloned(view).clone.learned).toBe(0);
  });

  test('undo takes the whole clone back, in one edit', () => {
    const view = chain();
    const { clone, after } = cloned(view);
    const back = inverseOf(after, effectOf(view, clone.ops));
    expect(back.kept).toEqual([]);
    expect(back.ops).toHaveLength(5);
    const { verdict, view: again } = previewOf(after, back.ops);
    expect(verdict).toEqual({ outcome: 'applied' });
    expect(again.rows.iterations.has(NEW)).toBe(false);
  });

  test('ten thousand chapters are one too many for one edit, and that is said', () => {
    const op: Op = { op: 'remove', table: 'chapters', id: NEW, base: {} };
    expect(tooManyFor({ label: '', ops: Array.from({ length: 10_000 }, () => op) })).toBeNull();
    expect(tooManyFor({ label: '', ops: Array.from({ length: 10_001 }, () => op) })?.message).toBe(
      'One edit holds 9999 chapters; this would be 10000.',
    );
  });

  test('the window goes where T0 goes, by any number of days', () => {
    const { iteration } = cloned(chain(), { start: wish.start + 3 * DAY });
    expect(iteration.window_start).toBe(wish.start + 3 * DAY);
  });
});

test('the proposed start is a week later by the clock, over a change of it too, and still to come', () => {
  const start = at('2027-03-26T21:00Z');
  const zone = 'Europe/Zurich';
  expect(weeksLater(zone, start, start - DAY)).toBe(at('2027-04-02T20:00Z'));
  expect(weeksLater(zone, start, at('2027-04-20T12:00Z'))).toBe(at('2027-04-23T20:00Z'));
  expect(weeksLater(zone, start, at('2027-04-23T20:00Z'))).toBe(at('2027-04-30T20:00Z'));
});
