import { el } from './dom.ts';
import { shownKey } from './keys.ts';
import { openPopup } from './popup.ts';

export interface MenuItem {
  readonly label: string;
  readonly act: () => void;
  readonly mark?: Node;
  readonly isChosen?: boolean;
  /** Why it cannot be chosen now; shown beside it. */
  readonly whyNot?: string | null;
  readonly hint?: string;
  /** The key that does the same; told unless it is switched off. */
  readonly key?: string;
}

/** A menu below its button or cell: arrows move, Enter chooses, Escape and Tab leave and give focus back. */
export function openMenu(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
  const menu = el('div', { role: 'menu', 'aria-label': label });
  const popup = openPopup(anchor, menu, { class: 'mp-menu', kind: 'auto' });
  if (popup === null) return;
  menu.append(...items.map((item) => menuButton(anchor, item, popup.close)));
  const buttons = [...menu.querySelectorAll<HTMLElement>('button')];
  const chosen = Math.max(
    0,
    items.findIndex(({ isChosen }) => isChosen),
  );
  menu.addEventListener('keydown', (event) => {
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    const next = nextIndex(event.key, here, buttons.length);
    if (event.key === 'Tab') popup.close();
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next]?.focus();
  });
  // The menu grew after it was placed.
  dispatchEvent(new Event('resize'));
  buttons[chosen]?.focus();
}

function nextIndex(key: string, here: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (here + 1) % count;
    case 'ArrowUp':
      return (here + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function menuButton(anchor: Element, item: MenuItem, close: () => void): HTMLElement {
  const { act, isChosen, whyNot } = item;
  const button = el(
    'button',
    {
      type: 'button',
      class: 'mp-menu-item',
      role: isChosen === undefined ? 'menuitem' : 'menuitemradio',
      'aria-checked': isChosen === undefined ? null : isChosen ? 'true' : 'false',
      'aria-disabled': whyNot ? 'true' : null,
      tabindex: -1,
    },
    ...itemWords(anchor, item),
  );
  button.addEventListener('click', () => {
    if (whyNot) return;
    close();
    act();
  });
  return button;
}

/** What stands in an item: its mark, its name, and beside it why it cannot be chosen, a hint, or its key as it is where `at` stands. */
export function itemWords(at: Element, { label, mark, whyNot, hint, key = '' }: MenuItem): readonly Node[] {
  const beside = whyNot || hint || shownKey(key, at);
  return [
    ...(mark ? [mark] : []),
    el('span', { class: 'mp-menu-label' }, label),
    ...(beside === '' ? [] : [el('span', { class: 'mp-menu-hint' }, beside)]),
  ];
}
