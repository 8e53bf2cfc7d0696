import { expect, test } from 'vitest';
import { CHAPTERS, LIVE, NOW, sampleView, schedule } from '../testing/sample-view.ts';
import { digestText, lookAt } from './digest.ts';
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
  lookAt({ view, iteration: LIVE, standing: null, now: now * 60_000 });

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

test('admits that there may be more than this device knows', () => {
  const view = sampleView({ rev: 90, events: [event(90, 'lea')] });
  expect(digestText(view, before, look(view, NOW))).toContain('at least 1 change by LEA.');
});
