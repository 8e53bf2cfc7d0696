/** What clicks and keys in the planner mean. Every click has a key beside it, and the other way round. */

import { whyNotStructure } from '../../store/abilities.ts';
import type { Retimed } from '../../store/network/cascade.ts';
import { findingText } from '../../store/network/findings.ts';
import type { ChapterSchedule } from '../../store/rows.ts';
import { durationText, timeText } from '../../store/times-text.ts';
import { chooseIteration } from '../choose-iteration.ts';
import { asked } from '../dom.ts';
import type { Drafts } from '../drafts.ts';
import { isTyping } from '../keys.ts';
import { openMenu } from '../menu.ts';
import { openTab, say } from '../say.ts';
import { takeWanted } from '../wanted-draft.ts';
import { type Act, type Scheduled, setEdge, slip, takeOut } from './acts.ts';
import { snapMinutes } from './axis.ts';
import { clipboard } from './clipboard-hands.ts';
import { cellOf, cursorAt, rowOf } from './cursor.ts';
import { type editing, isTimeField } from './editing.ts';
import { filterMenu } from './filter-menu.ts';
import { openGoTo } from './go-to.ts';
import { cursorByKey } from './grid-keys.ts';
import type { HandsOptions } from './hands.ts';
import { type CascadeOf, cascadeWords, shifted } from './knock-on.ts';
import { chapterLineOf } from './model.ts';
import { selectByClick } from './select-by-click.ts';
import { structureDoor } from './structure-door.ts';
import type { TimeField } from './typed-times.ts';

export interface CommandsOptions extends HandsOptions {
  readonly edits: ReturnType<typeof editing>;
  readonly drafts: Drafts;
  /** `saying`: what is said aloud when it is kept, where the label is not enough. */
  readonly send: (act: Act, saying?: string) => void;
  readonly cascadeOf: CascadeOf;
  readonly linesFor: (rowId: string) => readonly Scheduled[];
  readonly selectedLines: () => readonly Scheduled[];
}

const DAY = 1440;

