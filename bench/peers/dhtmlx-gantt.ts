/** dhtmlxGantt (MIT since 10): smart rendering, a static background, no cells a task, one parse of the whole plan. */
import 'dhtmlx-gantt/codebase/dhtmlxgantt.css';
import { gantt } from 'dhtmlx-gantt';
import { COLUMNS, clockOf, textsOf, WIDTHS } from '../grids/page/grid-rows.ts';
import { takeStage } from '../grids/page/stage.ts';

let plan: { data: object[]; links: object[] } = { data: [], links: [] };

takeStage({
  prepare(rows) {
    const data = rows.map((row) => ({
      ...textsOf(row),
      id: row.index + 1,
      text: row.title,
      type: row.phase === null ? 'project' : 'task',
      parent: row.phase === null ? 0 : row.phase + 1,
      open: true,
      start_date: new Date(row.start * 60_000),
      end_date: new Date(row.end * 60_000),
    }));
    const links = rows.flatMap(({ index, after }) =>
      after === null ? [] : [{ id: index, source: after + 1, target: index + 1, type: '0' }],
    );
    plan = { data, links };
  },
  show(root) {
    Object.assign(gantt.config, {
      smart_rendering: true,
      static_background: true,
      show_task_cells: false,
      duration_unit: 'minute',
      duration_step: 1,
      row_height: 34,
      min_column_width: 60,
      grid_width: COLUMNS.reduce((width, column) => width + WIDTHS[column], 0),
      scales: [
        { unit: 'day', step: 1, format: '%D %d %M' },
        { unit: 'hour', step: 1, format: '%H:%i' },
      ],
      columns: COLUMNS.map((column) => ({
        name: column,
        label: column,
        width: WIDTHS[column],
        tree: column === 'title',
        template: templateOf(column),
      })),
    });
    gantt.init(root);
    gantt.parse(plan);
  },
  scroller: (root) => root.querySelector('.gantt_ver_scroll'),
  bar: (root) => root.querySelector<HTMLElement>('.gantt_task_line:not(.gantt_project)'),
});

/** Dates are kept as dates; what they say is a text. */
function templateOf(column: string): ((task: { start_date: Date; end_date: Date }) => string) | undefined {
  if (column === 'start') return ({ start_date }) => clockOf(start_date.getTime() / 60_000);
  if (column === 'end') return ({ end_date }) => clockOf(end_date.getTime() / 60_000);
  return undefined;
}
