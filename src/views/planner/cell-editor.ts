import { asked, el, setAttribute, setText } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { isComposed } from '../keys.ts';
import { openPopup } from '../popup.ts';
import { say } from '../say.ts';
import { keepTyped } from '../typed-fields.ts';
import type { Act } from './acts.ts';
import type { Reading } from './typed-times.ts';
import './cell-editor.css';

export interface CellEditorOptions {
  readonly cell: HTMLElement;
  readonly label: string;
  readonly text: string;
  readonly draft: Draft;
  /** Typed over the old text at once, as in a spreadsheet. */
  readonly replacement?: string;
  readonly read: (text: string) => Reading;
  readonly readChoice: (instant: number) => Reading;
  readonly onAct: (act: Act) => void;
  /** Tab keeps the text and goes on to the next (+1) or previous (−1) editable cell. */
  readonly onTab: (step: 1 | -1) => void;
  /** The row left the page with this text unkept. */
  readonly onLost: (typed: string) => void;
}

const KEYS_HINT = 'Enter keeps · Esc leaves';

/**
 * An input over a cell, with what it would do beside it. Enter and Tab keep, Shift+Enter keeps and pushes what comes after, Escape restores, leaving keeps what can
 * be kept; text that means nothing stays in place with a sentence until it is corrected or left by Escape.
 */
export function openCellEditor(options: CellEditorOptions): void {
  const { cell, draft, read, onAct, onTab } = options;
  if (cell.querySelector('input') !== null) return;
  const hint = el('p', { class: 'mp-help-text' });
  const choices = el('div', { class: 'mp-choices' });
  const content = el('div', { class: 'mp-editor-more', id: `${cell.id}-more` }, hint, choices);
  const input = el('input', {
    class: 'mp-cell-input',
    type: 'text',
    'aria-label': options.label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  input.value = options.text;
  // What is typed over the cell is typed over what was left in it, too.
  if (options.replacement !== undefined) draft.drop();
  const unsaved = keepTyped(input, { draft, controls: { text: input } });
  if (unsaved) content.append(unsaved);
  setAttribute(input, 'aria-describedby', content.id);
  cell.append(input);
  setAttribute(cell, 'data-editing', true);
  let isOpen = true;
  const popup = openPopup(cell, content, { class: 'mp-editor-popup', kind: 'manual', onClose });
  input.focus();
  if (options.replacement === undefined) input.select();
  else {
    input.value = options.replacement;
    input.dispatchEvent(new Event('input'));
  }

  function onClose(): void {
    if (isOpen && !cell.isConnected && input.value !== options.text) options.onLost(input.value);
    isOpen = false;
  }

  function show(reading: Reading, isFinal: boolean): void {
    const isWrong = isFinal && reading.kind === 'error';
    setAttribute(input, 'aria-invalid', isWrong ? 'true' : null);
    setAttribute(hint, 'class', isWrong ? 'mp-error' : 'mp-help-text');
    setText(hint, wordsOf(reading));
    choices.replaceChildren(
      ...(reading.kind === 'ask' ? reading.choices : []).map(({ label, instant }) =>
        el('button', { type: 'button', class: 'mp-button', 'data-do': 'choose', 'data-instant': instant }, label),
      ),
    );
    if (isFinal && (reading.kind === 'error' || reading.kind === 'ask')) say(cell, wordsOf(reading));
  }

  /** True where the editor closed. */
  function keep(reading: Reading, isPushing = false): boolean {
    if (reading.kind === 'error' || reading.kind === 'ask') {
      show(reading, true);
      return false;
    }
    close();
    if (reading.kind === 'act') onAct((isPushing ? reading.pushing : undefined) ?? reading.act);
    return true;
  }

  function close(): void {
    isOpen = false;
    draft.drop();
    popup?.close();
    input.remove();
    setAttribute(cell, 'data-editing', false);
  }

  input.addEventListener('input', () => show(read(input.value), false));
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (isComposed(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
      cell.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (keep(read(input.value), event.shiftKey)) cell.focus();
      else content.querySelector('button')?.focus();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      if (keep(read(input.value))) onTab(event.shiftKey ? -1 : 1);
    }
  });
  input.addEventListener('blur', (event) => {
    const isInside = event.relatedTarget instanceof Node && content.contains(event.relatedTarget);
    // Removing the input blurs it too; by then the decision is made.
    if (isOpen && !isInside) keep(read(input.value));
  });
  content.addEventListener('click', (event) => {
    const instant = Number(asked(event, content)?.dataset.instant);
    if (Number.isInteger(instant) && keep(options.readChoice(instant))) cell.focus();
  });
  content.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    input.focus();
  });
  show(read(input.value), false);
}

function wordsOf(reading: Reading): string {
  switch (reading.kind) {
    case 'act':
      return reading.preview;
    case 'same':
      return KEYS_HINT;
    case 'ask':
      return reading.question;
    case 'error':
      return reading.message;
  }
}