export function commands(options: CommandsOptions): void {
  const { element, store, place, table, zooms, edits, selected, collapsed, searchField } = options;
  const { model, update, send, cascadeOf, linesFor, selectedLines, showInstant } = options;

  function chapterIds(): readonly string[] {
    return model().rows.flatMap(({ kind, id }) => (kind === 'chapter' ? [id] : []));
  }

  function toggleRow(rowId: string): void {
    if (!collapsed.delete(rowId)) collapsed.add(rowId);
    update();
  }

  function select(rowId: string, isRange: boolean): void {
    selected.toggle(rowId, model().rows, isRange);
    update();
  }

  function search(text: string): void {
    place.set('search', text || null);
    searchField.value = text;
    update();
    const { all } = model().hidden;
    say(element, text === '' ? 'All chapters are shown.' : `${chapterIds().length} found, ${all} hidden.`);
  }

  function showNow(): void {
    const { now, zone } = model();
    showInstant(now);
    say(element, `Now is ${timeText(zone, now)}.`);
  }

  function showIteration(code: string): void {
    selected.clear();
    place.set('iteration', code);
    update();
    options.showStart();
    say(element, `${code} shown.`);
  }

  /** Shows a baseline, or another iteration, behind the bars; null: none. The axis may begin elsewhere then: what is seen stays. */
  function compare(id: string | null): void {
    place.set('baseline', id);
    zooms.set(zooms.zoom());
  }

  /** Leads to a chapter: opens its phase, lifts a search that hides it, and puts the cursor there. */
  function lead(chapterId: string): void {
    const phase = store.view().rows.chapters.get(chapterId)?.phase_id;
    if (phase !== undefined) collapsed.delete(phase);
    update();
    if (!model().rows.some(({ id }) => id === chapterId)) search('');
    table.focus({ rowId: chapterId, column: null });
    reveal(chapterId);
  }

  function reveal(rowId: string | undefined): void {
    const row = model().rows.find(({ id }) => id === rowId);
    const bar = row === undefined ? null : model().line(row).bar;
    if (bar !== null) zooms.show(bar.start);
  }

  /** The next finding after the chapter under the cursor, or the one before it. */
  function stepFinding(step: 1 | -1): void {
    const ids = [...new Set(model().findings.map(({ chapterId }) => chapterId))];
    const here = ids.indexOf(table.cursor()?.rowId ?? '');
    const next = ids[here < 0 && step < 0 ? ids.length - 1 : (here + step + ids.length) % ids.length];
    if (next === undefined) {
      say(element, 'There are no findings.');
      return;
    }
    lead(next);
    const words = model().findings.filter(({ chapterId }) => chapterId === next);
    const code = store.view().rows.chapters.get(next)?.code ?? '';
    say(element, `${code} ${words.map(findingText).join('; ')}.`);
  }

  /** Leads to what has to be decided about a row. */
  function decide(rowId: string): void {
    place.set('conflict', chapterLineOf(model(), rowId)?.dispute?.conflict ?? null);
    openTab(element, 'conflicts');
  }

  function mayChange(): boolean {
    return whyNotStructure(store.view()) === null;
  }

  function changeRow(rowId: string): void {
    void parts.enter(({ change }) => change(rowId));
  }

  /** What anybody can do to a row. */
  function rowItems(rowId: string) {
    const line = chapterLineOf(model(), rowId);
    const lines = linesFor(rowId);
    const times = {
      label: lines.length > 1 ? `Times of ${lines.length} chapters…` : 'Times…',
      hint: 'T',
      whyNot: model().whyNotPlan,
      act: () => setTimes(rowId),
    };
    const iteration = model().iteration?.code ?? '';
    const out = {
      label: `Take ${lines.length > 1 ? `${lines.length} chapters` : line?.code} out of ${iteration}`,
      whyNot: model().whyNotPlan,
      act: () => send(takeOut(lines, iteration)),
    };
    const decision = { label: `Decide about ${line?.code}…`, whyNot: null, act: () => decide(rowId) };
    return [line?.dispute && decision, line && times, lines.length > 0 && out].filter((item) => !!item);
  }

  function fit(): void {
    const spans = selectedLines().map(({ schedule }) => schedule);
    if (spans.length === 0) {
      zooms.set('fit');
      return;
    }
    const start = spans.reduce((least, { planned_start }) => Math.min(least, planned_start), Number.POSITIVE_INFINITY);
    const end = spans.reduce((most, { planned_end }) => Math.max(most, planned_end), 0);
    zooms.toSpan({ start, length: end - start });
  }

  const parts = structureDoor({
    element,
    store,
    newId: options.newId,
    drafts: options.drafts,
    now: () => model().now,
    iteration: () => model().iteration,
    show: showIteration,
    compared: () => model().compared?.id ?? null,
    compare,
    send,
    lead,
    follow(rowId) {
      collapsed.delete(store.view().rows.chapters.get(rowId)?.phase_id ?? '');
      update();
      table.focus({ rowId, column: table.cursor()?.column ?? null });
    },
    meant: (rowId) => (selected.ids.has(rowId) ? chapterIds().filter((id) => selected.ids.has(id)) : [rowId]),
  });

  const clicks: { readonly [name: string]: (target: HTMLElement, rowId: string, event: MouseEvent) => void } = {
    edit: (target, _, event) => {
      if (!(event.target instanceof HTMLInputElement)) edits.editCell(target);
    },
    times: (_, rowId) => (rowId === '' ? edits.setTimesOf(selectedLines()) : setTimes(rowId)),
    decide: (_, rowId) => decide(rowId),
    toggle: (_, rowId) => toggleRow(rowId),
    select: (_, rowId, { shiftKey }) => select(rowId, shiftKey),
    'select-all': selectAll,
    clear: clearSelection,
    'from-here-on': () => fromHereOn(selectedLines()),
    slip: () => edits.slip(selectedLines()),
    status: (target) => edits.changeStatus(target, selectedLines()),
    previous: (target) => chooseIteration(target, model(), showIteration),
    following: (target) => chooseIteration(target, model(), showIteration),
    'choose-iteration': (target) => chooseIteration(target, model(), showIteration),
    now: showNow,
    reveal: (_, rowId) => reveal(rowId),
    filter: (target) =>
      filterMenu(target, { store, drafts: options.drafts, search: () => place.get('search') ?? '', onSearch: search }),
    'clear-search': () => search(''),
    'hide-baseline': () => compare(null),
    plan: (target) => void parts.enter(({ openPlanMenu }) => openPlanMenu(target, table.cursor()?.rowId)),
    findings: () => {
      place.set('findings', place.get('findings') === null ? 'open' : null);
      update();
    },
    finding: ({ dataset }) => lead(dataset.id ?? ''),
    variance: toggleVariance,
    'fit-selection': fit,
    zoom: ({ dataset }) => zooms.set(dataset.value ?? 'fit'),
    layout: ({ dataset }) => {
      place.set('layout', dataset.value ?? null);
      layOut();
    },
  };

  /** Other columns: their room is known once they are in the page. */
  function layOut(): void {
    update();
    table.measure();
    update();
  }

  function toggleVariance(): void {
    const isShown = place.get('variance') !== null;
    place.set('variance', isShown ? null : 'shown');
    layOut();
    say(element, isShown ? 'Variance hidden.' : 'Variance shown.');
  }

  /** Keys that mean the same wherever the focus is in the planner, but for fields. */
  const keys: { readonly [key: string]: () => unknown } = {
    n: showNow,
    f: fit,
    '+': () => zooms.by(1.5),
    '-': () => zooms.by(1 / 1.5),
    '[': () => zooms.scrollBy(-DAY),
    ']': () => zooms.scrollBy(DAY),
    g: () => openGoTo(element, model(), showInstant),
    j: () => stepFinding(1),
    k: () => stepFinding(-1),
    v: toggleVariance,
    '/': () => searchField.select(),
    // Also on the bar that says what to do with them.
    m: () => edits.slip(selectedLines()),
    h: () => selected.ids.size > 0 && fromHereOn(selectedLines()),
    t: () => edits.setTimesOf(selectedLines()),
    escape: clearSelection,
  };

  function clearSelection(): void {
    const isOnItsBar = document.activeElement?.closest('.mp-selection') !== null;
    selected.clear();
    update();
    const cursor = table.cursor();
    if (isOnItsBar && cursor !== null) table.focus(cursor);
  }

  function selectAll(): void {
    selected.setAll(chapterIds());
    update();
    say(element, `${selected.ids.size} selected.`);
  }

  /** Keys for the row under the cursor. */
  function onRowKey(rowId: string, event: KeyboardEvent): boolean {
    const { key } = event;
    const cell = cellOf(event.target);
    const column = cell?.dataset.col ?? '';
    const line = chapterLineOf(model(), rowId);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (key === 'Enter' || key === 'F2') {
      if (isNamed(cell) && mayChange()) changeRow(rowId);
      else if (line === null) toggleRow(rowId);
      else if (cell?.dataset.do === 'edit') edits.editCell(cell);
      else if (column === 'select') select(rowId, false);
      else edits.setTimes(line);
    } else if (key === ' ' && line !== null) select(rowId, event.shiftKey);
    else if (event.altKey && /^Arrow(Left|Right)$/.test(key)) nudge(rowId, event);
    else if (key === 'Escape' && selected.ids.size > 0) clearSelection();
    else if (key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      selectAll();
    } else if (key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) && !event.altKey) {
      edits.fillDown({ rowId, column: column || null });
    } else if (isPlain && isTimeField(column) && cell && /^[\d+−-]$/.test(key)) edits.editCell(cell, key);
    else if (isPlain && line !== null && TIME_KEYS[key.toLowerCase()])
      editTimes(rowId, TIME_KEYS[key.toLowerCase()] as TimeField);
    else if (isPlain && key.toLowerCase() === 'm') {
      const lines = selectedLines();
      edits.slip(lines.length > 0 ? lines : linesFor(rowId));
    } else if (isPlain && key.toLowerCase() === 'h') fromHereOn(linesFor(rowId));
    else if (isPlain && key.toLowerCase() === 't' && line !== null) setTimes(rowId);
    else return parts.onKey(rowId, event);
    return true;
  }

  function editTimes(rowId: string, field: TimeField): void {
    const lines = linesFor(rowId);
    if (lines.length > 1) edits.setTimesOf(lines, field);
    else editField(rowId, field);
  }

  /** All that are selected where this row is one of them; a chapter without times gets its own. */
  function setTimes(rowId: string): void {
    const [lines, line] = [linesFor(rowId), chapterLineOf(model(), rowId)];
    if (lines.length > 1) edits.setTimesOf(lines);
    else if (line !== null) edits.setTimes(line);
  }

  function editField(rowId: string, column: string): void {
    table.focus({ rowId, column });
    const cell = cellOf(document.activeElement);
    if (cell?.dataset.col === column) edits.editCell(cell);
    // The column is not shown in this layout.
    else edits.setTimes(chapterLineOf(model(), rowId) as Scheduled);
  }

  /** Alt with an arrow moves the bar by what one drag step would; Shift moves its end, Ctrl its start. */
  function nudge(rowId: string, { key, shiftKey, ctrlKey }: KeyboardEvent): void {
    // A held key repeats faster than frames come: each step starts where the one before ended.
    update();
    const [first, ...others] = linesFor(rowId);
    if (first === undefined || !edits.mayPlan()) return;
    const by = snapMinutes(zooms.scale()) * (key === 'ArrowLeft' ? -1 : 1);
    const { planned_start: start, planned_end: end } = first.schedule;
    const edge = shiftKey ? 'end' : 'start';
    const to = (shiftKey ? end : start) + by;
    if (!shiftKey && !ctrlKey) {
      const lines = [first, ...others];
      sayingMore(slip(lines, by), shifted(lines, by));
    } else if (shiftKey ? to > start : to < end) {
      sayingMore(setEdge(model().zone, first, edge, to), shifted([first], shiftKey ? 0 : by, shiftKey ? by : 0));
    } else
      say(
        element,
        `${first.code} takes ${first.duration}: it cannot be made shorter by ${durationText(Math.abs(by))}.`,
      );
  }

  /** Nothing is pushed by a nudge, but what it breaks is said. */
  function sayingMore(act: Act, moved: readonly Retimed[]): void {
    const words = cascadeWords(cascadeOf(moved, 'only'));
    send(act, words === '' ? act.label : `${act.label}; ${words}`);
  }

  /** Selects what is yet to come from the first of these chapters on. */
  function fromHereOn(lines: readonly Scheduled[]): void {
    const start = lines.reduce(
      (least, { schedule }) => Math.min(least, schedule.planned_start),
      Number.POSITIVE_INFINITY,
    );
    const ids = model().rows.flatMap((row) =>
      row.kind === 'chapter' && row.schedule !== null && row.schedule.planned_start >= start && !isOver(row.schedule)
        ? [row.id]
        : [],
    );
    selected.set(ids);
    update();
    say(element, `${ids.length} selected.`);
  }

  selectByClick(options);
  element.addEventListener('click', (event) => {
    const target = asked(event, element);
    if (target === null) return;
    const hadFocus = document.activeElement === target;
    clicks[target.dataset.do ?? '']?.(target, rowOf(target)?.dataset.id ?? '', event);
    if (hadFocus && !target.checkVisibility()) focusInPlaceOf(target);
  });
  element.addEventListener('dblclick', ({ target }) => {
    const shape = (target as Element).closest('.mp-bar, .mp-gate');
    const line = shape === null ? null : chapterLineOf(model(), rowOf(shape)?.dataset.id);
    if (line !== null) edits.setTimes(line);
    const cell = cellOf(target);
    if (isNamed(cell)) changeRow(rowOf(cell)?.dataset.id ?? '');
  });
  // Also the menu key and Shift+F10, on the row that has the focus.
  element.addEventListener('contextmenu', (event) => {
    const anchor = cellOf(event.target) ?? rowOf(event.target);
    const rowId = rowOf(anchor)?.dataset.id ?? '';
    const items = rowItems(rowId);
    // A text being typed has the browser's own menu.
    if (anchor === null || (items.length === 0 && !mayChange()) || anchor.querySelector('input:focus, textarea:focus'))
      return;
    event.preventDefault();
    void parts.enter((structure) => openMenu(anchor, 'Row', [...items, ...structure.rowItems(rowId)]));
  });
  element.addEventListener('keydown', (event) => {
    const target = event.target as Element;
    if (isTyping(target)) return;
    const cursor = target.matches('.mp-body :is(.mp-row, .mp-cell)') ? cursorAt(target) : null;
    if (cursor !== null) {
      const isOpen = ({ id }: { readonly id: string }) => !collapsed.has(id);
      const page = Math.max(1, Math.floor(table.room.height / table.room.row) - 2);
      const next = cursorByKey({ rows: model().rows, columns: table.columns(), isOpen, page }, cursor, event);
      if (next === 'toggle') toggleRow(cursor.rowId);
      else if (next !== null) {
        table.focus(next);
        if (next.column === 'bar') reveal(next.rowId);
        if (event.shiftKey && next.rowId !== cursor.rowId) extend(cursor.rowId, next.rowId);
      } else if (!onRowKey(cursor.rowId, event) && !runKey(event)) return;
    } else if (!runKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function runKey(event: KeyboardEvent): boolean {
    const command = keys[event.key.toLowerCase()];
    if (event.key === 'Escape' && selected.ids.size === 0) return false;
    if (command === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    command();
    return true;
  }

  /** What went away by its own click had the focus: what opens it again has it then, else the grid. */
  function focusInPlaceOf(target: HTMLElement): void {
    const same = element.querySelectorAll<HTMLElement>(`[data-do="${target.dataset.do}"]`);
    const other = [...same].find((each) => each.checkVisibility());
    const cursor = table.cursor();
    if (other !== undefined) other.focus();
    else if (cursor !== null) table.focus(cursor);
  }

  /** Shift with an arrow selects what it passes. */
  function extend(from: string, to: string): void {
    selected.extend(from, to, model().rows);
    update();
  }

  clipboard(options);

  /** Opens the form in which something waits that the reader asked for. */
  function openWanted(): void {
    const wanted = takeWanted();
    if (wanted === null) return;
    const { kind, id } = wanted;
    const { rows } = store.view();
    update();
    const chapterId = rows.chapter_schedules.get(id)?.chapter_id ?? (rows.chapters.has(id) ? id : null);
    if (chapterId !== null && !kind.startsWith('new ')) lead(chapterId);
    const line = chapterLineOf(model(), chapterId ?? '');
    if (isTimeField(kind) && chapterId !== null) editField(chapterId, kind);
    else if (kind === 'note' && chapterId !== null) editNote(chapterId);
    else if (kind === 'move' && chapterId !== null) edits.slip(linesFor(chapterId));
    else if (kind.startsWith('times in ') && line !== null) edits.setTimes(line);
    else if (kind === 'chapter' || kind === 'phase') changeRow(id);
    else void parts.enter(({ openDraft }) => openDraft(kind, id));
  }

  function editNote(rowId: string): void {
    table.focus({ rowId, column: 'note' });
    const cell = cellOf(document.activeElement);
    if (cell?.dataset.col === 'note') edits.editCell(cell);
  }

  element.addEventListener('mp-draft-wanted', openWanted);
  openWanted();

  searchField.addEventListener('input', () => search(searchField.value));
  searchField.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') search('');
    const cursor = table.cursor();
    if (cursor !== null) table.focus(cursor);
  });
}

/** A cell that tells what a row is, and not when. */
function isNamed(cell: HTMLElement | null): boolean {
  return ['code', 'title', 'team'].includes(cell?.dataset.col ?? '');
}

function isOver({ status }: ChapterSchedule): boolean {
  return status === 'done' || status === 'skipped';
}

const TIME_KEYS: { readonly [key: string]: TimeField | undefined } = { s: 'start', e: 'end', d: 'duration' };
