import type { Edit } from '../store/edit.ts';

/**
 * Views tell the shell things by bubbling events: what to say aloud, and where to lead the reader. The shell owns the
 * page's only two live regions.
 */
export interface Saying {
  readonly text: string;
  /** `alert` interrupts: a failed save, a lost connection. `status` waits its turn. */
  readonly urgency: 'status' | 'alert';
  /** For the eyes too, for a while: what the screen would not show otherwise. */
  readonly isShown?: boolean | undefined;
  /** Of several that wait to be said about the same, the last one is. The text itself where absent. */
  readonly about?: string | undefined;
  /** Does what did not happen once more; `from` is where the reader is then. */
  readonly again?: ((from: Element) => void) | undefined;
  /** An edit that only this warning holds now. */
  readonly notKept?: Edit | undefined;
  /** A reload may help, and loses nothing. */
  readonly canReload?: boolean | undefined;
}

/** Said once, politely: the result of the reader's own act. */
export function say(from: Element, text: string, about?: string): void {
  const detail: Saying = { text, urgency: 'status', about };
  from.dispatchEvent(new CustomEvent<Saying>('mp-say', { bubbles: true, detail }));
}

/** The same where nothing on the screen shows it: shown for a while too. */
export function tell(from: Element, text: string): void {
  const detail: Saying = { text, urgency: 'status', isShown: true };
  from.dispatchEvent(new CustomEvent<Saying>('mp-say', { bubbles: true, detail }));
}

/** Said at once and shown until read: something did not happen as asked. */
export function warn(from: Element, text: string, more: Pick<Saying, 'again' | 'notKept' | 'canReload'> = {}): void {
  from.dispatchEvent(new CustomEvent<Saying>('mp-say', { bubbles: true, detail: { text, urgency: 'alert', ...more } }));
}

/** Opens another tab of the shell by its name. */
export function openTab(from: Element, name: string): void {
  from.dispatchEvent(new CustomEvent<string>('mp-open-tab', { bubbles: true, detail: name }));
}
