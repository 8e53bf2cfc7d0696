/** The plan of made-up histories: which rows may ever be, and what is there at first. */
import type { Op } from '../../store/edit.ts';
import { type Fields, scheduleId } from '../../store/rows.ts';
import type { TableName } from '../../store/schema.ts';
import { NOON } from './edit-values.ts';

export const PLAN_ID = '00000000-0000-4000-8000-000000000001';

// In different digits, so that no two pairs have the same derived id.
const ITERATIONS = ['1', '2', '3'].map((n) => `00000000-000${n}-4000-8000-200000000000`);
const CHAPTERS = ids('6', 5);

/** Ids of rows that exist, existed or may be made: few, so that people mean the same ones. */
export const IDS: { readonly [T in TableName]: readonly string[] } = {
  plans: [PLAN_ID],
  plan_members: ids('1', 4),
  iterations: ITERATIONS,
  phases: ids('3', 3),
  teams: ids('4', 2),
  sites: ids('5', 2),
  chapters: CHAPTERS,
  dependencies: ids('7', 6),
  chapter_schedules: ITERATIONS.flatMap((iteration) => CHAPTERS.map((chapter) => scheduleId(iteration, chapter))),
  baselines: ids('8', 2),
  no_start_windows: ids('9', 2),
  conflicts: [],
};

function ids(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `0000000${n + 1}-0000-4000-8000-${kind}00000000000`);
}

/** The first edit: a plan with something in every table. */
export function firstOps(): readonly Op[] {
  const rows: (readonly [TableName, string | undefined, Fields])[] = [
    ['plan_members', IDS.plan_members[0], { principal: 'user:lea', role: 'lead' }],
    ['plan_members', IDS.plan_members[1], { principal: 'user:pat', role: 'planner' }],
    ['phases', IDS.phases[0], { code: 'A', name: 'Prepare' }],
    ['phases', IDS.phases[1], { code: 'B', name: 'Move' }],
    ['teams', IDS.teams[0], { code: 'A', name: 'Storage' }],
    ['sites', IDS.sites[0], { code: 'A', name: 'Old', time_zone: 'Europe/Berlin' }],
    ...IDS.iterations.slice(0, 2).map((id, n) => {
      const fields = { code: `RUN${n}`, name: 'Run', kind: 'RUN', window_start: NOON, window_end: NOON + 600 };
      return ['iterations', id, fields] as const;
    }),
    ...IDS.chapters.slice(0, 4).map((id, n) => {
      return ['chapters', id, { code: `${n}`, title: 'Stop', phase_id: IDS.phases[0] ?? '' }] as const;
    }),
    ...[0, 1].map((n) => {
      const ends = { predecessor_id: IDS.chapters[n] ?? '', successor_id: IDS.chapters[n + 1] ?? '' };
      return ['dependencies', IDS.dependencies[n], ends] as const;
    }),
    ...IDS.iterations.slice(0, 2).flatMap((iteration_id) =>
      IDS.chapters.slice(0, 3).map((chapter_id) => {
        const fields = { iteration_id, chapter_id, planned_start: NOON, planned_end: NOON + 60 };
        return ['chapter_schedules', scheduleId(iteration_id, chapter_id), fields] as const;
      }),
    ),
  ];
  return rows.map(([table, id, row]) => ({ op: 'insert', table, id: id ?? '', row }));
}
