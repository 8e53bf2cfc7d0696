import { expect, test } from 'vitest';
import { ModelPlan, type Push } from '../testing/simulation/model-plan.ts';
import type { Op } from './edit.ts';
import { insertRow, moveTo, removeRow, resizeEdge, setFields, slipBy } from './ops.ts';
import { type Choice, type CustomFields, combineWithTheirs, resolveConflict } from './resolution.ts';
import { type Conflict, type Rows, scheduleId } from './rows.ts';
import { TABLE_NAMES, type TableName } from './schema.ts';
import type { PlanView } from './view.ts';

const NOON = 30_000_000;
const id = (n: number) => `0000000${n}-0000-4000-8000-000000000000`;
const [PLAN, PHASE, OTHER_PHASE, CHAPTER, SECOND, ITERATION] = [1, 2, 3, 4, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const SCHEDULE = scheduleId(ITERATION, CHAPTER);
const SECOND_SCHEDULE = scheduleId(ITERATION, SECOND);

/** Lou and Pat edit one plan; Pat has seen nothing since it was made. */
class TwoPeople {
  #made = 0;
  readonly #plan = new ModelPlan(() => {
    this.#made += 1;
    return `00000000-0000-4000-9000-${this.#made.toString().padStart(12, '0')}`;
  });

  constructor() {
    const times = { planned_start: NOON, planned_end: NOON + 60 };
    const window = { window_start: NOON, window_end: NOON + 600 };
    this.#plan.create(PLAN, { code: 'P', name: 'Plan', time_zone: 'UTC', state: 'draft' }, this.#push('lou'));
    this.lou(
      insertRow('phases', PHASE, { code: 'A', name: 'Prepare' }),
      insertRow('phases', OTHER_PHASE, { code: 'B', name: 'Move' }),
      insertRow('iterations', ITERATION, { code: 'RUN1', name: 'Run', kind: 'RUN', ...window }),
      insertRow('chapters', CHAPTER, { code: '1', title: 'Stop', phase_id: PHASE }),
      insertRow('chapters', SECOND, { code: '2', title: 'Copy', phase_id: PHASE }),
      insertRow('chapter_schedules', SCHEDULE, { chapter_id: CHAPTER, iteration_id: ITERATION, ...times }),
      insertRow('chapter_schedules', SECOND_SCHEDULE, { chapter_id: SECOND, iteration_id: ITERATION, ...times }),
    );
  }

  #push(key: string): Push {
    return { actor: { key, name: key, role: 'lead' }, client: key, since: key === 'pat' ? 2 : 0, now: 0 };
  }

  #apply(key: string, ops: readonly Op[], since?: number) {
    this.#made += 1;
    const push = this.#push(key);
    return this.#plan.apply(
      { id: `edit-${this.#made}`, seq: this.#made, at: 0, label: 'Edit', ops },
      since === undefined ? push : { ...push, since },
    );
  }

  lou(...ops: readonly Op[]): void {
    expect(this.#apply('lou', ops).outcome).toBe('applied');
  }

  /** Pat's edit meets a conflict. */
  pat(...ops: readonly Op[]): Conflict {
    const { conflict } = this.#apply('pat', ops);
    const stored = this.#plan.live('conflicts').find(({ row }) => row.id === conflict);
    expect(stored).toBeDefined();
    return stored?.row as unknown as Conflict;
  }

  row<T extends TableName>(table: T, row: string): Rows[T] {
    return this.view().rows[table].get(row) as Rows[T];
  }

  view(): PlanView {
    const rows = TABLE_NAMES.map((table) => [table, new Map(this.#plan.live(table).map(({ row }) => [row.id, row]))]);
    return { rows: Object.fromEntries(rows) } as PlanView;
  }

  settle(conflict: Conflict, choice: Choice, custom?: CustomFields): void {
    this.settleWith(resolveConflict(this.view(), conflict, choice, custom));
  }

  settleWith(ops: readonly Op[]): void {
    expect(this.#apply('pat', ops, this.#plan.rev)).toMatchObject({ outcome: 'applied' });
  }
}

test('theirs leaves everything as it stands and withdraws the author’s conflict', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(moveTo(seen, NOON + 10));
  const conflict = people.pat(moveTo(seen, NOON + 30));
  people.settle(conflict, 'theirs');
  expect(people.row('chapter_schedules', SCHEDULE).planned_start).toBe(NOON + 10);
  expect(people.row('conflicts', conflict.id).state).toBe('withdrawn');
});

test('mine applies the whole edit, with what was not in dispute', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  const second = people.row('chapter_schedules', SECOND_SCHEDULE);
  people.lou(moveTo(seen, NOON + 10));
  const conflict = people.pat(moveTo(seen, NOON + 30), slipBy(second, 30));
  people.settle(conflict, 'mine');
  expect(people.row('chapter_schedules', SCHEDULE)).toMatchObject({ planned_start: NOON + 30, planned_end: NOON + 90 });
  expect(people.row('chapter_schedules', SECOND_SCHEDULE).planned_start).toBe(NOON + 30);
  expect(people.row('conflicts', conflict.id)).toMatchObject({ state: 'resolved', resolved_by: 'pat' });
});

test('custom sets what was typed and keeps the rest of the edit', () => {
  const people = new TwoPeople();
  const seen = people.row('chapters', CHAPTER);
  people.lou(setFields('chapters', seen, { title: 'End' }));
  const conflict = people.pat(
    setFields('chapters', seen, { title: 'Halt' }),
    setFields('chapters', people.row('chapters', SECOND), { title: 'Copy all' }),
  );
  people.settle(conflict, 'custom', { [CHAPTER]: { title: 'Halt and end' } });
  expect(people.row('chapters', CHAPTER).title).toBe('Halt and end');
  expect(people.row('chapters', SECOND).title).toBe('Copy all');
});

test('a slip goes on top of the same slip when a person says so', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(slipBy(seen, 30));
  const conflict = people.pat(slipBy(seen, 30));
  expect(conflict.cause).toBe('double_slip');
  people.settleWith(combineWithTheirs(people.view(), conflict) ?? []);
  expect(people.row('chapter_schedules', SCHEDULE).planned_start).toBe(NOON + 60);
});

test('a change of length is not offered on top', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(resizeEdge(seen, 'end', NOON + 90));
  const conflict = people.pat(resizeEdge(seen, 'end', NOON + 75));
  expect(conflict.cause).toBe('both_resized');
  expect(combineWithTheirs(people.view(), conflict)).toBeNull();
});

