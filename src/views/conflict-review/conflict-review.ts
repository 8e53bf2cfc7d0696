/** The conflict review: what two people changed at once, put so that a person can settle it with one key. */
import type { Op } from '../../store/edit.ts';
import { type Choice, combineWithTheirs, resolveConflict } from '../../store/resolution.ts';
import type { PlanView } from '../../store/view.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el, frame, setShown, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';
import { submit } from '../submit.ts';
import { mountCard } from './card.ts';
import { customForm } from './custom-form.ts';
import { lineLists } from './lists.ts';
import { type ConflictCard, conflictModel } from './model.ts';

/** Open conflicts that wait for the reader: their own, and everyone's for a lead. */
export function needingDecision(view: PlanView): number {
  let count = 0;
  for (const { state, author } of view.rows.conflicts.values()) {
    if (state === 'open' && (view.role === 'lead' || author === view.user.key)) count += 1;
  }
  return count;
}

export function mountConflictReview(root: HTMLElement, { store, clock }: ViewDeps): Unmount {
  const headline = el('p', { class: 'mp-headline' });
  const hint = el(
    'p',
    { class: 'mp-help-text' },
    el('kbd', {}, 'J'),
    ' ',
    el('kbd', {}, 'K'),
    ' next and previous · ',
    el('kbd', {}, '1'),
    ' theirs · ',
    el('kbd', {}, '2'),
    ' mine · ',
    el('kbd', {}, '3'),
    ' edit',
  );
  const list = el('div', { class: 'mp-conflict-list' });
  const lists = lineLists();
  const element = el(
    'div',
    { class: 'mp-conflicts', tabindex: -1 },
    el('div', { class: 'mp-conflicts-head' }, headline, hint),
    list,
    ...lists.elements,
  );
  root.append(element);
  const updateCards = keyed<ConflictCard>(list, ({ id }) => id, mountCard);
  let model = conflictModel(store.view());
  let current = 0;

  function update(): void {
    const hadFocus = list.contains(document.activeElement);
    model = conflictModel(store.view());
    setText(headline, model.headline);
    setShown(hint, model.open.length !== 0);
    updateCards(model.open);
    lists.update(model);
    // The card under the reader's hands is settled and gone: the next one takes its place.
    if (hadFocus && !list.contains(document.activeElement)) focusCard(current);
  }

  function focusCard(index: number): void {
    current = Math.max(0, Math.min(index, model.open.length - 1));
    const card = list.children[current];
    if (card instanceof HTMLElement) {
      card.focus();
      card.scrollIntoView({ block: 'nearest' });
    } else element.focus();
  }

  function cardAt(target: EventTarget | null): ConflictCard | undefined {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined;
    const index = model.open.findIndex((card) => card.id === id);
    if (index >= 0) current = index;
    return model.open[current];
  }

  function choose(card: ConflictCard, name: string): void {
    if (card.whyNot !== null) return;
    const view = store.view();
    if (name === 'edit') openForm(card);
    else if (name === 'on-top') {
      const ops = combineWithTheirs(view, card.conflict);
      if (ops !== null && card.onTop !== null) settle(card, `Mine on top (${card.onTop})`, ops);
    } else if (name === 'mine' || name === 'theirs') {
      settle(card, WORDS[name], resolveConflict(view, card.conflict, name));
    }
  }

  function settle(card: ConflictCard, words: string, ops: readonly Op[]): void {
    void submit(element, store, { label: `${words}: ${card.label}`, ops });
  }

  function openForm(card: ConflictCard): void {
    const place = cardElement(card)?.querySelector('.mp-conflict-form');
    if (!place || place.firstElementChild !== null) return;
    const close = () => {
      place.replaceChildren();
      focusCard(model.open.indexOf(card));
    };
    const now = Math.floor((clock() + store.syncState().clockOffset) / 60_000);
    const form = customForm({
      card,
      zone: model.zone,
      now,
      onSet(custom) {
        place.replaceChildren();
        cardElement(card)?.focus();
        settle(card, 'Set by hand', resolveConflict(store.view(), card.conflict, 'custom', custom));
      },
      onCancel: close,
    });
    place.replaceChildren(form.element);
    form.focus();
  }

  function cardElement({ id }: ConflictCard): HTMLElement | null {
    return list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    const card = target?.dataset.do === 'choose' ? cardAt(target) : undefined;
    if (card !== undefined) choose(card, target?.dataset.choice ?? '');
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const card = cardAt(event.target);
    const step = STEPS[event.key.toLowerCase()];
    const name = CHOICES[event.key];
    if (step !== undefined) focusCard(current + (list.contains(document.activeElement) ? step : 0));
    else if (name !== undefined && card !== undefined) choose(card, name);
    else return;
    event.preventDefault();
  }

  element.addEventListener('click', onClick);
  element.addEventListener('keydown', onKey);
  const next = frame(update);
  const unsubscribe = store.subscribe(next.ask);
  update();
  return () => {
    unsubscribe();
    next.cancel();
    element.remove();
  };
}

const WORDS: { readonly [C in Exclude<Choice, 'custom'>]: string } = { mine: 'Use mine', theirs: 'Keep theirs' };
const STEPS: { readonly [key: string]: 1 | -1 } = { j: 1, k: -1 };
const CHOICES: { readonly [key: string]: string } = { 1: 'theirs', 2: 'mine', 3: 'edit', 4: 'on-top' };
