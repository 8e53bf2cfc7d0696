import { sentence } from '../../store/isolated.ts';
import { STATUS_WORDS } from '../../store/progress.ts';
import { drawing, el, setAttribute, setShown, setText } from '../dom.ts';
import { changingShape } from '../status-mark.ts';
import { bar } from './bar.ts';
import type { ChapterLine, PlannerLine, Span } from './lines.ts';
import type { PlannerModel, PlannerRow } from './model.ts';
import { offScreenMarks } from './off-screen.ts';
import { type DrawnAxis, putOnAxis } from './on-axis.ts';
import { seldom } from './seldom.ts';

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
  'variance',
  'status',
  'note',
  'bar',
] as const;
export type Column = (typeof COLUMNS)[number];
export const EDITABLE: readonly string[] = ['start', 'end', 'duration', 'status', 'note'];

const CHEVRON = 'M6 4l4 4l-4 4';
const NOTE = 'M3 3h10v7l-3 3H3zM10 13v-3h3M5.5 6h5M5.5 8.5h3';
const LOCK = 'M4.5 7.5h7v5h-7zM6 7.5V5.5a2 2 0 0 1 4 0v2';
const WARNING = 'M8 2.500l6 11h-12zM8 6.500v3.500M8 11.700v.3';

/** One row as it is on screen: where it stands among all rows of the model, and the part of the axis that is seen. */
export interface ShownRow {
  readonly row: PlannerRow;
  readonly model: PlannerModel;
  readonly index: number;
  /** CSS pixels from the first row; in these, since all else would cost more in a scroll (on-axis.ts). */
  readonly top: number;
  readonly seen: Span;
  /** CSS pixels a minute. */
  readonly scale: number;
}

/**
 * A row's element lives on as another row of its kind when the first one scrolls out: `update` makes it that row. A frame
 * of a scroll costs by the elements on screen, so a row at rest has as few as can be: texts stand straight in their cells,
 * and what few rows show is in the page for those.
 */
export interface RowNode {
  readonly element: HTMLElement;
  readonly update: (shown: ShownRow) => void;
  /** Somebody looks closer: what does not fit into its cells is told now, and until the row is another one. */
  readonly tell: () => void;
}

export function mountRow(kind: PlannerRow['kind']): RowNode {
  const { element, lane, update, setOnAxis, setTips } = kind === 'phase' ? mountPhase() : mountChapter();
  const marks = offScreenMarks(lane);
  let last: ShownRow | null = null;
  let line: PlannerLine | null = null;
  let isTold = false;

  function tell(is: boolean): void {
    if (isTold || is) setTips(is ? line : null);
    isTold = is;
  }

  return {
    element,
    tell: () => tell(true),
    update(shown) {
      const { row, model, index, top, seen, scale } = shown;
      const before = line;
      const isSameRow = row === last?.row && model === last.model;
      if (!isSameRow) line = model.line(row);
      const next = line as PlannerLine;
      if (top !== last?.top) element.style.top = `${top}px`;
      // The head is the first row.
      if (index !== last?.index) setAttribute(element, 'aria-rowindex', index + 2);
      if (row !== last?.row) {
        setAttribute(element, 'aria-posinset', row.place);
        setAttribute(element, 'aria-setsize', row.among);
        setAttribute(element, 'data-id', row.id);
      }
      if (next !== before) {
        update(next, before?.id === next.id ? before : null);
        tell(isTold && before?.id === next.id);
      }
      const { start } = model.axis;
      if (next !== before || scale !== last?.scale || start !== last.model.axis.start)
        setOnAxis(next, { start, scale });
      if (next !== before || seen.start !== last?.seen.start || seen.length !== last.seen.length)
        marks.update(next, seen);
      last = shown;
    },
  };
}

interface Mounted {
  readonly element: HTMLElement;
  readonly lane: HTMLElement;
  /** Tips of the cells; null takes them away. Set at every row that scrolls in, each would have its cell styled again. */
  readonly setTips: (line: PlannerLine | null) => void;
  /** Puts its bars there; after each `update`, and where the axis is another one. */
  readonly setOnAxis: (line: PlannerLine, axis: DrawnAxis) => void;
  /** `before` is what the same row showed last; null where the element was another row. */
  readonly update: (line: PlannerLine, before: PlannerLine | null) => void;
}

/** The title names its row to whoever hears one cell after another. */
function cell(column: Column, ...children: (Node | string)[]): HTMLElement {
  const role = column === 'title' ? 'rowheader' : 'gridcell';
  return el('div', { class: 'mp-cell', role, 'data-col': column, tabindex: -1 }, ...children);
}

/** A cell with a text. The text is a node of its own, so that writing it leaves an editor in the cell alone. */
function textCell(column: Column): HTMLElement {
  return cell(column, new Text());
}

/** Writes the text that a cell was made with. What has more characters than there is `room` for gets two lines. */
function writes(of: Element, room = Number.POSITIVE_INFINITY): (words: string) => void {
  const text = of.lastChild as Text;
  let isLong = false;
  return (words) => {
    if (text.data === words) return;
    text.data = words;
    if (words.length > room === isLong) return;
    isLong = !isLong;
    setAttribute(of, 'data-long', isLong);
  };
}

