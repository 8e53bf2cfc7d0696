/** What is selected by clicks, as in a spreadsheet: with Ctrl a row or bar besides, with Shift all up to it. */
import { say } from '../say.ts';
import type { CommandsOptions } from './commands.ts';
import { cursorAt, rowOf } from './cursor.ts';
import { TREMBLE } from './drag.ts';

export function selectByClick({ element, table, selected, model, update }: CommandsOptions): void {
  let pressed = { x: 0, y: 0 };

  function isMeant({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
    const isChapter = rowOf(target)?.dataset.kind === 'chapter';
    return isChapter && button === 0 && (ctrlKey || metaKey || shiftKey) && !isControl(target as Element);
  }

  element.addEventListener('pointerdown', ({ clientX: x, clientY: y }) => {
    pressed = { x, y };
  });
  // Else the browser would mark the texts between.
  element.addEventListener('mousedown', (event) => {
    if (isMeant(event)) event.preventDefault();
  });
  element.addEventListener('click', (event) => {
    const cursor = cursorAt(event.target);
    // A drag has these keys too, and ends with a click.
    const isDragged = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= TREMBLE;
    if (cursor === null || isDragged || !isMeant(event)) return;
    event.stopImmediatePropagation();
    selected.toggle(cursor.rowId, model().rows, event.shiftKey);
    update();
    table.focus(cursor);
    if (event.shiftKey) say(element, `${selected.ids.size} selected.`, 'selection');
  });
}

function isControl(target: Element): boolean {
  return target.closest('button, input, textarea, select, a') !== null;
}
