import { isolated, sentence } from '../store/isolated.ts';
import { el, setAttribute } from './dom.ts';
import type { Typed } from './draft-record.ts';
import type { Draft } from './drafts.ts';
import './css/typed-fields.css';

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Typing {
  readonly draft: Draft;
  /** Under stable names; they show what is true now. */
  readonly controls: { readonly [field: string]: Control };
  /** All show again what they showed; absent where their own events say enough. */
  readonly onRestart?: () => void;
}

/**
 * Puts back what was typed into these controls before and not saved, and keeps what is typed from now on. `within` is what
 * their events come through. Returns what is to stand above them where something came back: the line that says so, with a way to
 * start again. What was computed, by its `data-computed`, was not typed.
 */
export function keepTyped(within: HTMLElement, { draft, controls, onRestart }: Typing): HTMLElement | null {
  const entries = Object.entries(controls).map(
    ([field, control]): Entry => ({ field, control, over: textIn(control) }),
  );
  const before = draft.typed() ?? {};
  const restored = entries.filter(({ field, control, over }) => {
    const { text = over } = before[field] ?? {};
    if (text !== over) putText(control, text);
    return textIn(control) !== over;
  });

  function typedNow(): Typed {
    const typed = entries.filter(
      ({ control, over }) => textIn(control) !== over && !control.hasAttribute('data-computed'),
    );
    return Object.fromEntries(
      typed.map(({ field, control, over }) => [
        field,
        // What it was typed over first: the reader is told again after the next crash.
        { text: textIn(control), over: restoredOver.get(field) ?? over },
      ]),
    );
  }

  const restoredOver = new Map(restored.map(({ field, over }) => [field, before[field]?.over ?? over]));
  // No `change`: it may come after the draft was dropped, when the form goes and its field loses the focus.
  within.addEventListener('input', () => draft.keep(typedNow()));
  if (restored.length === 0) {
    // It was saved after all, or is no choice any more.
    draft.drop();
    return null;
  }

  const changed = draft.isOfNew ? [] : restored.filter(({ field, over }) => before[field]?.over !== over);
  const again = el('button', { type: 'button', class: 'mp-button', 'data-size': 'small' }, 'Start again');
  again.addEventListener('click', () => {
    line.remove();
    restoredOver.clear();
    draft.drop();
    const typed = entries.filter(({ control, over }) => textIn(control) !== over);
    for (const { control, over } of typed) putText(control, over);
    for (const { control } of onRestart ? [] : typed) {
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
    }
    onRestart?.();
    first?.focus();
  });
  unsavedCount += 1;
  const words = el(
    'p',
    { class: 'mp-help-text', id: `mp-unsaved-${unsavedCount}` },
    ['You had typed this and not saved it.', ...changed.map(changedWords)].join(' '),
  );
  const line = el('div', { class: 'mp-unsaved' }, words, again);
  const first = entries[0]?.control;
  // It has the focus first.
  if (first)
    setAttribute(first, 'aria-describedby', `${words.id} ${first.getAttribute('aria-describedby') ?? ''}`.trim());
  return line;
}

let unsavedCount = 0;
const SHOWN_MAX = 120;

interface Entry {
  readonly field: string;
  readonly control: Control;
  /** What it shows where nobody types. */
  readonly over: string;
}

/** Others' value is seen before it is written over. */
function changedWords({ control, field, over }: Entry): string {
  const label = control.closest('label')?.querySelector('.mp-label')?.textContent ?? control.ariaLabel ?? field;
  const option = control instanceof HTMLSelectElement ? [...control.options].find(({ value }) => value === over) : null;
  const now = (option?.text ?? over).trim();
  const shown = now.length > SHOWN_MAX ? `${now.slice(0, SHOWN_MAX)}…` : now;
  return now === ''
    ? `${isolated(label)} was emptied since; saving puts yours in.`
    : sentence`${label} became “${shown}” since; saving puts yours in its place.`;
}

function textIn(control: Control): string {
  return isBox(control) ? String(control.checked) : control.value;
}

/** A choice that is gone stays as it is. */
function putText(control: Control, text: string): void {
  if (isBox(control)) control.checked = text === 'true';
  else if (!(control instanceof HTMLSelectElement) || [...control.options].some(({ value }) => value === text)) {
    control.value = text;
  }
}

function isBox(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && control.type === 'checkbox';
}
