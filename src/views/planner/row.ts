import { drawing, el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import type { KeyedNode } from '../keyed.ts';
import { statusMark } from '../status-mark.ts';
import { bar } from './bar.ts';
import type { ChapterLine, PhaseLine, PlannerLine } from './lines.ts';

/** Names of the columns, in order; each cell carries its own as `data-col`. */
export const COLUMNS = [
  'select',
  'code',
  'title',
  'team',
  'start',
  'end',
  'duration',
  'status',
  'note',
  'bar',
] as const;
export type Column = (typeof COLUMNS)[number];
export const EDITABLE: readonly Column[] = ['start', 'end', 'duration', 'status', 'note'];

const CHEVRON = 'M6 4l4 4l-4 4';
const NOTE = ['M3 3h10v7l-3 3H3z', 'M10 13v-3h3', 'M5.5 6h5', 'M5.5 8.5h3'];
const LOCK = ['M4.5 7.5h7v5h-7z', 'M6 7.5V5.5a2 2 0 0 1 4 0v2'];

export function mountLine(line: PlannerLine): KeyedNode<PlannerLine> {
  return line.kind === 'phase' ? mountPhase(line) : mountChapter(line);
}

function cell(column: Column, ...children: (Node | string)[]): HTMLElement {
  return el('div', { class: 'mp-cell', role: 'gridcell', 'data-col': column, tabindex: -1 }, ...children);
}

function frameRow(line: PlannerLine, cells: readonly HTMLElement[], lane: HTMLElement): HTMLElement {
  const level = line.kind === 'phase' ? 1 : 2;
  return el(
    'div',
    { class: 'mp-row', role: 'row', 'data-kind': line.kind, 'data-id': line.id, 'aria-level': level },
    el('div', { class: 'mp-cells', role: 'none' }, ...cells),
    lane,
  );
}

function mountPhase(line: PhaseLine): KeyedNode<PlannerLine> {
  const code = el('span', { class: 'mp-text' });
  const title = el('span', { class: 'mp-text' });
  const start = el('span', { class: 'mp-text' });
  const end = el('span', { class: 'mp-text' });
  const duration = el('span', { class: 'mp-text' });
  const progress = el('span', { class: 'mp-text' });
  const toggle = cell('select', drawing('mp-icon mp-chevron', CHEVRON));
  setAttribute(toggle, 'data-do', 'toggle');
  const summary = el('div', { class: 'mp-phase-bar' });
  const lane = cell('bar', summary);
  lane.classList.add('mp-lane');
  const cells = [
    toggle,
    cell('code', code),
    cell('title', title),
    cell('team'),
    cell('start', start),
    cell('end', end),
    cell('duration', duration),
    cell('status', progress),
    cell('note'),
  ];
  const element = frameRow(line, cells, lane);
  return {
    element,
    update(next) {
      if (next.kind !== 'phase') return;
      setAttribute(element, 'aria-expanded', next.isCollapsed ? 'false' : 'true');
      setAttribute(toggle, 'aria-label', next.isCollapsed ? `Open ${next.title}` : `Close ${next.title}`);
      setText(code, next.code);
      setText(title, next.title);
      setText(start, next.start);
      setText(end, next.end);
      setText(duration, next.duration);
      setText(progress, next.progress);
      setAttribute(summary, 'data-status', next.status);
      setShown(summary, next.bar !== null);
      if (next.bar !== null) {
        setVariable(summary, '--start', next.bar.start);
        setVariable(summary, '--length', next.bar.length);
      }
    },
  };
}

function mountChapter(line: ChapterLine): KeyedNode<PlannerLine> {
  const check = el('input', { type: 'checkbox', class: 'mp-check', tabindex: -1, 'data-do': 'select' });
  const code = el('span', { class: 'mp-text' });
  const title = el('span', { class: 'mp-text' });
  const pending = el('span', { class: 'mp-pending', hidden: true });
  const team = el('span', { class: 'mp-text' });
  const lock = el('span', { class: 'mp-lock', title: 'Fixed start', hidden: true }, drawing('mp-icon', ...LOCK));
  const start = el('span', { class: 'mp-text' });
  const schedule = el(
    'button',
    {
      type: 'button',
      class: 'mp-button',
      'data-size': 'small',
      'data-tone': 'outline',
      'data-do': 'times',
      tabindex: -1,
    },
    'Schedule',
  );
  const end = el('span', { class: 'mp-text' });
  const duration = el('span', { class: 'mp-text' });
  const mark = statusMark();
  const late = el('span', { class: 'mp-late' });
  const note = el('span', { class: 'mp-text' });
  const noteCell = cell('note', drawing('mp-icon mp-note-icon', ...NOTE), note);
  const shape = bar();
  const lane = cell('bar', ...shape.elements);
  lane.classList.add('mp-lane');
  const cells = {
    select: cell('select', check),
    code: cell('code', code),
    title: cell('title', title, lock, pending),
    team: cell('team', team),
    start: cell('start', start, schedule),
    end: cell('end', end),
    duration: cell('duration', duration),
    status: cell('status', mark.element, late),
    note: noteCell,
  };
  const element = frameRow(line, Object.values(cells), lane);
  let shown: ChapterLine | null = null;
  for (const column of EDITABLE) {
    if (column !== 'bar') setAttribute(cells[column as keyof typeof cells], 'data-do', 'edit');
  }
  return {
    element,
    update(next) {
      if (next.kind !== 'chapter' || next === shown) return;
      shown = next;
      setAttribute(element, 'aria-selected', String(next.isSelected));
      setAttribute(element, 'data-pending', next.pending !== null);
      setAttribute(element, 'data-conflict', next.willConflict);
      setAttribute(element, 'data-unscheduled', next.schedule === null);
      check.checked = next.isSelected;
      setAttribute(check, 'aria-label', `Select ${next.code}`);
      setText(code, next.code);
      setText(title, next.title);
      setAttribute(cells.title, 'title', next.title);
      setShown(pending, next.pending !== null);
      setText(pending, next.willConflict ? 'to decide' : 'kept');
      setAttribute(pending, 'title', next.pending);
      setText(team, next.team);
      setText(start, next.start);
      setShown(lock, next.isFixed);
      setShown(schedule, next.schedule === null);
      setAttribute(schedule, 'aria-label', `Schedule ${next.code}`);
      setText(end, next.end);
      setText(duration, next.duration);
      setShown(mark.element, next.status !== null);
      if (next.status !== null) mark.update(next.status);
      setText(late, next.late);
      setText(note, next.note);
      setAttribute(noteCell, 'data-filled', next.note !== '');
      setAttribute(noteCell, 'title', next.note === '' ? 'Add a note' : next.note);
      setAttribute(noteCell, 'aria-label', next.note === '' ? 'No note' : `Note: ${next.note}`);
      shape.update(next);
    },
  };
}
