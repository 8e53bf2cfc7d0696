import { expect, test } from 'vitest';
import { schedule as sampleSchedule } from '../testing/sample-view.ts';
import { applyEdit, type PlanState } from './apply.ts';
import type { Op } from './edit.ts';
import { moveTo, removeRow, setFields, slipBy } from './ops.ts';
import type { ChapterSchedule, Row } from './rows.ts';
import type { TableName } from './schema.ts';

const ITERATION = '00000000-0000-4000-8000-0000000000a1';
const CHAPTER = '00000000-0000-4000-8000-0000000000c1';
const NOON = 30_000_000;
const lead = { key: 'lead', name: 'Lead', role: 'lead' } as const;

const schedule = sampleSchedule(CHAPTER, ITERATION, { planned_start: NOON, planned_end: NOON + 60 });

function planWith(row: ChapterSchedule): PlanState {
  const rows = new Map<string, Row>([[row.id, row as unknown as Row]]);
  const of = (table: TableName) => (table === 'chapter_schedules' ? rows : new Map<string, Row>());
  return { get: (table, id) => of(table).get(id), rows: (table) => of(table).values(), isRemoved: () => false };
}

function apply(row: ChapterSchedule, ...ops: readonly Op[]) {
  return applyEdit(planWith(row), { id: 'e', ops }, lead);
}

test('a move keeps the duration that it meets', () => {
  const longer = { ...schedule, planned_end: NOON + 90 };
  const { verdict, changes } = apply(longer, moveTo(schedule, NOON + 15));
  expect(verdict.outcome).toBe('merged');
  expect(changes[0]?.row).toMatchObject({ planned_start: NOON + 15, planned_end: NOON + 105 });
});

test('the same slip by two people is never added twice', () => {
  const slipped = { ...schedule, planned_start: NOON + 30, planned_end: NOON + 90 };
  const { verdict, changes } = apply(slipped, slipBy(schedule, 30));
  expect(verdict).toMatchObject({ outcome: 'conflict', cause: 'double_slip' });
  expect(changes).toEqual([]);
});

test('two ops of one edit see each other', () => {
  const moved = { ...schedule, planned_start: NOON + 30, planned_end: NOON + 90 };
  const { verdict, changes } = apply(schedule, slipBy(schedule, 30), slipBy(moved, 30));
  expect(verdict.outcome).toBe('applied');
  expect(changes).toHaveLength(1);
  expect(changes[0]?.row).toMatchObject({ planned_start: NOON + 60, planned_end: NOON + 120 });
});

test('a unit that a form sends as it found it asks for nothing', () => {
  const theirs = { ...schedule, note: 'Vendor is late' };
  const ops = [setFields('chapter_schedules', schedule, { note: '', status: 'running' })];
  const { verdict, changes } = apply(theirs, ...ops);
  expect(verdict.outcome).toBe('applied');
  expect(changes[0]?.row).toMatchObject({ note: 'Vendor is late', status: 'running' });
});

test('a removal meets a changed note and goes on, but not a changed time', () => {
  expect(apply({ ...schedule, note: 'x' }, removeRow('chapter_schedules', schedule)).verdict.outcome).toBe('applied');
  const moved = { ...schedule, planned_start: NOON + 1 };
  expect(apply(moved, removeRow('chapter_schedules', schedule)).verdict).toMatchObject({
    outcome: 'conflict',
    cause: 'both_changed',
    items: [{ unit: 'planned', mine: null, theirs: { planned_start: NOON + 1 } }],
  });
});
