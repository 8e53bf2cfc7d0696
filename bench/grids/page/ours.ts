/** Our planner over a plan that is in memory already, as the rows of the others are; nothing is stored or sent. */
import { Base } from '../../../src/store/base.ts';
import { type Chapter, type ChapterSchedule, type Dependency, type Row, scheduleId } from '../../../src/store/rows.ts';
import { TABLE_NAMES, type TableName } from '../../../src/store/schema.ts';
import type { PlanStore, RowMaps } from '../../../src/store/view.ts';
import { sampleView } from '../../../src/testing/sample-view.ts';
import type { ViewDeps } from '../../../src/views/deps.ts';
import { mountPlanner } from '../../../src/views/planner/planner.ts';
import { type GridRow, WINDOW_MINUTES, WINDOW_START } from './grid-rows.ts';
import { takeStage } from './stage.ts';

const ITERATION = id(9, 1);

/** Joined, so that it is one text in memory, as what came in a reply is. */
function id(kind: number, index: number): string {
  return [String(kind).padStart(8, '0'), '0000', '4000', '8000', index.toString(16).padStart(12, '0')].join('-');
}

/** The rows as a replica holds what the server sent. */
function planOf(rows: readonly GridRow[]): RowMaps {
  const tables = new Map<TableName, Map<string, Row>>(TABLE_NAMES.map((table) => [table, new Map()]));
  const put = (table: TableName, row: { readonly id: string }) => tables.get(table)?.set(row.id, row as Row);
  put('plans', { id: id(1, 1), code: 'BENCH', name: 'Bench', time_zone: 'Europe/Zurich', state: 'approved' } as never);
  put('iterations', {
    id: ITERATION,
    rev: 1,
    code: 'DR1',
    name: 'Dress rehearsal',
    kind: 'DR',
    window_start: WINDOW_START,
    window_end: WINDOW_START + WINDOW_MINUTES,
    state: 'planned',
    rollback_minutes: 60,
    position: 1,
    mail_mode: 'off',
  } as never);
  for (const { index, code, title, team, start, end, status, phase, after } of rows) {
    if (phase === null) {
      put('phases', { id: id(2, index), rev: 1, code, name: title, position: index } as never);
      continue;
    }
    const teamId = id(3, Number(team.slice(1)));
    put('teams', { id: teamId, rev: 1, code: team, name: team, email: null } as never);
    const chapter: Chapter = {
      id: id(4, index),
      rev: 1,
      code,
      title,
      phase_id: id(2, phase),
      team_id: teamId,
      site_id: null,
      kind: 'work',
      position: index,
      success_criterion: '',
      rollback_action: '',
      labels: null,
    };
    put('chapters', chapter);
    const schedule: ChapterSchedule = {
      id: scheduleId(ITERATION, chapter.id),
      rev: 1,
      chapter_id: chapter.id,
      iteration_id: ITERATION,
      planned_start: start,
      planned_end: end,
      fixed_start: false,
      actual_start: status === 'done' ? start : null,
      actual_end: status === 'done' ? end : null,
      status,
      note: '',
      decision: null,
      must_finish_by: null,
    };
    put('chapter_schedules', schedule);
    if (after === null) continue;
    const link: Dependency = {
      id: id(5, index),
      rev: 1,
      predecessor_id: id(4, after),
      successor_id: chapter.id,
      kind: 'FS',
      lag_minutes: 0,
    };
    put('dependencies', link);
  }
  const base = new Base();
  for (const [table, { size }] of tables) {
    if (size === 0) continue;
    const all = [...(tables.get(table)?.values() ?? [])];
    const cols = Object.keys(all[0] ?? {});
    base.lay({ [table]: { cols, rows: all.map((row) => Object.values(row)) } });
  }
  return base.rows;
}

let rows: RowMaps;
const place = new Map<string, string>();

takeStage({
  prepare(given) {
    rows = planOf(given);
  },
  show(root) {
    root.className = 'mp-root';
    // A page of our own, as the others have it: in Confluence the macro leaves room for what is around it, and lifts the styles of that.
    root.dataset.page = '';
    Object.assign(root.style, { display: 'flex', flexDirection: 'column' });
    const view = { ...sampleView({ role: 'lead' }), rows, base: rows };
    const store = {
      view: () => view,
      syncState: () => ({ clockOffset: 0 }),
      subscribe: () => () => undefined,
      edit: async () => undefined,
    };
    mountPlanner(root, {
      store: store as unknown as PlanStore,
      clock: Date.now,
      newId: () => crypto.randomUUID(),
      place: {
        get: (key: string) => place.get(key) ?? null,
        set: (key: string, value: string | null) => (value === null ? place.delete(key) : place.set(key, value)),
      },
    } as unknown as ViewDeps);
  },
  scroller: (root) => root.querySelector('.mp-scroll'),
  bar: (root) => onScreen(root.querySelectorAll<HTMLElement>('.mp-row[data-kind="chapter"] .mp-bar')),
});

/** The first that the reader could take hold of: right of the columns and below the head. */
function onScreen(bars: Iterable<HTMLElement>): HTMLElement | null {
  for (const bar of bars) {
    const { x, y, width, height } = bar.getBoundingClientRect();
    if (document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.mp-bar') === bar) return bar;
  }
  return null;
}
