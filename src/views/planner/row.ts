import { durationText } from '../../store/times-text.ts';
import { drawing, el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { statusMark } from '../status-mark.ts';
import { bar } from './bar.ts';
import type { PlannerLine, Span } from './lines.ts';
import type { PlannerRow } from './model.ts';

/** Names of the columns, in order; each cell carries its own as `data-col`. */
export const COLUMNS = [
  'select',
  'code',
  'title',
  'team',
  'start',
  'end',
  'duration',
  'slack',
  'status',
  'note',
  'bar',
] as const;
export type Column = (typeof COLUMNS)[number];
export const EDITABLE: readonly string[] = ['start', 'end', 'duration', 'status', 'note'];

const CHEVRON = 'M6 4l4 4l-4 4';
const NOTE = ['M3 3h10v7l-3 3H3z', 'M10 13v-3h3', 'M5.5 6h5', 'M5.5 8.5h3'];
const LOCK = ['M4.5 7.5h7v5h-7z', 'M6 7.5V5.5a2 2 0 0 1 4 0v2'];
const WARNING = ['M8 2.500l6 11h-12z', 'M8 6.500v3.500', 'M8 11.700v.3'];

/** One row as it is on screen: its line, where it stands among all rows, and the part of the axis that is seen. */
export interface ShownRow {
  readonly row: PlannerRow;
  readonly line: PlannerLine;
  readonly index: number;
  readonly seen: Span;
  /** CSS pixels a minute. */
  readonly scale: number;
}

/** A row's element lives on as another row of its kind when the first one scrolls out: `update` makes it that row. */
export interface RowNode {
  readonly element: HTMLElement;
  readonly update: (shown: ShownRow) => void;
}

export function mountRow(kind: PlannerRow['kind']): RowNode {
  const { element, update, chevron, setRoom } = kind === 'phase' ? mountPhase() : mountChapter();
  let shown: PlannerLine | null = null;
  return {
    element,
    update({ row, line, index, seen, scale }) {
      // Not a custom property: those are inherited, and every element in the row would be styled again.
      const top = `calc(${index} * var(--mp-row-size))`;
      if (element.style.insetBlockStart !== top) element.style.insetBlockStart = top;
      // The head is the first row.
      setAttribute(element, 'aria-rowindex', index + 2);
      setAttribute(element, 'aria-posinset', row.place);
      setAttribute(element, 'aria-setsize', row.among);
      pointTo(chevron, line.bar, seen);
      setRoom?.((line.bar?.length ?? 0) * scale);
      if (line === shown) return;
      setAttribute(element, 'data-id', row.id);
      update(line, shown?.id === line.id ? shown : null);
      shown = line;
    },
  };
}

interface Mounted {
  readonly element: HTMLElement;
  readonly chevron: HTMLElement;
  /** Told how many CSS pixels its bar has. */
  readonly setRoom?: (pixels: number) => void;
  /** `before` is what the same row showed last; null where the element was another row. */
  readonly update: (line: PlannerLine, before: PlannerLine | null) => void;
}

function cell(column: Column, ...children: (Node | string)[]): HTMLElement {
  return el('div', { class: 'mp-cell', role: 'gridcell', 'data-col': column, tabindex: -1 }, ...children);
}

function text(): HTMLElement {
  return el('span', { class: 'mp-text' });
}

function frameRow(kind: PlannerRow['kind'], cells: readonly HTMLElement[], shapes: readonly HTMLElement[]) {
  const chevron = el('button', {
    type: 'button',
    class: 'mp-offscreen',
    'data-do': 'reveal',
    tabindex: -1,
    hidden: true,
  });
  const lane = cell('bar', ...shapes, chevron);
  lane.classList.add('mp-lane');
  const attributes = { 'data-kind': kind, 'aria-level': kind === 'phase' ? 1 : 2 };
  const element = el(
    'div',
    { class: 'mp-row', role: 'row', tabindex: -1, ...attributes },
    el('div', { class: 'mp-cells', role: 'none' }, ...cells),
    lane,
  );
  return { element, chevron };
}

/** What lies beyond the edge of the screen, and how far: `‹ 3h`. */
function pointTo(chevron: HTMLElement, bar: Span | null, seen: Span): void {
  const before = bar === null ? 0 : seen.start - bar.start - bar.length;
  const after = bar === null ? 0 : bar.start - seen.start - seen.length;
  setShown(chevron, before > 0 || after > 0);
  if (before <= 0 && after <= 0) return;
  setAttribute(chevron, 'data-side', before > 0 ? 'start' : 'end');
  const far = (minutes: number) => durationText(minutes < 1440 ? minutes : Math.round(minutes / 60) * 60);
  setText(chevron, before > 0 ? `‹ ${far(Math.round(before))}` : `${far(Math.round(after))} ›`);
}

function mountPhase(): Mounted {
  const [code, title, start, end, duration, progress] = [text(), text(), text(), text(), text(), text()];
  const toggle = cell('select', drawing('mp-icon mp-chevron', CHEVRON));
  setAttribute(toggle, 'data-do', 'toggle');
  const summary = el('div', { class: 'mp-phase-bar' });
  const cells = [
    toggle,
    cell('code', code),
    cell('title', title),
    cell('team'),
    cell('start', start),
    cell('end', end),
    cell('duration', duration),
    cell('slack'),
    cell('status', progress),
    cell('note'),
  ];
  const { element, chevron } = frameRow('phase', cells, [summary]);
  return {
    element,
    chevron,
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

function mountChapter(): Mounted {
  const check = el('input', { type: 'checkbox', class: 'mp-check', tabindex: -1, 'data-do': 'select' });
  const [code, title, team, start, end, duration, slack, note] = Array.from({ length: 8 }, text) as HTMLElement[] &
    Record<0 | 1 | 2 | 3 | 4 | 5 | 6 | 7, HTMLElement>;
  const pending = el('span', { class: 'mp-pending', hidden: true });
  const decide = el('button', { type: 'button', class: 'mp-decide', 'data-do': 'decide', tabindex: -1 }, 'to decide');
  const changed = el('span', { class: 'mp-changed', role: 'img', hidden: true });
  const finding = el('span', { class: 'mp-finding', role: 'img', hidden: true }, drawing('mp-icon', ...WARNING));
  const lock = el('span', { class: 'mp-lock', title: 'Fixed start', hidden: true }, drawing('mp-icon', ...LOCK));
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
  const mark = statusMark();
  const late = el('span', { class: 'mp-late' });
  const variance = el('span', { class: 'mp-variance' });
  const shape = bar();
  const cells = {
    select: cell('select', check),
    code: cell('code', code),
    title: cell('title', title, finding, lock, changed, pending, decide),
    team: cell('team', team),
    start: cell('start', start, schedule),
    end: cell('end', end, variance),
    duration: cell('duration', duration),
    slack: cell('slack', slack),
    status: cell('status', mark.element, late),
    note: cell('note', drawing('mp-icon mp-note-icon', ...NOTE), note),
  };
  for (const column of EDITABLE) setAttribute(cells[column as keyof typeof cells], 'data-do', 'edit');
  const { element, chevron } = frameRow('chapter', Object.values(cells), shape.elements);
  return {
    element,
    chevron,
    setRoom: shape.setRoom,
    update(next, before) {
      if (next.kind !== 'chapter') return;
      setAttribute(element, 'aria-selected', String(next.isSelected));
      setAttribute(element, 'data-pending', next.pending !== null);
      setAttribute(element, 'data-unscheduled', next.schedule === null);
      setAttribute(element, 'data-critical', next.isCritical);
      check.checked = next.isSelected;
      setAttribute(check, 'aria-label', `Select ${next.code}`);
      setText(code, next.code);
      setText(title, next.title);
      setAttribute(cells.title, 'title', next.title);
      setHint(finding, next.finding);
      setHint(changed, next.changed);
      setShown(pending, next.pending !== null);
      setText(pending, next.isKept ? 'kept' : '…');
      setAttribute(pending, 'title', next.pending);
      setShown(decide, next.dispute !== null);
      setAttribute(decide, 'title', next.dispute?.words ?? null);
      setAttribute(decide, 'aria-label', `${next.code}: to decide`);
      setText(team, next.team);
      setText(start, next.start);
      setAttribute(start, 'title', next.siteTime || null);
      setShown(lock, next.isFixed);
      setShown(schedule, next.schedule === null);
      setAttribute(schedule, 'aria-label', `Schedule ${next.code}`);
      setText(end, next.end);
      setAttribute(variance, 'title', next.variance === '' ? null : `${next.variance} against the baseline`);
      setText(variance, next.variance);
      setText(duration, next.duration);
      setText(slack, next.slack);
      setAttribute(cells.slack, 'title', next.slackMeaning || null);
      setShown(mark.element, next.status !== null);
      if (next.status !== null) mark.update(next.status);
      setText(late, next.late);
      setText(note, next.note);
      setAttribute(cells.note, 'data-filled', next.note !== '');
      setAttribute(cells.note, 'title', next.note === '' ? 'Add a note' : next.note);
      setAttribute(cells.note, 'aria-label', next.note === '' ? 'No note' : `Note: ${next.note}`);
      shape.update(next);
      // What somebody else changed lights up once; nothing moves, and no focus is taken.
      if (before?.kind === 'chapter' && next.changed !== '' && next.schedule !== before.schedule) {
        cells.title.animate({ backgroundColor: ['var(--mp-warning)', 'transparent'] }, 3000);
      }
    },
  };
}

/** A small mark whose words are read out, and shown when pointed at. */
function setHint(mark: HTMLElement, words: string): void {
  setShown(mark, words !== '');
  setAttribute(mark, 'title', words);
  setAttribute(mark, 'aria-label', words);
}
