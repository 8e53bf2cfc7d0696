/** Keys that mean something wherever the focus is, as long as it is ours, and what those of one letter mean to this reader. */
import { setAttribute, setText } from './dom.ts';

/** A key as acts know it. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export interface LetterKeys {
  readonly areOn: boolean;
  /** By the key that an act has for everybody, the reader's own for it; empty: none. */
  readonly own: { readonly [standard: string]: string };
}

/**
 * Tells `onKey` of keys that are pressed in the macro `element` stands in: on a page of our own anywhere, in Confluence only while
 * the macro has the focus. Returns what ends it.
 */
export function listenForKeys(element: Element, onKey: (event: KeyboardEvent, pressed: Pressed) => void): () => void {
  function heard(event: KeyboardEvent): void {
    const root = element.closest('.mp-root');
    const pressed = meant(event, element);
    if (isSwitchedOff(pressed, element)) return;
    if (root?.hasAttribute('data-page') || root?.contains(document.activeElement)) onKey(event, pressed);
  }
  document.addEventListener('keydown', heard);
  return () => document.removeEventListener('keydown', heard);
}

const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/** A letter pressed there is text, or chooses by its first letter. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

/** A key that chooses among the characters of a language, such as Enter for a Japanese word, means nothing else. */
export function isComposed({ isComposing, keyCode }: KeyboardEvent): boolean {
  // The last one of a word in Safari, which calls that over already.
  return isComposing || keyCode === 229;
}

/**
 * Says on `root` how the reader wants them: whoever asks looks there. What has such a key names it in `data-shortcut`, and tells it to
 * assistive technology only while it does something; what shows it names it in `data-letter`.
 */
export function markLetterKeys(root: Element, { areOn, own }: LetterKeys): void {
  setAttribute(root, 'data-letter-keys', areOn ? null : 'off');
  setAttribute(root, 'data-own-keys', Object.keys(own).length > 0 ? JSON.stringify(own) : null);
  for (const each of root.querySelectorAll<HTMLElement>('[data-shortcut]')) {
    setAttribute(each, 'aria-keyshortcuts', shownKey(each.dataset.shortcut ?? '', root) || null);
  }
  for (const each of root.querySelectorAll<HTMLElement>('[data-letter]')) {
    setText(each, shownKey(each.dataset.letter ?? '', root));
  }
}

/**
 * Whether keys of one letter or sign mean anything where `element` stands. Whoever speaks to the device would press them with every
 * word, so they can be switched off (WCAG 2.1.4).
 */
export function areLetterKeysOn(element: Element): boolean {
  return element.closest('[data-letter-keys]') === null;
}

/** Space is no such key: it presses what has the focus. */
export function isSwitchedOff({ key, ctrlKey, metaKey, altKey }: Pressed, element: Element): boolean {
  return isLetter(key) && key !== ' ' && !ctrlKey && !metaKey && !altKey && !areLetterKeysOn(element);
}

export function isLetter(key: string): boolean {
  return key.length === 1;
}

/** What the reader has to press for an act that has this key; empty where nothing does it now. */
export function shownKey(key: string, element: Element): string {
  if (!isLetter(key)) return key;
  if (!areLetterKeysOn(element)) return '';
  return ownAt(element)[standardName(key)]?.toUpperCase() ?? key;
}

/** The key that everybody has for what this reader pressed; an empty one where it means nothing to them. */
export function meant(event: KeyboardEvent, element: Element): Pressed {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  // Where a keyboard types [ or / with Alt or AltGr, these are no part of what is meant.
  const isTypedByAlt = altKey && !metaKey && /^[^\p{L}\p{N}\s]$/u.test(key);
  if (!isLetter(key) || (!isTypedByAlt && (ctrlKey || metaKey || altKey))) {
    return { key, ctrlKey, metaKey, altKey, shiftKey };
  }
  return { key: standardOf(key, ownAt(element)), ctrlKey: false, metaKey: false, altKey: false, shiftKey };
}

function standardOf(key: string, own: LetterKeys['own']): string {
  const pressed = key.toLowerCase();
  const given = Object.keys(own).find((standard) => own[standard] === pressed);
  return given ?? (pressed in own ? '' : key);
}

function ownAt(element: Element): LetterKeys['own'] {
  return JSON.parse(element.closest<HTMLElement>('[data-own-keys]')?.dataset.ownKeys ?? '{}');
}

/** As it is typed: a minus is shown longer. */
function standardName(key: string): string {
  return key === '−' ? '-' : key.toLowerCase();
}
