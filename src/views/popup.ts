import { el } from './dom.ts';
import { openPopups } from './open-popups.ts';
import './css/popup.css';

export interface PopupOptions {
  readonly class: string;
  /** `auto` closes by Escape and by a click elsewhere; `manual` only by `close`. */
  readonly kind: 'auto' | 'manual';
  readonly onClose?: () => void;
}

export interface Popup {
  readonly element: HTMLElement;
  readonly close: () => void;
}

/**
 * Shows `content` beside `anchor` in the browser's top layer, where no page around us can clip or cover it, and keeps
 * it there while things scroll. Null where the same click has just closed the popup of this anchor, or it has one
 * already: a double click opens it once, leaves it open, and gives back the focus that its second press took.
 */
export function openPopup(anchor: HTMLElement, content: HTMLElement, options: PopupOptions): Popup | null {
  const before = openPopups.get(anchor);
  if (before !== undefined) {
    before.element.querySelector<HTMLElement>('textarea')?.focus();
    return null;
  }
  const shownAt = performance.now();
  if (shownAt - (closedAt.get(anchor) ?? Number.NEGATIVE_INFINITY) < SAME_CLICK_MS) return null;
  const element = el('div', { class: `mp-popup ${options.class}`, popover: options.kind }, content);
  const follow = () => placeBeside(anchor, element);
  let isOpen = true;
  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    openPopups.delete(anchor);
    const now = performance.now();
    // The second press of a double click closes it; its click is to open it again.
    if (options.kind === 'auto' && now - shownAt > DOUBLE_CLICK_MS) closedAt.set(anchor, now);
    removeEventListener('scroll', follow, true);
    removeEventListener('resize', follow);
    anchor.removeAttribute('aria-expanded');
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    if (hadFocus && anchor.isConnected) anchor.focus();
    options.onClose?.();
  }
  element.addEventListener('beforetoggle', (event) => {
    if ((event as ToggleEvent).newState === 'closed') queueMicrotask(close);
  });
  (anchor.closest('.mp-root') ?? document.body).append(element);
  element.showPopover();
  openPopups.set(anchor, { element, close, level: () => level(anchor, element) });
  if (options.kind === 'auto') anchor.setAttribute('aria-expanded', 'true');
  addEventListener('scroll', follow, true);
  addEventListener('resize', follow);
  follow();
  return { element, close };
}

/** Closes popups whose anchor has left the page, and levels the others with theirs. True where one that was closed had the focus. */
export function settlePopups(): boolean {
  let hadFocus = false;
  for (const [anchor, popup] of openPopups) {
    if (anchor.isConnected) popup.level();
    else {
      hadFocus ||= popup.element.contains(document.activeElement);
      popup.close();
    }
  }
  return hadFocus;
}

const closedAt = new WeakMap<HTMLElement, number>();
const SAME_CLICK_MS = 150;
const DOUBLE_CLICK_MS = 500;
const MARGIN = 8;
const DISTANCE = 4;

/** Below the anchor where there is room, else above; never outside the window. */
function placeBeside(anchor: HTMLElement, popup: HTMLElement): void {
  level(anchor, popup);
  const left = Math.max(MARGIN, Math.min(anchor.getBoundingClientRect().left, innerWidth - popup.offsetWidth - MARGIN));
  popup.style.setProperty('left', `${left}px`);
}

function level(anchor: HTMLElement, popup: HTMLElement): void {
  const { top: above, bottom } = anchor.getBoundingClientRect();
  const height = popup.offsetHeight;
  const fitsBelow = bottom + DISTANCE + height + MARGIN <= innerHeight;
  const top = fitsBelow ? bottom + DISTANCE : Math.max(MARGIN, above - DISTANCE - height);
  popup.style.setProperty('top', `${top}px`);
}
