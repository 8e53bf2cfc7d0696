/** Two people and one plan, for tests of what they do to each other: Lou is always first, Pat has seen nothing since the plan was made. */
import { expect } from 'vitest';
import type { Op } from '../store/edit.ts';
import { insertRow } from '../store/ops.ts';
import { type Choice, type CustomFields, resolveConflict } from '../store/resolution.ts';
import { type Conflict, type Rows, scheduleId } from '../store/rows.ts';
import { TABLE_NAMES, type TableName } from '../store/schema.ts';
import type { PlanView } from '../store/view.ts';
import { ModelPlan, type Push } from './simulation/model-plan.ts';

export const NOON = 30_000_000;
export const id = (n: number) => `0000000${n}-0000-4000-8000-000000000000`;
export const [PLAN, PHASE, OTHER_PHASE, CHAPTER, SECOND, ITERATION] = [1, 2, 3, 4, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
export const SCHEDULE = scheduleId(ITERATION, CHAPTER);
export const SECOND_SCHEDULE = scheduleId(ITERATION, SECOND);

export class TwoPeople {
  #made = 0;
  readonly #plan = new ModelPlan();

  constructor() {
    const times = { planned_start: NOON, planned_end: NOON + 60 };
    const window = { window_start: NOON, window_end: NOON + 600 };
    const plan = { id: PLAN, rev: 0, code: 'P', name: 'Plan', time_zone: 'UTC', state: 'draft' };
    this.#plan.create([{ table: 'plans', row: plan }], { key: 'lou', name: 'lou' }, 0);
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
      {
        id: `00000000-0000-4000-9000-${String(this.#made).padStart(12, '0')}`,
        seq: this.#made,
        at: 0,
        label: 'Edit',
        ops,
      },
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
    return {
      rows: Object.fromEntries(rows),
      user: { key: 'pat', name: 'Pat' },
      role: 'lead',
      events: [],
    } as unknown as PlanView;
  }

  /** Pat knows all by now. */
  settle(conflict: Conflict, choice: Choice, custom?: CustomFields): void {
    this.settleWith(resolveConflict(this.view(), conflict, choice, custom));
  }

  settleWith(ops: readonly Op[]): void {
    expect(this.#apply('pat', ops, this.#plan.rev)).toMatchObject({ outcome: 'applied' });
  }
}
