/** What keys in the planner mean. Every key has a click beside it. */
import { isSwitchedOff, isTyping, meant, type Pressed } from '../keys.ts';
import type { Hold } from './commands.ts';
import { cellOf, cursorAt } from './cursor.ts';
import { isTimeField } from './editing.ts';
import { cursorByKey } from './grid-keys.ts';
import { chapterLineOf } from './model.ts';
import { nudging } from './nudge.ts';
import { isNamed } from './row-acts.ts';
import type { TimeField } from './typed-times.ts';

const DAY = 1440;

export function answerKeys(hold: Hold): void {
  const { element, table, zooms, edits, selected, collapsed, searchField } = hold;
  const { model, linesFor, selectedLines, shows, selects, acts, parts } = hold;
  const nudge = nudging(hold);

  /** Keys that mean the same wherever the focus is in the planner, but for fields. */
  const keys: { readonly [key: string]: () => unknown } = {
    n: shows.showNow,
    f: shows.fit,
    '+': () => zooms.by(1.5),
    '-': () => zooms.by(1 / 1.5),
    '[': () => zooms.scrollBy(-DAY),
    ']': () => zooms.scrollBy(DAY),
    g: shows.goTo,
    j: () => shows.stepFinding(1),
    k: () => shows.stepFinding(-1),
    v: shows.toggleVariance,
    '/': () => searchField.select(),
    // Also on the bar that says what to do with them.
    m: () => edits.slip(selectedLines()),
    h: () => selected.ids.size > 0 && selects.fromHereOn(selectedLines()),
    t: () => edits.setTimesOf(selectedLines()),
    escape: selects.clear,
  };

  element.addEventListener('keydown', (event) => {
    const target = event.target as Element;
    const pressed = meant(event, element);
    if (isTyping(target) || isSwitchedOff(pressed, element)) return;
    const cursor = target.matches('.mp-body :is(.mp-row, .mp-cell)') ? cursorAt(target) : null;
    if (cursor !== null) {
      const isOpen = ({ id }: { readonly id: string }) => !collapsed.has(id);
      const page = Math.max(1, Math.floor(table.room.height / table.room.row) - 2);
      const next = cursorByKey({ rows: model().rows, columns: table.columns(), isOpen, page }, cursor, pressed);
      if (next === 'toggle') shows.toggleRow(cursor.rowId);
      else if (next !== null) {
        table.focus(next);
        if (next.column === 'bar') shows.reveal(next.rowId);
        if (event.shiftKey && next.rowId !== cursor.rowId) selects.extend(cursor.rowId, next.rowId);
      } else if (!onRowKey(cursor.rowId, event, pressed) && !runKey(pressed)) return;
    } else if (!runKey(pressed)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  /** Keys for the row under the cursor. */
  function onRowKey(rowId: string, { target, key: typed }: KeyboardEvent, pressed: Pressed): boolean {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
    const cell = cellOf(target);
    const column = cell?.dataset.col ?? '';
    const line = chapterLineOf(model(), rowId);
    const isPlain = !ctrlKey && !metaKey && !altKey;
    // As in MS Project.
    if (key === 'F2' && (ctrlKey || shiftKey)) return parts.onKey(rowId, pressed);
    if (key === 'Enter' || key === 'F2') {
      if (isNamed(cell) && acts.mayChange()) acts.change(rowId);
      else if (line === null) shows.toggleRow(rowId);
      else if (cell?.dataset.do === 'edit') edits.editCell(cell);
      else if (column === 'select') selects.select(rowId, false);
      else edits.setTimes(line);
    } else if (key === ' ' && line !== null) selects.select(rowId, shiftKey);
    else if (altKey && /^Arrow(Left|Right)$/.test(key)) nudge(rowId, pressed);
    else if (key === 'Escape' && selected.ids.size > 0) selects.clear();
    else if (key.toLowerCase() === 'a' && (ctrlKey || metaKey)) {
      selects.selectAll();
    } else if (key.toLowerCase() === 'd' && (ctrlKey || metaKey) && !altKey) {
      edits.fillDown({ rowId, column: column || null });
    } else if (isPlain && isTimeField(column) && cell && /^[\d+−-]$/.test(typed)) edits.editCell(cell, typed);
    else if (isPlain && line !== null && TIME_KEYS[key.toLowerCase()])
      acts.editTimes(rowId, TIME_KEYS[key.toLowerCase()] as TimeField);
    else if (isPlain && key.toLowerCase() === 'm') {
      const lines = selectedLines();
      edits.slip(lines.length > 0 ? lines : linesFor(rowId));
    } else if (isPlain && key.toLowerCase() === 'h') selects.fromHereOn(linesFor(rowId));
    else if (isPlain && key.toLowerCase() === 't' && line !== null) acts.setTimes(rowId);
    else return parts.onKey(rowId, pressed);
    return true;
  }

  function runKey({ key, ctrlKey, metaKey, altKey }: Pressed): boolean {
    const command = keys[key.toLowerCase()];
    if (key === 'Escape' && selected.ids.size === 0) return false;
    if (command === undefined || ctrlKey || metaKey || altKey) return false;
    command();
    return true;
  }
}

const TIME_KEYS: { readonly [key: string]: TimeField | undefined } = { s: 'start', e: 'end', d: 'duration' };