/** `Wed 17 Feb 08:00`: more has the name of its clock. */
const TIME_ROOM = 16;
const SLACK_ROOM = 8;
const DURATION_ROOM = 7;

type Cells = { readonly [C in Column]: HTMLElement };

/** Makes rows of a kind as copies of a first one: to tell each element its attributes again costs more than all the rest. */
function rowsOf(kind: PlannerRow['kind'], cellsOf: () => readonly HTMLElement[]): () => HTMLElement {
  let first: HTMLElement | null = null;
  return () => {
    first ??= frameRow(kind, cellsOf());
    return first.cloneNode(true) as HTMLElement;
  };
}

function frameRow(kind: PlannerRow['kind'], cells: readonly HTMLElement[]): HTMLElement {
  const lane = cell('bar');
  lane.classList.add('mp-lane');
  const attributes = { 'data-kind': kind, 'aria-level': kind === 'phase' ? 1 : 2 };
  return el(
    'div',
    { class: 'mp-row', role: 'row', tabindex: -1, ...attributes },
    el('div', { class: 'mp-cells', role: 'none' }, ...cells),
    lane,
  );
}

/** The cells of a row, which stand in the order of their columns. */
function cellsIn(row: HTMLElement): Cells {
  const found = [...(row.firstElementChild as Element).children, row.lastElementChild];
  return Object.fromEntries(COLUMNS.map((column, i) => [column, found[i]])) as Cells;
}

const newPhaseRow = rowsOf('phase', () => {
  const toggle = cell('select', drawing('mp-icon mp-chevron', CHEVRON));
  setAttribute(toggle, 'data-do', 'toggle');
  return [toggle, ...COLUMNS.slice(1, -1).map(textCell)];
});

function mountPhase(): Mounted {
  const element = newPhaseRow();
  const { select: toggle, code, title, start, end, duration, status, bar: lane } = cellsIn(element);
  const writeCode = writes(code);
  const writeTitle = writes(title);
  const writeStart = writes(start, TIME_ROOM);
  const writeEnd = writes(end, TIME_ROOM);
  const writeDuration = writes(duration);
  const writeProgress = writes(status);
  const summary = el('div', { class: 'mp-phase-bar' });
  lane.append(summary);
  return {
    element,
    lane,
    setTips: (line) => setAttribute(title, 'title', line?.title),
    update(next) {
      if (next.kind !== 'phase') return;
      setAttribute(element, 'aria-expanded', next.isCollapsed ? 'false' : 'true');
      setAttribute(
        toggle,
        'aria-label',
        next.isCollapsed ? sentence`Open ${next.title}` : sentence`Close ${next.title}`,
      );
      writeCode(next.code);
      writeTitle(next.title);
      writeStart(next.start);
      writeEnd(next.end);
      writeDuration(next.duration);
      writeProgress(next.progress);
      setAttribute(summary, 'data-status', next.status);
      setShown(summary, next.bar !== null);
    },
    setOnAxis(line, axis) {
      if (line.bar !== null) putOnAxis(summary, line.bar, axis);
    },
  };
}

const newChapterRow = rowsOf('chapter', () => {
  const select = cell('select', el('input', { type: 'checkbox', class: 'mp-check', tabindex: -1 }));
  setAttribute(select, 'data-do', 'select');
  const title = cell('title', el('span', { class: 'mp-text' }, new Text()));
  const plain = (['code', 'team', 'slack', 'variance'] as const).map(textCell);
  const editable = (['start', 'end', 'duration', 'status'] as const).map(textCell);
  const note = cell('note');
  for (const each of [...editable, note]) setAttribute(each, 'data-do', 'edit');
  const cells = [select, title, ...plain, ...editable, note];
  return COLUMNS.flatMap((column) => cells.find(({ dataset }) => dataset.col === column) ?? []);
});

