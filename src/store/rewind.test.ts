import { expect, test } from 'vitest';
import { CHAPTERS, LIVE, sampleView, schedule } from '../testing/sample-view.ts';
import type { LogEvent } from './log-event.ts';
import { rewind } from './rewind.ts';
import type { Fields } from './rows.ts';

const load = schedule(CHAPTERS.load, LIVE, { note: 'third' });
const event = (rev: number, op: LogEvent['op'], row_id: string, before: Fields | null): LogEvent => ({
  rev,
  n: 1,
  at: rev,
  actor: 'a',
  actor_name: 'A',
  label: 'Edit',
  op,
  table_name: 'chapter_schedules',
  row_id,
  before,
  after: null,
});

test('takes back changes, insertions and removals, the newest first', () => {
  const gate = schedule(CHAPTERS.gate, LIVE);
  const { rows } = sampleView({ schedules: [load] });
  const schedules = new Map(rows.chapter_schedules);
  schedules.delete(gate.id);
  const { id: _id, rev: _rev, ...fields } = gate;
  const check = schedule(CHAPTERS.check, LIVE).id;
  const events = [
    event(9, 'remove', gate.id, fields),
    event(8, 'insert', check, null),
    event(7, 'update', load.id, { note: 'second' }),
    event(6, 'update', load.id, { note: 'first' }),
  ];
  const at = (rev: number) => rewind({ ...rows, chapter_schedules: schedules }, events, rev).chapter_schedules;
  expect([at(9).has(gate.id), at(8).get(gate.id)?.planned_start]).toEqual([false, gate.planned_start]);
  expect([at(8).has(check), at(7).has(check)]).toEqual([true, false]);
  expect([9, 7, 6, 5].map((rev) => at(rev).get(load.id)?.note)).toEqual(['third', 'third', 'second', 'first']);
  // What is known now stays as it is.
  expect(schedules.get(load.id)?.note).toBe('third');
});