test('mine brings back a row that somebody removed, with my change', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(setFields('chapter_schedules', seen, { note: 'Vendor is late' }));
  people.lou(removeRow('chapter_schedules', people.row('chapter_schedules', SCHEDULE)));
  const conflict = people.pat(slipBy(seen, 30));
  people.settle(conflict, 'mine');
  expect(people.row('chapter_schedules', SCHEDULE)).toMatchObject({
    planned_start: NOON + 30,
    planned_end: NOON + 90,
    note: 'Vendor is late',
  });
});

test('mine brings back what my new row refers to', () => {
  const people = new TwoPeople();
  const third = id(7);
  people.lou(removeRow('phases', people.row('phases', OTHER_PHASE)));
  const conflict = people.pat(insertRow('chapters', third, { code: '3', title: 'Start', phase_id: OTHER_PHASE }));
  people.settle(conflict, 'mine');
  expect(people.row('phases', OTHER_PHASE).code).toBe('B');
  expect(people.row('chapters', third).title).toBe('Start');
});

test('mine removes a row with what others added to it', () => {
  const people = new TwoPeople();
  const third = id(7);
  const seen = people.row('phases', OTHER_PHASE);
  people.lou(insertRow('chapters', third, { code: '3', title: 'Start', phase_id: OTHER_PHASE }));
  const conflict = people.pat(removeRow('phases', seen));
  expect(conflict.cause).toBe('children_changed');
  people.settle(conflict, 'mine');
  expect(people.view().rows.phases.has(OTHER_PHASE)).toBe(false);
  expect(people.view().rows.chapters.has(third)).toBe(false);
});

test('mine removes a row that somebody moved', () => {
  const people = new TwoPeople();
  const seen = people.row('chapter_schedules', SCHEDULE);
  people.lou(slipBy(seen, 30));
  const conflict = people.pat(removeRow('chapter_schedules', seen));
  people.settle(conflict, 'mine');
  expect(people.view().rows.chapter_schedules.has(SCHEDULE)).toBe(false);
});
