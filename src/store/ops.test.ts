import { expect, test } from 'vitest';
import { schedule as sampleSchedule } from '../testing/sample-view.ts';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from './ops.ts';
import type { Chapter } from './rows.ts';

const schedule = sampleSchedule('c', 'i', { id: 's', rev: 7, planned_start: 100, planned_end: 160 });

const chapter: Chapter = {
  id: 'c',
  rev: 7,
  code: '1',
  title: 'Stop',
  phase_id: 'p',
  team_id: null,
  site_id: null,
  kind: 'work',
  position: 3,
  success_criterion: '',
  rollback_action: '',
  labels: null,
};

test('a changed field brings its whole merge unit along', () => {
  expect(setFields('chapter_schedules', schedule, { status: 'running' })).toEqual({
    op: 'set',
    table: 'chapter_schedules',
    id: 's',
    base: { actual_start: null, actual_end: null, status: 'pending' },
    set: { actual_start: null, actual_end: null, status: 'running' },
  });
});

test('a field that is its own unit travels alone', () => {
  expect(setFields('chapter_schedules', schedule, { note: 'x' })).toMatchObject({
    base: { note: '' },
    set: { note: 'x' },
  });
});

test('a field can be set to nothing', () => {
  const manned = { ...chapter, team_id: 't' };
  expect(setFields('chapters', manned, { team_id: null })).toMatchObject({
    base: { team_id: 't' },
    set: { team_id: null },
  });
});

test('a removal compares what the row is about, not its texts or its place', () => {
  expect(removeRow('chapters', chapter).base).toEqual({
    code: '1',
    title: 'Stop',
    phase_id: 'p',
    team_id: null,
    site_id: null,
    kind: 'work',
  });
});

test('a gesture remembers where the schedule stood', () => {
  const base = { planned_start: 100, planned_end: 160 };
  expect(moveTo(schedule, 130)).toMatchObject({ op: 'move', base, start: 130 });
  expect(resizeEdge(schedule, 'end', 190)).toMatchObject({ op: 'resize', base, edge: 'end', to: 190 });
  expect(slipBy(schedule, -15)).toMatchObject({ op: 'slip', base, by: -15 });
});

test('a new row holds what was given and leaves the rest to defaults', () => {
  expect(insertRow('phases', 'p', { code: 'A', name: 'Prepare' })).toEqual({
    op: 'insert',
    table: 'phases',
    id: 'p',
    row: { code: 'A', name: 'Prepare' },
  });
});
