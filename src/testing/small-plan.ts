/** A plan of one phase, one chapter and one iteration, as a server would send it: for tests of store and sync. */
import { mix } from '../store/mix.ts';
import { type Fields, scheduleId, type Value } from '../store/rows.ts';
import { TABLES, type TableName } from '../store/schema.ts';

export const PLAN_ID = '10000000-0000-4000-8000-000000000001';
export const PHASE_ID = '20000000-0000-4000-8000-000000000001';
export const CHAPTER_ID = '30000000-0000-4000-8000-000000000001';
export const ITERATION_ID = '40000000-0000-4000-8000-000000000001';
export const SCHEDULE_ID = scheduleId(ITERATION_ID, CHAPTER_ID);

/** 2027-03-27T21:00Z, in minutes. */
export const START = 30_109_740;

export interface WireRow {
  readonly id: string;
  readonly rev: number;
  readonly fields: Fields;
}

export const schedule = (rev: number, changes: Fields = {}): WireRow => ({
  id: SCHEDULE_ID,
  rev,
  fields: {
    chapter_id: CHAPTER_ID,
    iteration_id: ITERATION_ID,
    planned_start: START,
    planned_end: START + 90,
    fixed_start: false,
    actual_start: null,
    actual_end: null,
    status: 'pending',
    note: '',
    decision: null,
    must_finish_by: null,
    ...changes,
  },
});

const ROWS: { readonly [T in TableName]?: readonly WireRow[] } = {
  plans: [
    { id: PLAN_ID, rev: 1, fields: { code: 'P', name: 'A small plan', time_zone: 'Europe/Zurich', state: 'draft' } },
  ],
  phases: [{ id: PHASE_ID, rev: 1, fields: { code: 'A', name: 'Before', position: 1 } }],
  iterations: [
    {
      id: ITERATION_ID,
      rev: 1,
      fields: {
        code: 'RUN1',
        name: 'First run',
        kind: 'RUN',
        window_start: START,
        window_end: START + 600,
        state: 'planned',
        rollback_minutes: 60,
        position: 1,
        mail_mode: 'off',
      },
    },
  ],
  chapters: [
    {
      id: CHAPTER_ID,
      rev: 1,
      fields: {
        code: 'AA',
        title: 'Freeze the sources',
        phase_id: PHASE_ID,
        team_id: null,
        site_id: null,
        kind: 'work',
        position: 1,
        success_criterion: '',
        rollback_action: '',
      },
    },
  ],
  chapter_schedules: [schedule(1)],
};

/** Rows of one table in column arrays. */
export function columns(table: TableName, rows: readonly WireRow[], removed: readonly [string, number][] = []) {
  const names = Object.keys(TABLES[table]);
  const values = rows.map(({ id, rev, fields }): Value[] => [id, rev, ...names.map((name) => fields[name] ?? null)]);
  return { cols: ['id', 'rev', ...names], rows: values, removed };
}

export const smallPlan = Object.fromEntries(
  Object.entries(ROWS).map(([table, rows]) => [table, columns(table as TableName, rows)]),
);

const all = Object.values(ROWS).flat();

/** Count and checksum of the small plan with its schedule at a rev, or with none. */
export function integrity(scheduleRev: number | null): { row_count: number; row_sum: number } {
  const others = all.filter(({ id }) => id !== SCHEDULE_ID);
  const sum = others.reduce((total, { id, rev }) => total + mix(id, rev), 0);
  return scheduleRev === null
    ? { row_count: others.length, row_sum: sum }
    : { row_count: others.length + 1, row_sum: sum + mix(SCHEDULE_ID, scheduleRev) };
}
