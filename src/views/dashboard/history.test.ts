import { expect, test } from 'vitest';
import type { LogEvent } from '../../store/log-event.ts';
import { at, CHAPTERS, LIVE, NOW, sampleConflict, sampleView, schedule } from '../../testing/sample-view.ts';
import { historyOf } from './history.ts';

const check = schedule(CHAPTERS.check, LIVE, {
  planned_start: at('2027-01-16T21:30Z'),
  planned_end: at('2027-01-17T00:45Z'),
  note: 'Call Kim',
});
const event = (rev: number, fields: Partial<LogEvent>): LogEvent => ({
  rev,
  n: 1,
  at: (NOW + rev) * 60_000,
  actor: 'lea',
  actor_name: 'Lea',
  label: `Edit ${rev}`,
  op: 'update',
  table_name: 'chapter_schedules',
  row_id: check.id,
  before: null,
  after: null,
  ...fields,
});

test('tells each change from what to what, and which one is why', () => {
  const events = [
    event(9, { before: { note: '' } }),
    // A resize changes one field; the whole span is told all the same.
    event(8, { before: { planned_end: at('2027-01-17T00:15Z') } }),
    event(7, { before: { planned_start: at('2027-01-16T21:00Z'), planned_end: at('2027-01-16T23:45Z') } }),
    event(6, { op: 'insert' }),
  ];
  expect(historyOf(sampleView(), check, events).map(({ change, isCause }) => [change, isCause])).toEqual([
    ['nothing became “Call Kim”', false],
    ['Sat 16 Jan 22:30 → 01:15 (2h45) became Sat 16 Jan 22:30 → 01:45 (3h15)', true],
    ['Sat 16 Jan 22:00 → 00:45 (2h45) became Sat 16 Jan 22:30 → 01:15 (2h45)', false],
    ['scheduled at Sat 16 Jan 22:00 → 00:45 (2h45)', false],
  ]);
});

test('tells what was wanted and came to a conflict', () => {
  const conflict = sampleConflict({ state: 'resolved', resolution: { choice: 'mine', edit_id: 'x' } });
  const [line] = historyOf(sampleView({ conflicts: [conflict] }), check, []);
  expect(line).toMatchObject({
    who: 'Planner A',
    change: 'wanted Sat 16 Jan 22:30 → 01:45 (3h15); in conflict, decided: mine',
  });
});
