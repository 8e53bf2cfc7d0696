import { el, setAttribute, setVariable } from '../dom.ts';
import { keyed } from '../keyed.ts';
import type { PlannerLine } from './lines.ts';
import type { PlannerModel } from './model.ts';
import { type Column, mountLine } from './row.ts';
import { timeline } from './timeline.ts';

const HEADINGS: readonly (readonly [Column, string])[] = [
  ['code', 'Code'],
  ['title', 'Chapter'],
  ['team', 'Team'],
  ['start', 'Start'],
  ['end', 'End'],
  ['duration', 'Takes'],
  ['status', 'Status'],
  ['note', 'Note'],
];

/** Rows and time axis in one scroll: the columns stay at its start, the axis at its top. */
export function grid() {
  const axis = timeline();
  const all = el('input', {
    type: 'checkbox',
    class: 'mp-check',
    'data-do': 'select-all',
    'aria-label': 'Select all chapters',
  });
  const headings = HEADINGS.map(([column, text]) =>
    el('div', { class: 'mp-cell', role: 'columnheader', 'data-col': column }, text),
  );
  const headRow = el(
    'div',
    { class: 'mp-row', role: 'row', 'data-kind': 'head' },
    el(
      'div',
      { class: 'mp-cells', role: 'none' },
      el('div', { class: 'mp-cell', role: 'columnheader', 'data-col': 'select' }, all),
      ...headings,
    ),
    el(
      'div',
      { class: 'mp-cell mp-lane', role: 'columnheader', 'data-col': 'bar', 'aria-label': 'Time axis' },
      axis.head,
    ),
  );
  const body = el('div', { class: 'mp-body', role: 'rowgroup' });
  const treegrid = el(
    'div',
    { class: 'mp-grid', role: 'treegrid', 'aria-label': 'Chapters', 'aria-multiselectable': 'true' },
    el('div', { class: 'mp-head', role: 'rowgroup' }, headRow),
    body,
  );
  const canvas = el('div', { class: 'mp-canvas' }, axis.underlay, axis.nowLine, treegrid);
  const element = el('div', { class: 'mp-scroll' }, canvas);
  const updateLines = keyed<PlannerLine>(body, rowKey, mountLine);
  return {
    element,
    treegrid,
    body,
    update(model: PlannerModel, scale: number, selectedCount: number) {
      setVariable(canvas, '--axis-start', model.axis.start);
      setVariable(canvas, '--axis-length', model.axis.length);
      setVariable(canvas, '--minute', `${scale}px`);
      setAttribute(treegrid, 'aria-readonly', model.whyNotReport !== null ? 'true' : null);
      setAttribute(canvas, 'data-fixed-times', model.whyNotPlan !== null);
      const chapters = model.lines.filter(({ kind }) => kind === 'chapter').length;
      all.checked = selectedCount > 0 && selectedCount >= chapters;
      all.indeterminate = selectedCount > 0 && selectedCount < chapters;
      axis.update(model, scale);
      updateLines(model.lines);
      keepOneTabStop(body);
    },
  };
}

/** Another iteration is other rows, so that nothing half typed in one can be kept in the other. */
function rowKey(line: PlannerLine): string {
  return line.kind === 'phase' ? line.id : line.scheduleId;
}

/** The grid is one stop of the Tab key: the cell last visited, or the first. */
function keepOneTabStop(body: HTMLElement): void {
  if (body.querySelector('.mp-cell[tabindex="0"]') !== null) return;
  const first = body.querySelector('.mp-cell[data-col="title"]');
  if (first !== null) setAttribute(first, 'tabindex', 0);
}
