/** Popups that are open, by the element beside which each stands. Apart from how they are made, so that the rows can ask without it. */
export interface OpenPopup {
  readonly element: HTMLElement;
  readonly close: () => void;
  /** Puts it at the height of its anchor again. */
  readonly level: () => void;
}

export const openPopups = new Map<HTMLElement, OpenPopup>();

/** Whether one stands beside something in `element`. */
export function hasPopup(element: Element): boolean {
  for (const anchor of openPopups.keys()) if (element.contains(anchor)) return true;
  return false;
}
