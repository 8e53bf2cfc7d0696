import { el, frame, later, setAttribute, setVariable } from '../dom.ts';
import { openPopups } from '../open-popups.ts';
import { arrows } from './arrows.ts';
import { type Cursor, cursorAt, rowOf } from './cursor.ts';
import type { PlannerModel, PlannerRow } from './model.ts';
import { recycled } from './recycled.ts';
import { COLUMNS, type Column, type ShownRow } from './row.ts';
import { timeline } from './timeline.ts';

const HEADINGS: { readonly [C in Column]?: string } = {
  code: 'Code',
  title: 'Chapter',
  team: 'Team',
  start: 'Start',
  end: 'End',
  duration: 'Takes',
  slack: 'Slack',
  variance: 'Variance',
  status: 'Status',
  note: 'Note',
};

/** What paper.css leaves for the axis beside the columns, in CSS pixels. */
const PAPER_AXIS_PIXELS = 27 * 16;

/** Rows beyond the edges of the screen that are there already when they scroll in: where the scroll goes to, and behind it. */
const ROWS_AHEAD = 6;
const ROWS_BEHIND = 2;

/** So long after its last frame a scroll rests. */
const REST_MS = 150;

/**
 * Rows and time axis in one scroll: the columns stay at its start, the axis at its top. Only the rows on screen are in
 * the page, and those where the reader is or has something open, so that focus and a half-typed text outlive every scroll.
 */
