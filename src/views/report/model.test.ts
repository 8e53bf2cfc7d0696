import { expect, test } from 'vitest';
import type { LogEvent } from '../../store/log-event.ts';
import { at, CHAPTERS, LIVE, NOW, sampleView, schedule } from '../../testing/sample-view.ts';
import { reportModel } from './model.ts';

const done = schedule(CHAPTERS.load, LIVE, {
  status: 'done',
  actual_start: at('2027-01-16T19:10Z'),
  actual_end: at('2027-01-16T21:20Z'),
});
const gate = schedule(CHAPTERS.gate, LIVE, {
  status: 'done',
  decision: 'go_with_conditions',
  planned_start: at('2027-01-16T21:00Z'),
  planned_end: at('2027-01-16T21:15Z'),
  actual_start: at('2027-01-16T21:00Z'),
  actual_end: at('2027-01-16T21:15Z'),
  note: 'Check again on Monday.',
});
const status = (minutes: number, from: string, to: string): LogEvent => ({
  rev: minutes,
  n: 1,
  at: (NOW + minutes) * 60_000,
  actor: 'a',
  actor_name: 'A',
  label: 'x',
  op: 'update',
  table_name: 'chapter_schedules',
  row_id: done.id,
  before: { status: from },
  after: { status: to },
});
const events = [status(-5, 'blocked', 'running'), status(-30, 'running', 'blocked')];
const view = sampleView({ schedules: [done, gate] });

test('puts planned beside actual, with variance and the time blocked', () => {
  const { parts } = reportModel({ view, iteration: 'RUN3', now: NOW, events });
  expect(parts[0]?.rows[0]).toEqual([
    'AA Load',
    'Sat 16 Jan 20:00 → 22:00',
    'Sat 16 Jan 20:10 → 22:20',
    '+20m',
    '25m',
    'Done',
  ]);
});

test('sums up the run and tells what was decided', () => {
  expect(reportModel({ view, iteration: 'RUN3', now: NOW, events }).summary.slice(1)).toEqual([
    'Planned end Sun 17 Jan 01:45, forecast Sun 17 Jan 01:45 (±0m); drift +10m; on plan.',
    '2 of 3 chapters done; 25m blocked in all.',
    'CA G1: Go with conditions at Sat 16 Jan 22:15. Check again on Monday.',
  ]);
});

test('says what it cannot tell without the event log', () => {
  const { summary } = reportModel({ view, iteration: 'RUN3', now: NOW, events: null });
  expect(summary[2]).toBe('2 of 3 chapters done; time blocked is not known, because the event log cannot be read now.');
});

test('what still stands still is counted up to now', () => {
  const still = reportModel({ view, iteration: 'RUN3', now: NOW, events: events.slice(1) });
  expect(still.parts[0]?.rows[0]?.[4]).toBe('30m');
});
