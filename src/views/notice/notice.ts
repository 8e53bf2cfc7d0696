import type { Unmount } from '../deps.ts';
import { el } from '../dom.ts';

export interface Notice {
  readonly message: string;
  readonly action: string;
  readonly onAction: () => void;
}

/** Instead of the whole macro: a sentence and one way on, where there is no plan to show. */
export function mountNotice(root: HTMLElement, { message, action, onAction }: Notice): Unmount {
  const button = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary' }, action);
  button.addEventListener('click', onAction);
  root.replaceChildren(
    el('div', { class: 'mp-root' }, el('div', { class: 'mp-notice', role: 'alert' }, el('p', {}, message), button)),
  );
  return () => root.replaceChildren();
}