function mountChapter(): Mounted {
  const element = newChapterRow();
  const cells = cellsIn(element);
  const { title: titleCell, team, start, end, slack, variance, status, note, bar: lane } = cells;
  const check = cells.select.firstChild as HTMLInputElement;
  const writeCode = writes(cells.code);
  const writeTitle = writes(titleCell.firstChild as Element);
  const writeTeam = writes(team);
  const writeStart = writes(start, TIME_ROOM);
  const writeEnd = writes(end, TIME_ROOM);
  const writeDuration = writes(cells.duration, DURATION_ROOM);
  const writeSlack = writes(slack, SLACK_ROOM);
  const writeVariance = writes(variance);
  const writeWord = writes(status);
  const shape = changingShape();
  status.prepend(shape.element);
  const bars = bar(lane);
  const labels = seldom(titleCell, 0, () => el('span', { class: 'mp-labels' }));
  const finding = hint(titleCell, 1, () =>
    el('span', { class: 'mp-finding', role: 'img' }, drawing('mp-icon', WARNING)),
  );
  const lock = seldom(titleCell, 2, () =>
    el(
      'span',
      { class: 'mp-lock', role: 'img', 'aria-label': 'Fixed start', title: 'Fixed start' },
      drawing('mp-icon', LOCK),
    ),
  );
  const changed = hint(titleCell, 3, () => el('span', { class: 'mp-changed', role: 'img' }));
  const pending = seldom(titleCell, 4, () => el('span', { class: 'mp-pending' }));
  const decide = seldom(titleCell, 5, () =>
    el('button', { type: 'button', class: 'mp-decide', 'data-do': 'decide', tabindex: -1 }, 'to decide'),
  );
  const schedule = seldom(start, 1, scheduleButton);
  const replanned = seldom(end, 1, () => el('span', { class: 'mp-variance' }));
  const late = seldom(status, 1, () => el('span', { class: 'mp-late' }));
  const noteIcon = seldom(note, 0, () => drawing('mp-icon mp-note-icon', NOTE));
  const noteText = seldom(note, 1, () => el('span', { class: 'mp-text' }));
  return {
    element,
    lane,
    setOnAxis(line, axis) {
      if (line.kind === 'chapter') bars.update(line, axis);
    },
    setTips(line) {
      setAttribute(titleCell, 'title', line?.kind === 'chapter' ? titleTip(line) : null);
      setAttribute(end, 'title', (line?.kind === 'chapter' && line.deadlineMeaning) || null);
      setAttribute(slack, 'title', (line?.kind === 'chapter' && line.slackMeaning) || null);
      setAttribute(variance, 'title', (line?.kind === 'chapter' && line.varianceMeaning) || null);
    },
    update(next, before) {
      if (next.kind !== 'chapter') return;
      setAttribute(element, 'aria-selected', String(next.isSelected));
      setAttribute(element, 'data-pending', next.pending !== null);
      setAttribute(element, 'data-unscheduled', next.schedule === null);
      setAttribute(element, 'data-critical', next.isCritical);
      setAttribute(element, 'aria-description', next.deadlineMeaning || null);
      if (check.checked !== next.isSelected) check.checked = next.isSelected;
      setAttribute(check, 'aria-label', `Select ${next.code}`);
      writeCode(next.code);
      writeTitle(next.title);
      finding(next.finding);
      lock(next.isFixed);
      changed(next.changed);
      const unsent = pending(next.pending !== null);
      if (unsent !== null) {
        setText(unsent, next.isKept ? 'kept' : '…');
        setAttribute(unsent, 'title', next.pending);
      }
      const dispute = decide(next.dispute !== null);
      if (dispute !== null) {
        setAttribute(dispute, 'title', next.dispute?.words ?? null);
        setAttribute(dispute, 'aria-label', `${next.code}: to decide`);
      }
      const labelled = labels(next.labels !== '');
      if (labelled !== null) setText(labelled, next.labels);
      writeTeam(next.team);
      writeStart(next.start);
      setAttribute(start, 'title', next.siteTime || null);
      const unscheduled = schedule(next.schedule === null);
      // On the cell itself: told by its row, the browser may go on styling it as it was.
      setAttribute(start, 'data-unscheduled', unscheduled !== null);
      if (unscheduled !== null) setAttribute(unscheduled, 'aria-label', `Schedule ${next.code}`);
      writeEnd(next.end);
      const later = replanned(next.replanned !== '');
      setAttribute(end, 'data-varied', later !== null);
      if (later !== null) {
        setAttribute(later, 'title', next.replannedMeaning);
        setText(later, next.replanned);
      }
      writeDuration(next.duration);
      writeSlack(next.slack);
      writeVariance(next.variance);
      setAttribute(variance, 'data-late', next.isBehind);
      shape.update(next.status);
      writeWord(next.status === null ? '' : STATUS_WORDS[next.status]);
      const lateness = late(next.late !== '');
      if (lateness !== null) setText(lateness, next.late);
      const hasNote = next.note !== '';
      noteIcon(hasNote);
      const words = noteText(hasNote);
      if (words !== null) setText(words, next.note);
      setAttribute(note, 'data-filled', hasNote);
      setAttribute(note, 'title', hasNote ? next.note : 'Add a note');
      setAttribute(note, 'aria-label', hasNote ? sentence`Note: ${next.note}` : 'No note');
      // What somebody else changed lights up once; nothing moves, and no focus is taken.
      const isNews = next.changed !== '' && before?.kind === 'chapter' && next.changed !== before.changed;
      if (isNews && next.schedule !== before.schedule) {
        titleCell.animate({ backgroundColor: ['var(--mp-warning)', 'transparent'] }, 3000);
      }
    },
  };
}

/** Both may be cut off in their cell. */
function titleTip({ title, labels }: ChapterLine): string {
  return labels === '' ? title : `${title}\n${labels}`;
}

function scheduleButton(): HTMLElement {
  return el(
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
}

/** A small mark whose words are read out, and shown when pointed at. */
function hint(parent: Element, rank: number, make: () => HTMLElement): (words: string) => void {
  const mark = seldom(parent, rank, make);
  return (words) => {
    const element = mark(words !== '');
    if (element === null) return;
    setAttribute(element, 'title', words);
    setAttribute(element, 'aria-label', words);
  };
}
