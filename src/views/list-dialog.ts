import { sentence } from '../store/isolated.ts';
import type { PlanStore } from '../store/view.ts';
import { openDialog } from './dialog.ts';
import { asked, el, setAttribute, setShown, setText } from './dom.ts';
import { keyed } from './keyed.ts';
import './css/form.css';

export interface ListAct {
  /** Stable; `data-do` of its button. */
  readonly name: string;
  readonly label: string;
  readonly act: () => void;
  /** Why it cannot be done now. */
  readonly whyNot?: string | null;
}

export interface ListItem {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly acts: readonly ListAct[];
}

export interface ListOptions {
  readonly title: string;
  readonly intro?: string;
  readonly store: PlanStore;
  readonly items: () => readonly ListItem[];
  /** What is said where there is none. */
  readonly empty: string;
  /** Null where the reader may not. */
  readonly add: { readonly label: string; readonly act: () => void } | null;
}

/** Rows of one kind with what can be done to each. It follows the plan while it is open, without moving the focus. */
export function openListDialog(root: Element, options: ListOptions): void {
  const { title, intro, store, add } = options;
  const list = el('ul', { class: 'mp-list' });
  const empty = el('p', { class: 'mp-help-text' }, options.empty);
  const reason = el('p', { class: 'mp-error', role: 'alert' });
  let items = options.items();
  const show = keyed<ListItem>(list, ({ id }) => id, mountItem);

  function update(): void {
    items = options.items();
    show(items);
    setShown(empty, items.length === 0);
  }

  const { element } = openDialog(root, {
    title,
    body: [...(intro === undefined ? [] : [el('p', { class: 'mp-help-text' }, intro)]), list, empty, reason],
    action: add?.label ?? 'Close',
    cancel: add === null ? null : 'Close',
    onAction() {
      setText(reason, '');
      add?.act();
      return add === null;
    },
  });
  element.addEventListener('click', (event) => {
    const target = asked(event, list);
    const item = items.find(({ id }) => id === target?.closest<HTMLElement>('[data-id]')?.dataset.id);
    const chosen = item?.acts.find(({ name }) => name === target?.dataset.do);
    if (item === undefined || chosen === undefined) return;
    setText(reason, chosen.whyNot ? sentence`${item.title}: ${chosen.whyNot}` : '');
    if (chosen.whyNot) return;
    const at = items.indexOf(item);
    chosen.act();
    update();
    // What was removed takes its button with it: the next one down has the focus then.
    if (!list.contains(target))
      list.querySelectorAll<HTMLElement>('li')[Math.min(at, items.length - 1)]?.querySelector('button')?.focus();
  });
  const unsubscribe = store.subscribe(update);
  element.addEventListener('close', unsubscribe);
  update();
  list.querySelector('button')?.focus();
}

function mountItem({ id }: ListItem) {
  const words = el('span', { class: 'mp-list-title' });
  const detail = el('span', { class: 'mp-help-text' });
  const acts = el('span', { class: 'mp-list-acts' });
  const element = el(
    'li',
    { class: 'mp-list-item', 'data-id': id },
    el('span', { class: 'mp-list-words' }, words, ' ', detail),
    acts,
  );
  const showActs = keyed<ListAct & { readonly of: string }>(
    acts,
    ({ name }) => name,
    ({ name }) => {
      const attributes = { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': name };
      const button = el('button', attributes);
      return {
        element: button,
        update({ label, of, whyNot }) {
          setText(button, label);
          setAttribute(button, 'aria-label', sentence`${label} ${of}`);
          setAttribute(button, 'aria-disabled', whyNot ? 'true' : null);
          setAttribute(button, 'title', whyNot ?? null);
        },
      };
    },
  );
  return {
    element,
    update(item: ListItem) {
      setText(words, item.title);
      setText(detail, item.detail);
      showActs(item.acts.map((act) => ({ ...act, of: item.title })));
    },
  };
}
