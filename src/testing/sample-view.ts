/** A small plan for the tests of every view's model: two phases, four chapters, one live and one planned iteration. */
import type { Chapter, ChapterSchedule, Conflict, Iteration, Rows } from '../store/rows.ts';
import { scheduleId } from '../store/rows.ts';
import { TABLE_NAMES, type TableName } from '../store/schema.ts';
import type { PlanView, RowMaps, SyncState } from '../store/view.ts';

/** Minutes since 1970 of a time in UTC, `2027-01-16T21:20Z`. */
export function at(text: string): number {
  return Date.parse(text) / 60_000;
}

export const LIVE = id('1000');
export const PLANNED = id('2000');
export const CHAPTERS = { load: id('a1'), check: id('a2'), gate: id('b1'), open: id('b2') } as const;
/** Saturday 16 January 2027, 22:20 CET: the load runs since 20:10, planned 20:00 to 22:00. */
export const NOW = at('2027-01-16T21:20Z');

function id(end: string): string {
  return `00000000-0000-4000-8000-${end.padStart(12, '0')}`;
}

export function schedule(chapter: string, iteration: string, fields: Partial<ChapterSchedule> = {}): ChapterSchedule {
  return {
    id: scheduleId(iteration, chapter),
    rev: 1,
    chapter_id: chapter,
    iteration_id: iteration,
    planned_start: at('2027-01-16T19:00Z'),
    planned_end: at('2027-01-16T21:00Z'),
    fixed_start: false,
    actual_start: null,
    actual_end: null,
    status: 'pending',
    note: '',
    decision: null,
    must_finish_by: null,
    ...fields,
  };
}

const iteration = (fields: Pick<Iteration, 'id' | 'code' | 'state' | 'position'>): Iteration => ({
  rev: 1,
  name: `Run ${fields.code}`,
  kind: 'RUN',
  window_start: at('2027-01-16T18:00Z'),
  window_end: at('2027-01-17T06:00Z'),
  rollback_minutes: 60,
  mail_mode: 'off',
  ...fields,
});

const chapter = (fields: Pick<Chapter, 'id' | 'code' | 'title' | 'phase_id' | 'kind' | 'position'>): Chapter => ({
  rev: 1,
  team_id: id('51'),
  site_id: null,
  success_criterion: '',
  rollback_action: '',
  labels: null,
  ...fields,
});

const ROWS: { readonly [T in TableName]?: readonly Rows[T][] } = {
  plans: [{ id: id('f'), rev: 1, code: 'DEMO', name: 'Core banking', time_zone: 'Europe/Zurich', state: 'approved' }],
  iterations: [
    iteration({ id: LIVE, code: 'RUN3', state: 'live', position: 1 }),
    iteration({ id: PLANNED, code: 'DR1', state: 'planned', position: 2 }),
  ],
  phases: [
    { id: id('92'), rev: 1, code: 'C', name: 'Weekend', position: 2 },
    { id: id('91'), rev: 1, code: 'A', name: 'Before', position: 1 },
  ],
  teams: [{ id: id('51'), rev: 1, code: 'DBA', name: 'Database team', email: null }],
  chapters: [
    chapter({ id: CHAPTERS.check, code: 'AB', title: 'Check', phase_id: id('91'), kind: 'work', position: 2 }),
    chapter({ id: CHAPTERS.load, code: 'AA', title: 'Load', phase_id: id('91'), kind: 'work', position: 1 }),
    chapter({ id: CHAPTERS.gate, code: 'CA', title: 'G1', phase_id: id('92'), kind: 'gate', position: 1 }),
    chapter({ id: CHAPTERS.open, code: 'CB', title: 'Open', phase_id: id('92'), kind: 'work', position: 2 }),
  ],
  chapter_schedules: [
    schedule(CHAPTERS.load, LIVE, { status: 'running', actual_start: at('2027-01-16T19:10Z') }),
    schedule(CHAPTERS.check, LIVE, { planned_start: at('2027-01-16T21:30Z'), planned_end: at('2027-01-17T00:45Z') }),
    schedule(CHAPTERS.gate, LIVE, { planned_start: at('2027-01-17T01:00Z'), planned_end: at('2027-01-17T01:30Z') }),
    schedule(CHAPTERS.load, PLANNED),
  ],
};

export interface SampleOptions extends Partial<Omit<PlanView, 'rows' | 'base'>> {
  readonly schedules?: readonly ChapterSchedule[];
  readonly conflicts?: readonly Conflict[];
}

export function sampleView({ schedules = [], conflicts = [], ...more }: SampleOptions = {}): PlanView {
  const maps = new Map<TableName, Map<string, unknown>>();
  for (const table of TABLE_NAMES) maps.set(table, new Map((ROWS[table] ?? []).map((row) => [row.id, row])));
  for (const row of schedules) maps.get('chapter_schedules')?.set(row.id, row);
  for (const row of conflicts) maps.get('conflicts')?.set(row.id, row);
  const rows = Object.fromEntries(maps) as unknown as RowMaps;
  return {
    planId: id('f'),
    user: { key: 'planner-a', name: 'Planner A' },
    role: 'planner',
    rev: 7,
    rows,
    base: rows,
    pendingRows: new Set(),
    queue: [],
    refused: [],
    merged: [],
    damaged: 0,
    restored: null,
    events: [],
    undo: null,
    redo: null,
    undoOf: null,
    ...more,
  };
}

export function sampleConflict(fields: Partial<Conflict> = {}): Conflict {
  const times = (shift: number) => ({
    planned_start: at('2027-01-16T21:00Z') + shift,
    planned_end: at('2027-01-17T00:15Z') + shift,
    fixed_start: false,
  });
  return {
    id: id('c1'),
    rev: 5,
    edit_id: id('e1'),
    author: 'planner-a',
    author_name: 'Planner A',
    at: Date.parse('2027-01-16T21:06Z'),
    label: 'Move AB',
    cause: 'both_moved',
    state: 'open',
    items: [
      {
        table: 'chapter_schedules',
        id: scheduleId(LIVE, CHAPTERS.check),
        unit: 'planned',
        base: times(0),
        theirs: times(15),
        mine: times(30),
        theirs_by: 'Planner B',
        theirs_at: Date.parse('2027-01-16T20:05Z'),
        theirs_rev: 4,
      },
    ],
    ops: [],
    resolution: null,
    resolved_by: null,
    ...fields,
  };
}

export function sampleSync(fields: Partial<SyncState> = {}): SyncState {
  return {
    condition: 'online',
    since: Date.parse('2027-01-16T20:14Z'),
    freshAt: Date.parse('2027-01-16T21:20:03Z'),
    missedPolls: 0,
    clockOffset: 0,
    keepsOn: 'device',
    detail: null,
    arrived: null,
    ...fields,
  };
}
