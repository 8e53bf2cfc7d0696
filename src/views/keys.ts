/** Keys that mean something wherever the focus is, as long as it is ours. */

/**
 * Tells `onKey` of keys that are pressed in the macro `element` stands in: on a page of our own anywhere, in Confluence only while
 * the macro has the focus. Returns what ends it.
 */
export function listenForKeys(element: Element, onKey: (event: KeyboardEvent) => void): () => void {
  function heard(event: KeyboardEvent): void {
    const root = element.closest('.mp-root');
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
