/** Keys that mean something wherever the focus is, as long as it is ours, and whether those of one letter mean anything. */
import { setAttribute } from './dom.ts';

/**
 * Tells `onKey` of keys that are pressed in the macro `element` stands in: on a page of our own anywhere, in Confluence only while
 * the macro has the focus. Returns what ends it.
 */
export function listenForKeys(element: Element, onKey: (event: KeyboardEvent) => void): () => void {
  function heard(event: KeyboardEvent): void {
    const root = element.closest('.mp-root');
    if (isSwitchedOff(event, element)) return;
    if (root?.hasAttribute('data-page') || root?.contains(document.activeElement)) onKey(event);
  }
  document.addEventListener('keydown', heard);
  return () => document.removeEventListener('keydown', heard);
}

const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/** A letter pressed there is text, or chooses by its first letter. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

/**
 * Says on `root` how the reader wants it: whoever asks looks there. What has such a key names it in `data-shortcut`, and tells it to
 * assistive technology only while it does something.
 */
export function markLetterKeys(root: Element, areOn: boolean): void {
  setAttribute(root, 'data-letter-keys', areOn ? null : 'off');
  for (const each of root.querySelectorAll<HTMLElement>('[data-shortcut]')) {
    setAttribute(each, 'aria-keyshortcuts', areOn ? each.dataset.shortcut : null);
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
export function isSwitchedOff({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, element: Element): boolean {
  return isLetter(key) && key !== ' ' && !ctrlKey && !metaKey && !altKey && !areLetterKeysOn(element);
}

export function isLetter(key: string): boolean {
  return key.length === 1;
}
