import { expect, test } from 'vitest';
import { CHAPTERS, LIVE, NOW, PLANNED, sampleView, schedule } from '../testing/sample-view.ts';
import { digestText, lookAt } from './digest.ts';
import { newsSince } from './news-since.ts';
import { scheduleId } from './rows.ts';
import type { ActivityEvent } from './view.ts';

const event = (rev: number, actor: string): ActivityEvent => ({
  rev,
  n: 1,
  at: NOW * 60_000,
  actor,
  actor_name: actor.toUpperCase(),
  label: 'Slip',
  op: 'update',
  table_name: 'chapter_schedules',
  row_id: 'x',
});
const look = (view: ReturnType<typeof sampleView>, now: number) =>
  lookAt({ view, iteration: view.rows.iterations.get(LIVE) ?? null, standing: null, now: now * 60_000 });

const before = { ...look(sampleView(), NOW - 95), forecastEnd: 100 };
const done = [schedule(CHAPTERS.load, LIVE, { status: 'done' })];

test('tells what others changed since the last look, and what it means', () => {
  const events = [event(9, 'lea'), event(9, 'lea'), event(8, 'kim'), event(7, 'kim')];
  const view = sampleView({ rev: 9, events, schedules: done });
  expect(digestText(view, before, { ...look(view, NOW), forecastEnd: 120 })).toBe(
    'Since you last looked, Sat 16 Jan 20:45 (1h35 ago): 2 changes by 2 people · 1 more done · forecast end +20m.',
  );
});

test('says nothing of the reader’s own changes, nor where nothing is new', () => {
  const own = sampleView({ rev: 9, events: [event(9, 'planner-a'), event(8, 'planner-a')] });
  expect(digestText(own, before, look(own, NOW))).toBeNull();
  expect(digestText(sampleView(), before, look(sampleView(), NOW))).toBeNull();
  expect(digestText(own, null, look(own, NOW))).toBeNull();
});

test('counts the chapters of this iteration that others changed, also where no event tells of them', () => {
  const rows = [
    schedule(CHAPTERS.load, LIVE, { rev: 8 }),
    schedule(CHAPTERS.check, PLANNED, { rev: 8 }),
    schedule(CHAPTERS.gate, LIVE, { rev: 9 }),
  ];
  const mine = { ...event(9, 'planner-a'), row_id: scheduleId(LIVE, CHAPTERS.gate) };
  const view = sampleView({ rev: 9, events: [mine], schedules: rows });
  const moved = { ...look(view, NOW), plannedEnd: 160 };
  expect(digestText(view, { ...before, plannedEnd: 100 }, moved)).toBe(
    'Since you last looked, Sat 16 Jan 20:45 (1h35 ago): 1 chapter changed here · planned end +1h.',
  );
});

test('a row that the reader and somebody else changed is news', () => {
  const isNews = newsSince(sampleView({ rev: 9, events: [event(9, 'planner-a'), event(8, 'kim')] }), 7);
  expect(isNews({ id: 'x', rev: 9 })).toBe(true);
  expect(isNews({ id: 'x', rev: 7 })).toBe(false);
});

test('admits that there may be more than this device knows', () => {
  const view = sampleView({ rev: 90, events: [event(90, 'lea')] });
  expect(digestText(view, before, look(view, NOW))).toContain('at least 1 change by LEA.');
});