export function grid() {
  const axis = timeline();
  const links = arrows();
  axis.underlay.append(links.element);
  const all = el('input', {
    type: 'checkbox',
    class: 'mp-check',
    'data-do': 'select-all',
    'aria-label': 'Select all chapters',
    tabindex: -1,
  });
  const headings = COLUMNS.slice(0, -1).map((column) =>
    el('div', { class: 'mp-cell', role: 'columnheader', 'data-col': column }, HEADINGS[column] ?? all),
  );
  const headCells = el('div', { class: 'mp-cells', role: 'none' }, ...headings);
  const headLane = el(
    'div',
    { class: 'mp-cell mp-lane', role: 'columnheader', 'data-col': 'bar', 'aria-label': 'Time axis' },
    axis.head,
  );
  const headRow = el(
    'div',
    { class: 'mp-row', role: 'row', 'data-kind': 'head', 'aria-rowindex': 1 },
    headCells,
    headLane,
  );
  const head = el('div', { class: 'mp-head', role: 'rowgroup' }, headRow);
  const body = el('div', { class: 'mp-body', role: 'rowgroup' });
  const treegrid = el(
    'div',
    { class: 'mp-grid', role: 'treegrid', 'aria-label': 'Chapters', 'aria-multiselectable': 'true' },
    head,
    body,
  );
  const canvas = el('div', { class: 'mp-canvas' }, axis.underlay, axis.nowLine, treegrid);
  const element = el('div', { class: 'mp-scroll', tabindex: -1 }, canvas);
  const nodes = recycled(body);
  const room = { row: 1, columns: 0, width: 240, height: 0, head: 0 };
  let shown: Drawn | null = null;
  let cursor: Cursor | null = null;
  let tabStop: HTMLElement | null = null;
  let lastStop = 0;
  let lastTop = 0;
  let isUpward = false;
  let isPrinting = false;

  /** How much room there is: true where it is other than it was. */
  function measure(): boolean {
    const before = Object.values(room).join();
    const count = shown?.model.rows.length ?? 0;
    if (count > 0) room.row = body.getBoundingClientRect().height / count;
    room.columns = headCells.checkVisibility() ? headCells.offsetWidth : 0;
    room.width = Math.max(240, element.clientWidth - room.columns);
    room.height = element.clientHeight;
    room.head = head.offsetHeight;
    return Object.values(room).join() !== before;
  }

  /** As long and as wide as the plan is, before its rows are there. */
  function stretch(model: PlannerModel, scale: number): void {
    shown = { model, scale };
    setVariable(canvas, '--axis-start', model.axis.start);
    setVariable(canvas, '--axis-length', model.axis.length);
    setVariable(canvas, '--minute', `${drawnScale({ model, scale })}px`);
    setVariable(body, '--rows', model.rows.length);
  }

  /** The axis may begin earlier than it did, since somebody put a chapter there: what is looked at stays where it is. */
  function stayAt(was: Drawn, { model, scale }: Drawn): void {
    if (was.scale !== scale || was.model.iteration?.id !== model.iteration?.id) return;
    const minutes = was.model.axis.start - model.axis.start;
    if (minutes !== 0) element.scrollLeft += minutes * scale;
  }

  /** CSS pixels a minute. */
  function drawnScale({ model, scale }: Drawn): number {
    return isPrinting ? PAPER_AXIS_PIXELS / model.axis.length : scale;
  }

  /** Shows the rows and the part of the axis that the scroll stands at. */
  function draw(isOrdered = true): void {
    if (shown === null) return;
    const { model } = shown;
    const scale = drawnScale(shown);
    const { rows } = model;
    const top = element.scrollTop;
    if (top !== lastTop) isUpward = top < lastTop;
    lastTop = top;
    const [above, below] = isUpward ? [ROWS_AHEAD, ROWS_BEHIND] : [ROWS_BEHIND, ROWS_AHEAD];
    const from = isPrinting ? 0 : Math.max(0, Math.floor(top / room.row) - above);
    // As many at any time, so that what scrolls in finds an element that scrolls out.
    const seenRows = Math.ceil((room.height - room.head) / room.row) + 1;
    const until = isPrinting ? rows.length : Math.floor(top / room.row) + seenRows + below;
    const seen = isPrinting
      ? model.axis
      : { start: model.axis.start + element.scrollLeft / scale, length: room.width / scale };
    const shownRow = (row: PlannerRow, index: number): ShownRow => ({
      row,
      model,
      index,
      top: index * room.row,
      seen,
      scale,
    });
    const hadFocus = body.contains(document.activeElement);
    let stop = rows[lastStop]?.id === cursor?.rowId ? lastStop : rows.findIndex(({ id }) => id === cursor?.rowId);
    if (stop < 0) {
      // The row is gone: closed, searched away or removed. The one in its place takes over.
      stop = Math.min(lastStop, rows.length - 1);
      cursor = rows[stop] === undefined ? null : { rowId: (rows[stop] as PlannerRow).id, column: null };
    }
    lastStop = Math.max(0, stop);
    const outside = [...new Set([stop, ...rowsWithPopups(rows)])].sort((a, b) => a - b);
    const items = [
      ...outside.filter((index) => index < from),
      ...rows.slice(from, until).map((_, i) => from + i),
      ...outside.filter((index) => index >= until),
    ].flatMap((index) => {
      const row = rows[index];
      return row === undefined ? [] : [shownRow(row, index)];
    });
    axis.update(model, scale, seen);
    nodes.show({ rows: items, keptId: cursor?.rowId ?? null, isOrdered });
    drawLinks();
    keepOneTabStop();
    if (hadFocus && !body.contains(document.activeElement)) elementAt()?.focus({ preventScroll: true });
  }

  function drawLinks(): void {
    if (shown !== null) links.update(shown.model, cursor?.rowId ?? null, { scale: shown.scale, ...room });
  }

  /** The grid is one stop of the Tab key: where the reader was last, or the first row. */
  function keepOneTabStop(): void {
    const stop = elementAt();
    if (stop === tabStop) return;
    if (tabStop !== null) setAttribute(tabStop, 'tabindex', -1);
    if (stop !== null) setAttribute(stop, 'tabindex', 0);
    tabStop = stop;
  }

  function elementAt(): HTMLElement | null {
    if (cursor === null) return null;
    const row = body.querySelector<HTMLElement>(`.mp-row[data-id="${cursor.rowId}"]`);
    return cursor.column === null ? row : (row?.querySelector<HTMLElement>(`[data-col="${cursor.column}"]`) ?? row);
  }

  /** Scrolls as little as it takes to bring a row to the screen. */
  function showRow(rowId: string): void {
    const index = shown?.model.rows.findIndex(({ id }) => id === rowId) ?? -1;
    if (index < 0) return;
    const [top, bottom] = [index * room.row, (index + 1) * room.row + room.head - room.height];
    if (element.scrollTop > top) element.scrollTop = top;
    else if (element.scrollTop < bottom) element.scrollTop = bottom;
  }

  let stopResting = () => {};
  const onScroll = frame(() => {
    draw(false);
    stopResting();
    stopResting = later(REST_MS, draw);
  });
  element.addEventListener('scroll', onScroll.ask, { passive: true });
  body.addEventListener('pointerover', ({ target }) => nodes.of(rowOf(target))?.tell());
  body.addEventListener('focusin', ({ target }) => {
    nodes.of(rowOf(target))?.tell();
    const here = cursorAt(target);
    if (here === null || !(target as Element).matches('.mp-cell, .mp-row')) return;
    cursor = here;
    // Should the row go before the next drawing, the one in its place takes over.
    lastStop = shown?.model.rows.findIndex(({ id }) => id === here.rowId) ?? lastStop;
    drawLinks();
    keepOneTabStop();
  });
  let place = { top: 0, left: 0 };

  return {
    element,
    treegrid,
    body,
    underlay: axis.underlay,
    room: room as Readonly<typeof room>,
    cursor: () => cursor,
    measure,
    stretch,
    showRow,
    /** Moves the cursor and the focus there, and brings the row to the screen. */
    focus(next: Cursor): void {
      cursor = next;
      showRow(next.rowId);
      draw();
      elementAt()?.focus({ preventScroll: true });
    },
    /** As it goes to paper – all rows, the whole axis – or as it is on the screen again. */
    print(is: boolean): void {
      isPrinting = is;
      if (is) place = { top: element.scrollTop, left: element.scrollLeft };
      if (shown !== null) stretch(shown.model, shown.scale);
      // On paper nothing scrolls, and a browser forgets where it was.
      if (!is) element.scrollTo(place);
      draw();
    },
    columns: () =>
      [...headings, headLane].filter((each) => each.checkVisibility()).map(({ dataset }) => dataset.col as string),
    update(model: PlannerModel, scale: number, selectedCount: number): void {
      const was = shown;
      stretch(model, scale);
      if (was !== null && !isPrinting) stayAt(was, { model, scale });
      setAttribute(treegrid, 'aria-rowcount', model.rows.length + 1);
      setAttribute(treegrid, 'aria-readonly', model.whyNotReport !== null ? 'true' : null);
      setAttribute(canvas, 'data-fixed-times', model.whyNotPlan !== null);
      const chapters = model.rows.filter(({ kind }) => kind === 'chapter').length;
      all.checked = selectedCount > 0 && selectedCount >= chapters;
      all.indeterminate = selectedCount > 0 && selectedCount < chapters;
      draw();
    },
    stop(): void {
      onScroll.cancel();
      stopResting();
    },
  };
}

interface Drawn {
  readonly model: PlannerModel;
  /** CSS pixels a minute. */
  readonly scale: number;
}

/** Where rows stand beside which something is open. */
function rowsWithPopups(rows: PlannerModel['rows']): readonly number[] {
  if (openPopups.size === 0) return [];
  const ids = new Set([...openPopups.keys()].map((anchor) => cursorAt(anchor)?.rowId));
  return rows.flatMap(({ id }, index) => (ids.has(id) ? [index] : []));
}
