import { describe, expect, test } from 'vitest';
import { scheduleId } from '../../store/rows.ts';
import { at, CHAPTERS, LIVE, NOW, PLANNED, sampleView, schedule } from '../sample-view.ts';
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
const lineOf = (fields: Partial<PlannerInput>, code: string) =>
  plannerModel(input(fields)).lines.find((line) => line.code === code) as ChapterLine;

describe('the planner', () => {
  test('opens the live iteration, and any other by its code', () => {
    expect(plannerModel(input()).iteration?.code).toBe('RUN3');
    expect(plannerModel(input({ iteration: 'DR1' })).iteration?.code).toBe('DR1');
    expect(plannerModel(input({ iteration: 'NEVER' })).iteration?.code).toBe('RUN3');
  });

  test('lists phases and their chapters by position', () => {
    expect(plannerModel(input()).lines.map(({ code }) => code)).toEqual(['A', 'AA', 'AB', 'C', 'CA', 'CB']);
  });

  test('a closed phase keeps its line and hides its chapters', () => {
    const [phase] = plannerModel(input()).lines;
    const { lines } = plannerModel(input({ collapsed: new Set([phase?.id ?? '']) }));
    expect(lines.map(({ code }) => code)).toEqual(['A', 'C', 'CA', 'CB']);
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

  test('a chapter without times in this iteration is there to be scheduled', () => {
    const line = lineOf({}, 'CB');
    expect([line.schedule, line.bar, line.status]).toEqual([null, null, null]);
    expect(plannerModel(input()).unscheduled).toBe(1);
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
    const queue = [
      { edit, predicted: { outcome: 'conflict', cause: 'both_moved', items: [] }, isKept: true, isSent: false },
    ] as const;
    const line = lineOf({ view: sampleView({ pendingRows: new Set([id]), queue }) }, 'AB');
    expect(line.willConflict).toBe(true);
    expect(line.pending).toMatch(/decision/);
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

  test('a plan without iterations is an empty planner', () => {
    const view = sampleView();
    const rows = { ...view.rows, iterations: new Map() };
    expect(plannerModel(input({ view: { ...view, rows } }))).toMatchObject({ iteration: null, lines: [] });
  });
});
