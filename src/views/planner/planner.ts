/** The planner: every chapter of one iteration as a row and a bar, edited in place. */
import { timeText } from '../../store/times-text.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el, everySecond, frame, setAttribute, setShown, setText } from '../dom.ts';
import { chooseIteration } from '../iteration-bar.ts';
import { closeOrphans } from '../popup.ts';
import { say } from '../say.ts';
import { submit } from '../submit.ts';
import { type Act, isScheduled, type Scheduled } from './acts.ts';
import { pixelsPerMinute, ZOOMS, type Zoom } from './axis.ts';
import { dragBars } from './drag.ts';
import { editing, isTimeField } from './editing.ts';
import { grid } from './grid.ts';
import { cellByKey, cellOf, focusCell, rowOf, setTabStop } from './grid-keys.ts';

import type { ChapterLine } from './lines.ts';
import { chapterLineOf, type PlannerModel, plannerModel } from './model.ts';
import { selection } from './selection.ts';
import { LAYOUTS, type Layout, toolbar } from './toolbar.ts';

export function mountPlanner(root: HTMLElement, { store, clock, place }: ViewDeps): Unmount {
  const bar = toolbar();
  const table = grid();
  const empty = el('p', { class: 'mp-empty', hidden: true });
  const element = el('div', { class: 'mp-planner' }, bar.element, table.element, empty, bar.selection);
  root.append(element);

  const collapsed = new Set<string>();
  const selected = selection();
  let model = read();
  const edits = editing({ element, model: () => model, linesFor, send });
  let width = 0;
  let hasShownStart = false;

  function read(): PlannerModel {
    const now = Math.floor((clock() + store.syncState().clockOffset) / 60_000);
    return plannerModel({
      view: store.view(),
      iteration: place.get('iteration'),
      now,
      collapsed,
      selected: selected.ids,
    });
  }

  function update(): void {
    model = read();
    const { zoom, layout } = shown();
    setAttribute(element, 'data-layout', layout);
    bar.update(model, { zoom, layout, selectedCount: selected.ids.size });
    table.update(model, scale(), selected.ids.size);
    closeOrphans();
    setShown(empty, model.lines.length === 0);
    setShown(table.element, model.lines.length !== 0);
    setText(empty, model.iteration === null ? 'This plan has no iteration yet.' : 'This plan has no chapter yet.');
  }

  function shown(): { readonly zoom: Zoom; readonly layout: Layout } {
    return {
      zoom: ZOOMS.find((zoom) => zoom === place.get('zoom')) ?? (model.axis.length > FITTING_MINUTES ? '4h' : 'fit'),
      layout: LAYOUTS.find((layout) => layout === place.get('layout')) ?? 'both',
    };
  }

  function scale(): number {
    return pixelsPerMinute(shown().zoom, model.axis.length, width);
  }

  /** What an act on this row means: all selected chapters where it is one of them, else it alone. */
  function linesFor(rowId: string): readonly Scheduled[] {
    const own = chapterLineOf(model, rowId);
    if (own === null) return [];
    const others = own.isSelected ? selectedLines().filter(({ id }) => id !== rowId) : [];
    return [own, ...others].filter(isScheduled);
  }

  function selectedLines(): readonly Scheduled[] {
    return model.lines
      .filter((line) => line.kind === 'chapter')
      .filter(isScheduled)
      .filter(({ isSelected }) => isSelected);
  }

  function send({ label, ops }: Act): void {
    void submit(element, store, { label, ops });
  }

  function showIteration(code: string): void {
    selected.clear();
    place.set('iteration', code);
    update();
    showStart();
    say(element, `${code} shown.`);
  }

  function showNow(): void {
    scrollTo(model.now);
    say(element, `Now is ${timeText(model.zone, model.now)}.`);
  }

  /** Brings an instant to the first third of the axis, and what is under way at it to the first rows. */
  function scrollTo(instant: number): void {
    const left = Math.max(0, (instant - model.axis.start) * scale() - width / 3);
    const index = model.lines.findIndex(
      (line) => line.kind === 'chapter' && (line.bar?.start ?? 0) + (line.bar?.length ?? 0) >= instant,
    );
    const row = table.body.children[index];
    const top = row instanceof HTMLElement ? Math.max(0, row.offsetTop - table.element.clientHeight / 3) : 0;
    table.element.scrollTo({ left, top });
  }

  function showStart(): void {
    const { iteration } = model;
    if (iteration !== null) scrollTo(iteration.state === 'live' ? model.now : iteration.window_start);
  }

  /** A page that was never here before gets its plan after it is mounted; from then on the scroll is the reader's. */
  function showStartOnce(): void {
    if (hasShownStart || model.lines.length === 0) return;
    hasShownStart = true;
    showStart();
  }

  function toggleRow(rowId: string): void {
    if (!collapsed.delete(rowId)) collapsed.add(rowId);
    update();
  }

  function select(rowId: string, isRange: boolean): void {
    const ids = model.lines.filter(({ kind }) => kind === 'chapter').map(({ id }) => id);
    selected.toggle(rowId, ids, isRange);
    update();
  }

  function onClick(event: MouseEvent): void {
    const target = asked(event, element);
    const rowId = target === null ? undefined : rowOf(target)?.dataset.id;
    const cell = cellOf(event.target);
    if (cell !== null) setTabStop(cell);
    switch (target?.dataset.do) {
      case 'edit':
        if (!(event.target instanceof HTMLInputElement)) edits.editCell(target);
        break;
      case 'times': {
        const line = chapterLineOf(model, rowId);
        if (line !== null) edits.setTimes(line);
        break;
      }
      case 'toggle':
        if (rowId !== undefined) toggleRow(rowId);
        break;
      case 'select':
        if (rowId !== undefined) select(rowId, event.shiftKey);
        break;
      case 'select-all':
        selected.setAll(model.lines.filter(({ kind }) => kind === 'chapter').map(({ id }) => id));
        update();
        break;
      case 'clear':
        selected.clear();
        update();
        break;
      case 'slip':
        edits.slip(selectedLines());
        break;
      case 'status':
        edits.changeStatus(target, selectedLines());
        break;
      case 'previous':
      case 'following':
      case 'choose-iteration':
        chooseIteration(target, model, showIteration);
        break;
      case 'now':
        showNow();
        break;
      case 'zoom':
      case 'layout':
        place.set(target.dataset.do, target.dataset.value ?? null);
        measure();
        update();
        break;
      default:
    }
  }

  function onDoubleClick(event: MouseEvent): void {
    const shape = (event.target as Element).closest('.mp-bar, .mp-gate');
    const line = shape === null ? null : chapterLineOf(model, rowOf(shape)?.dataset.id);
    if (line !== null) edits.setTimes(line);
  }

  function onKey(event: KeyboardEvent): void {
    const cell = cellOf(event.target);
    if (cell === null || event.target !== cell) return;
    const rowId = rowOf(cell)?.dataset.id ?? '';
    const line = chapterLineOf(model, rowId);
    const next = cellByKey(cell, event);
    if (next !== null) focusCell(next);
    else if (event.key === 'Enter' || event.key === 'F2') actOn(cell, rowId, line);
    else if (event.key === ' ' && line !== null) select(rowId, event.shiftKey);
    else if (event.key === 'Escape' && selected.ids.size > 0) {
      selected.clear();
      update();
    } else if (isPlainKey(event, 'm')) edits.slip(selected.ids.size > 0 ? selectedLines() : linesFor(rowId));
    else if (isPlainKey(event, 't') && line !== null) edits.setTimes(line);
    else if (isTimeField(cell.dataset.col ?? '') && /^[\d+−-]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      edits.editCell(cell, event.key);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function actOn(cell: HTMLElement, rowId: string, line: ChapterLine | null): void {
    if (line === null) toggleRow(rowId);
    else if (cell.dataset.do === 'edit') edits.editCell(cell);
    else if (cell.dataset.col === 'select') select(rowId, false);
    else edits.setTimes(line);
  }

  function measure(): void {
    const cells = table.element.querySelector<HTMLElement>('.mp-cells');
    const columns = cells?.checkVisibility() ? cells.offsetWidth : 0;
    width = Math.max(240, table.element.clientWidth - columns);
  }

  element.addEventListener('click', onClick);
  element.addEventListener('dblclick', onDoubleClick);
  element.addEventListener('keydown', onKey);
  const stopDrag = dragBars({
    root: table.element,
    zone: () => model.zone,
    scale,
    linesOf: (rowId) => (model.whyNotPlan === null ? linesFor(rowId) : []),
    onAct: send,
  });
  const next = frame(() => {
    update();
    showStartOnce();
  });
  const resized = new ResizeObserver(() => {
    measure();
    next.ask();
  });
  resized.observe(table.element);
  const unsubscribe = store.subscribe(next.ask);
  const stopClock = everySecond(() => {
    if (Math.floor((clock() + store.syncState().clockOffset) / 60_000) !== model.now) next.ask();
  });
  update();
  measure();
  update();
  showStartOnce();
  return () => {
    stopDrag();
    stopClock();
    unsubscribe();
    resized.disconnect();
    next.cancel();
    element.remove();
  };
}

/** Longer iterations open at four hours a mark: squeezed into one screen their bars would say nothing. */
const FITTING_MINUTES = 3 * 24 * 60;

function isPlainKey(event: KeyboardEvent, key: string): boolean {
  return event.key.toLowerCase() === key && !event.ctrlKey && !event.metaKey && !event.altKey;
}
