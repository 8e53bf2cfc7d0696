import type { Unmount } from '../deps.ts';
import { el } from '../dom.ts';

export interface Notice {
  readonly message: string;
  readonly action: string;
  readonly onAction: () => void;
  /** Saves what was typed on this device and never sent; null: there is nothing. */
  readonly onDownload?: (() => void) | null;
}

/** Instead of the whole macro: a sentence and one way on, where there is no plan to show. */
export function mountNotice(root: HTMLElement, { message, action, onAction, onDownload = null }: Notice): Unmount {
  const button = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'primary' }, action);
  button.addEventListener('click', onAction);
  const save = el('button', { type: 'button', class: 'mp-button' }, 'Download my pending edits');
  if (onDownload !== null) save.addEventListener('click', onDownload);
  const buttons = onDownload === null ? [button] : [button, save];
  root.replaceChildren(
    el('div', { class: 'mp-root' }, el('div', { class: 'mp-notice', role: 'alert' }, el('p', {}, message), ...buttons)),
  );
  return () => root.replaceChildren();
}
