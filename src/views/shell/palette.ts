/** Everything that can be done here, by its name: a field, and below it what the typed letters mean (WAI-ARIA: combobox with a list). */
import type { CommandGroup, Offer } from '../command-group.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';
import { isComposed } from '../keys.ts';
import { itemWords, type MenuItem } from '../menu.ts';
import { ranked, shortened } from './ranked.ts';
import '../css/dialog.css';
import '../css/popup.css';
import './palette.css';

/** More than anybody reads through; whoever looks for another types on. */
const SHOWN = 100;

export interface PaletteOptions {
  /** What can be done in every view. */
  readonly own: readonly CommandGroup[];
  /** Asks the view that is open; what it offers comes before what can be done everywhere. */
  readonly ask: (offer: Offer) => void;
}

export function openPalette(root: HTMLElement, { own, ask }: PaletteOptions): void {
  const list = el('div', {
    class: 'mp-palette-list',
    role: 'listbox',
    id: 'mp-palette-list',
    'aria-label': 'Commands',
  });
  const reason = el('p', { class: 'mp-palette-reason', role: 'alert', id: 'mp-palette-reason' });
  const more = el('p', { class: 'mp-help-text', hidden: true });
  const input = el('input', {
    class: 'mp-input',
    type: 'text',
    role: 'combobox',
    'aria-label': 'What do you want to do?',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'true',
    'aria-describedby': reason.id,
    placeholder: 'What do you want to do, or where to?',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const dialog = el('dialog', { class: 'mp-dialog mp-palette', 'aria-label': 'Commands' }, input, reason, list, more);
  const offered: CommandGroup[] = [];
  let options: readonly { readonly item: MenuItem; readonly element: HTMLElement }[] = [];
  let active = 0;

  function show(): void {
    const { groups, more: others } = shortened(ranked([...offered, ...own], input.value), SHOWN);
    const made = groups.map(({ title, items }, i) => groupOf(title, items, `mp-palette-${i}`, root));
    options = made.flatMap((group) => group.options);
    list.replaceChildren(...made.map(({ element }) => element));
    setText(reason, options.length === 0 ? 'Nothing here is called that.' : '');
    setShown(more, others > 0);
    setText(more, `${others} more: type on to find them.`);
    goTo(0);
  }

  function goTo(index: number): void {
    options[active]?.element.setAttribute('aria-selected', 'false');
    active = index;
    const element = options[active]?.element;
    setAttribute(input, 'aria-activedescendant', element?.id ?? null);
    element?.setAttribute('aria-selected', 'true');
    // With its heading, where it is the first.
    if (active === 0) list.scrollTop = 0;
    else element?.scrollIntoView({ block: 'nearest' });
  }

  function run(item: MenuItem | undefined): void {
    if (item === undefined) return;
    if (item.whyNot) {
      setText(reason, `Not now: ${item.whyNot}`);
      return;
    }
    // The focus is back where it was before anything else is opened.
    dialog.close();
    item.act();
  }

  input.addEventListener('input', show);
  dialog.addEventListener('keydown', (event) => {
    // Keys pressed in here mean nothing to the view below.
    event.stopPropagation();
    if (isComposed(event)) return;
    const next = nextIndex(event.key, active, options.length);
    if (event.key === 'Enter') run(options[active]?.item);
    else if (next !== null) {
      setText(reason, '');
      goTo(next);
    } else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
    else run(options.find(({ element }) => element.contains(target as Node))?.item);
  });
  // The field keeps the focus.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  dialog.addEventListener('close', () => dialog.remove());
  ask((group) => {
    offered.push(group);
    if (dialog.isConnected) show();
  });
  root.append(dialog);
  dialog.showModal();
  show();
}

function nextIndex(key: string, here: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (here + 1) % count;
    case 'ArrowUp':
      return (here + count - 1) % count;
    case 'PageDown':
      return Math.min(count - 1, here + 8);
    case 'PageUp':
      return Math.max(0, here - 8);
    default:
      return null;
  }
}

function groupOf(title: string, items: readonly MenuItem[], id: string, root: Element) {
  const heading = el('div', { class: 'mp-palette-title', id }, title);
  const options = items.map((item, i) => {
    const { label, isChosen, whyNot } = item;
    const element = el(
      'div',
      {
        class: 'mp-menu-item',
        role: 'option',
        id: `${id}-${i}`,
        'aria-selected': 'false',
        'aria-disabled': whyNot ? 'true' : null,
      },
      ...itemWords(root, { ...item, label: isChosen ? `${label} (now)` : label }),
    );
    return { item, element };
  });
  const attributes = { role: 'group', 'aria-labelledby': id };
  return { element: el('div', attributes, heading, ...options.map(({ element }) => element)), options };
}
