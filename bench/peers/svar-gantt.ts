/** SVAR React Gantt (MIT), with the React it needs: its rows are virtual by default. */
import '@svar-ui/react-gantt/all.css';
import { Gantt, Willow } from '@svar-ui/react-gantt';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { COLUMNS, clockOf, WIDTHS } from '../grids/page/grid-rows.ts';
import { takeStage } from '../grids/page/stage.ts';

let plan: object = {};

takeStage({
  prepare(rows) {
    const tasks = rows.map((row) => ({
      code: row.code,
      team: row.team,
      status: row.status,
      id: row.index + 1,
      text: row.title,
      type: row.phase === null ? 'summary' : 'task',
      parent: row.phase === null ? 0 : row.phase + 1,
      open: row.phase === null,
      start: new Date(row.start * 60_000),
      end: new Date(row.end * 60_000),
    }));
    const links = rows.flatMap(({ index, after }) =>
      after === null ? [] : [{ id: index, source: after + 1, target: index + 1, type: 'e2s' }],
    );
    plan = { tasks, links };
  },
  show(root) {
    const options = {
      ...plan,
      gridWidth: COLUMNS.reduce((width, column) => width + WIDTHS[column], 0),
      cellHeight: 34,
      cellWidth: 60,
      lengthUnit: 'minute',
      durationUnit: 'hour',
      scales: [
        { unit: 'day', step: 1, format: '%D %d %M' },
        { unit: 'hour', step: 1, format: '%H:%i' },
      ],
      columns: COLUMNS.map((column) => ({
        id: column === 'title' ? 'text' : column,
        header: column,
        width: WIDTHS[column],
        template: column === 'start' || column === 'end' ? clockText : undefined,
      })),
    };
    // The theme grows with what is in it; only a box with a height makes the chart scroll, and its rows virtual.
    const box = createElement('div', { style: { height: '900px' } }, createElement(Gantt, options));
    createRoot(root).render(createElement(Willow, { fonts: false }, box));
  },
  scroller: (root) => root.querySelector('.wx-gantt'),
  bar: (root) => root.querySelector<HTMLElement>('.wx-bar.wx-task'),
});

function clockText(value: Date): string {
  return clockOf(value.getTime() / 60_000);
}
