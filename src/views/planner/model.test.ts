import { describe, expect, test } from 'vitest';
import { type Chapter, scheduleId } from '../../store/rows.ts';
import { at, CHAPTERS, LIVE, NOW, PLANNED, sampleConflict, sampleView, schedule } from '../../testing/sample-view.ts';
import type { ChapterLine } from './lines.ts';
import { type PlannerInput, plannerModel } from './model.ts';

const input = (fields: Partial<PlannerInput> = {}): PlannerInput => ({
  view: sampleView(),
  iteration: null,
  now: NOW,
  collapsed: new Set(),
  selected: new Set(),
  ...fields,
});
const linesOf = (fields: Partial<PlannerInput> = {}) => {
  const { rows, line } = plannerModel(input(fields));
  return rows.map(line);
};
const codesOf = (fields: Partial<PlannerInput> = {}) => linesOf(fields).map(({ code }) => code);
const lineOf = (fields: Partial<PlannerInput>, code: string) =>
  linesOf(fields).find((line) => line.code === code) as ChapterLine;

const LATER = { planned_start: at('2027-01-16T21:30Z'), planned_end: at('2027-01-16T21:30Z') };

describe('the planner', () => {
  test('opens the live iteration, and any other by its code', () => {
    expect(plannerModel(input()).iteration?.code).toBe('RUN3');
    expect(plannerModel(input({ iteration: 'DR1' })).iteration?.code).toBe('DR1');
  });

  test('shows no other iteration in place of one that there is not, or no longer', () => {
    const { iteration, rows, iterations } = plannerModel(input({ iteration: 'NEVER' }));
    expect([iteration, rows.length, iterations.length]).toEqual([null, 0, 2]);
  });

  test('lists phases and their chapters by position', () => {
    expect(codesOf()).toEqual(['A', 'AA', 'AB', 'C', 'CA', 'CB']);
  });

  test('a closed phase keeps its line and hides its chapters', () => {
    const [phase] = linesOf();
    expect(codesOf({ collapsed: new Set([phase?.id ?? '']) })).toEqual(['A', 'C', 'CA', 'CB']);
  });

  test('times are local, with their weekday', () => {
    const line = lineOf({}, 'AB');
    expect([line.start, line.end, line.duration]).toEqual(['Sat 16 Jan 22:30', 'Sun 17 Jan 01:45', '3h15']);
  });

  test('what runs beyond its end is late by that much', () => {
    expect(lineOf({}, 'AA').status).toBe('late');
    expect(lineOf({}, 'AA').late).toBe('20m late');
  });

  test('what runs has an actual bar up to now', () => {
    expect(lineOf({}, 'AA').actual).toEqual({ start: at('2027-01-16T19:10Z'), length: 130 });
  });

  test('a plan is seen first and worked out after, unless somebody searches in it', () => {
    const first = plannerModel(input({ isFirstSight: true }));
    expect([first.isWorkedOut, first.findings.length, first.rows.length > 2]).toEqual([false, 0, true]);
    const after = plannerModel(input());
    expect([after.isWorkedOut, after.findings.length > 0]).toEqual([true, true]);
    const searched = plannerModel(input({ isFirstSight: true, search: 'is:finding' }));
    expect([searched.isWorkedOut, searched.rows.length > 0]).toEqual([true, true]);
  });

  test('a chapter without times in this iteration is there to be scheduled', () => {
    const line = lineOf({}, 'CB');
    expect([line.schedule, line.bar, line.status]).toEqual([null, null, null]);
    expect(line.finding).toBe('has no times in RUN3');
  });

  test('a pending edit marks its row, and one that will conflict says so', () => {
    const id = scheduleId(LIVE, CHAPTERS.check);
    const edit = {
      id: 'e',
      seq: 1,
      at: 0,
      label: 'Move AB',
      ops: [{ op: 'slip', table: 'chapter_schedules', id, base: { planned_start: 0, planned_end: 0 }, by: 5 }],
    } as const;
    const kept = sampleView({ pendingRows: new Set([id]) });
    expect(lineOf({ view: kept }, 'AB').pending).toBe('kept on this device');
    const moment = [{ edit, predicted: { outcome: 'applied' }, isKept: false, isSent: false }] as const;
    const early = sampleView({ pendingRows: new Set([id]), queue: moment });
    expect(lineOf({ view: early }, 'AB').pending).toBe('being kept');
    const queue = [
      { edit, predicted: { outcome: 'conflict', cause: 'both_moved', items: [] }, isKept: true, isSent: false },
    ] as const;
    const line = lineOf({ view: sampleView({ pendingRows: new Set([id]), queue }) }, 'AB');
    expect(line.dispute).toEqual({ conflict: null, was: null, wanted: null, words: expect.stringMatching(/decision/) });
  });

  test('a conflict shows where its author wanted the row and where both had it, by name and by clock', () => {
    const open = sampleConflict();
    const view = sampleView({ conflicts: [open], user: { key: 'viewer', name: 'Viewer' } });
    const start = at('2027-01-16T21:00Z');
    expect(lineOf({ view }, 'AB')).toMatchObject({
      pending: null,
      dispute: {
        conflict: open.id,
        was: { start, length: 195 },
        wanted: { start: start + 30, length: 195 },
        words: 'Planner A wanted Sat 16 Jan 22:30 → 01:45 (3h15). Waits for a decision.',
      },
    });
    const settled = { ...open, state: 'resolved' } as const;
    expect(lineOf({ view: sampleView({ conflicts: [settled] }) }, 'AB').dispute).toBeNull();
  });

  test('planned times of a live iteration are a lead’s, progress is everyone’s but a viewer’s', () => {
    expect(plannerModel(input()).whyNotPlan).toMatch(/only a lead/);
    expect(plannerModel(input()).whyNotReport).toBeNull();
    expect(plannerModel(input({ view: sampleView({ role: 'lead' }) })).whyNotPlan).toBeNull();
    expect(plannerModel(input({ view: sampleView({ role: 'viewer' }) })).whyNotReport).toMatch(/not change/);
    expect(plannerModel(input({ iteration: 'DR1' })).whyNotPlan).toBeNull();
  });

  test('the axis holds the window and every bar, also those outside it', () => {
    const early = schedule(CHAPTERS.load, PLANNED, { planned_start: at('2027-01-15T10:00Z') });
    const { axis } = plannerModel(input({ iteration: 'DR1', view: sampleView({ schedules: [early] }) }));
    expect(axis.start).toBeLessThan(at('2027-01-15T10:00Z'));
    expect(axis.start + axis.length).toBeGreaterThan(at('2027-01-17T06:00Z'));
  });

  test('a line is the same object until something that it shows has changed', () => {
    const view = sampleView();
    const before = lineOf({ view, iteration: 'DR1' }, 'AA');
    expect(lineOf({ view, iteration: 'DR1', now: NOW + 1 }, 'AA')).toBe(before);
    expect(lineOf({ view, iteration: 'DR1', selected: new Set([CHAPTERS.load]) }, 'AA')).not.toBe(before);
  });

  test('lines are let go after many others: not all that was ever scrolled past is kept', () => {
    const { rows } = sampleView();
    const [any] = rows.chapters.values();
    const many = Array.from({ length: 1_000 }, (_, i): [string, Chapter] => [
      `c${i}`,
      { ...(any as Chapter), id: `c${i}` },
    ]);
    const model = plannerModel(input({ view: { ...sampleView(), rows: { ...rows, chapters: new Map(many) } } }));
    const [first, next, ...others] = model.rows.filter(({ kind }) => kind === 'chapter');
    const before = [first, next].map((row) => row && model.line(row));
    expect(first && model.line(first)).toBe(before[0]);
    for (const row of others) model.line(row);
    expect(next && model.line(next)).not.toBe(before[1]);
  });

  test('a chapter that somebody else adds is there, though the rows change in place', () => {
    const view = sampleView();
    expect(codesOf({ view })).not.toContain('AC');
    const added = { ...(view.rows.chapters.get(CHAPTERS.check) as Chapter), id: 'new', code: 'AC', position: 3 };
    (view.rows.chapters as Map<string, Chapter>).set('new', added);
    expect(codesOf({ view: { ...view, rows: { ...view.rows } } })).toEqual(['A', 'AA', 'AB', 'AC', 'C', 'CA', 'CB']);
  });

  test('slack is what a chapter can slip before the window ends or others move', () => {
    const dependency = {
      id: 'd',
      rev: 1,
      predecessor_id: CHAPTERS.load,
      successor_id: CHAPTERS.check,
      kind: 'FS',
      lag_minutes: 0,
    } as const;
    const view = sampleView({ schedules: [schedule(CHAPTERS.check, PLANNED, LATER)] });
    const rows = { ...view.rows, dependencies: new Map([['d', dependency]]) };
    const line = lineOf({ view: { ...view, rows }, iteration: 'DR1' }, 'AA');
    expect([line.slack, line.isCritical]).toEqual(['9h', false]);
    expect(line.slackMeaning).toBe('Can slip 9h; 30m before others move.');
    expect(lineOf({ view: { ...view, rows }, iteration: 'DR1' }, 'AB')).toMatchObject({
      isCritical: true,
      slack: '8h30',
    });
  });

  test('a search keeps what it finds and counts what it hides, late and disputed apart', () => {
    expect(codesOf({ search: 'load' })).toEqual(['A', 'AA']);
    expect(codesOf({ search: 'is:late' })).toEqual(['A', 'AA']);
    expect(codesOf({ search: 'phase:C is:gate' })).toEqual(['C', 'CA']);
    expect(codesOf({ search: 'team:DBA nowhere' })).toEqual([]);
    const view = sampleView({ conflicts: [sampleConflict()] });
    expect(plannerModel(input({ view, search: 'open' })).hidden).toEqual({ all: 3, late: 1, conflicted: 1 });
    expect(plannerModel(input({ view })).hidden.all).toBe(0);
  });

  test('labels are found by their token, as a word and with their sign, and what they hide is counted', () => {
    const view = sampleView({ conflicts: [sampleConflict()] });
    const labelled = (id: string, labels: string) =>
      [id, { ...(view.rows.chapters.get(id) as Chapter), labels }] as const;
    const chapters = new Map([
      ...view.rows.chapters,
      labelled(CHAPTERS.check, 'data-migration go-live'),
      labelled(CHAPTERS.gate, 'go-live'),
    ]);
    const on = { ...view, rows: { ...view.rows, chapters } };
    const found = (search: string) => codesOf({ view: on, search });
    expect(found('label:go-live')).toEqual(['A', 'AB', 'C', 'CA']);
    expect(found('label:Data-Migration')).toEqual(['A', 'AB']);
    expect(found('label:data-migration label:go-live is:gate')).toEqual(['C', 'CA']);
    expect(found('label:data')).toEqual([]);
    expect(found('migration')).toEqual(['A', 'AB']);
    expect(found('#go-live')).toEqual(['A', 'AB', 'C', 'CA']);
    expect(plannerModel(input({ view: on, search: 'label:go-live is:gate' })).hidden).toEqual({
      all: 3,
      late: 1,
      conflicted: 1,
    });
    expect(lineOf({ view: on }, 'AB').labels).toBe('#data-migration #go-live');
  });

  test('no search takes away the row that somebody works in', () => {
    expect(codesOf({ search: 'load', kept: CHAPTERS.gate })).toEqual(['A', 'AA', 'C', 'CA']);
  });

  test('a row says who else changed it lately', () => {
    const event = {
      rev: 8,
      n: 1,
      at: (NOW - 2) * 60_000,
      actor: 'planner-b',
      actor_name: 'Planner B',
      label: 'Move AB',
      op: 'update',
      table_name: 'chapter_schedules',
      row_id: scheduleId(LIVE, CHAPTERS.check),
    } as const;
    expect(lineOf({ view: sampleView({ events: [event] }) }, 'AB').changed).toBe('Planner B, 2 min ago: Move AB');
    expect(lineOf({ view: sampleView({ events: [event] }), now: NOW + 60 }, 'AB').changed).toBe('');
    expect(lineOf({ view: sampleView({ events: [{ ...event, actor: 'planner-a' }] }) }, 'AB').changed).toBe('');
  });

  test('the start is told on the site’s own clock too, where it shows another time', () => {
    const view = sampleView();
    const site = { id: 's', rev: 1, code: 'LON', name: 'London', time_zone: 'Europe/London' };
    const load = { ...(view.rows.chapters.get(CHAPTERS.load) as Chapter), site_id: 's' };
    const rows = {
      ...view.rows,
      sites: new Map([['s', site]]),
      chapters: new Map([...view.rows.chapters, [load.id, load]]),
    };
    expect(lineOf({ view: { ...view, rows } }, 'AA').siteTime).toBe('Sat 16 Jan 19:00 UTC');
    expect(plannerModel(input({ view: { ...view, rows } })).clocks).toBe('22:20 CET · LON 21:20 UTC');
    expect(plannerModel(input({ view: { ...view, rows }, isFirstSight: true })).clocks).toBe('');
    expect(lineOf({ view: { ...view, rows }, isFirstSight: true }, 'AA').siteTime).toBe('');
    expect(lineOf({ view: { ...view, rows } }, 'AB').siteTime).toBe('');
    const seenFrom = (readerOffset: number) => plannerModel(input({ view: { ...view, rows }, readerOffset })).clocks;
    expect(seenFrom(60)).toBe('22:20 CET · LON 21:20 UTC');
    expect(seenFrom(0)).toBe('22:20 CET · LON and you 21:20 UTC');
    expect(seenFrom(330)).toBe('22:20 CET · you 02:50 UTC+5:30 · LON 21:20 UTC');
  });

  test('a site whose clock shows what the plan’s does has none of its own, whatever its zone is called', () => {
    const view = sampleView();
    const site = { id: 's', rev: 1, code: 'LOS', name: 'Lagos', time_zone: 'Africa/Lagos' };
    const load = { ...(view.rows.chapters.get(CHAPTERS.load) as Chapter), site_id: 's' };
    const rows = {
      ...view.rows,
      sites: new Map([['s', site]]),
      chapters: new Map(view.rows.chapters).set(CHAPTERS.load, load),
    };
    expect(plannerModel(input({ view: { ...view, rows } })).clocks).toBe('');
    expect(lineOf({ view: { ...view, rows } }, 'AA').siteTime).toBe('');
  });

  test('a plan without iterations is an empty planner', () => {
    const view = sampleView();
    const rows = { ...view.rows, iterations: new Map() };
    expect(plannerModel(input({ view: { ...view, rows } }))).toMatchObject({ iteration: null, rows: [] });
  });
});
