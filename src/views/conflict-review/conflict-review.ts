/** The conflict review: what two people changed at once, put so that a person can settle it with one key. */
import type { Op } from '../../store/edit.ts';
import { sentence } from '../../store/isolated.ts';
import { previewOf } from '../../store/preview.ts';
import { settle, settleAll, settleByHand, type Way } from '../../store/settle-conflicts.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el, frame, setAttribute, setShown, setText } from '../dom.ts';
import { draftsOf } from '../drafts.ts';
import { keyed } from '../keyed.ts';
import { isTyping, listenForKeys, type Pressed } from '../keys.ts';
import { say, warn } from '../say.ts';
import { serverMinute } from '../server-now.ts';
import { submit } from '../submit.ts';
import { customForm } from './custom-form.ts';
import { mountGroup } from './groups.ts';
import { lineLists } from './lists.ts';
import { type ConflictCard, type ConflictGroup, conflictModel, settleable } from './model.ts';
import { knownName } from './sentences.ts';
import './conflict-review.css';

export function mountConflictReview(root: HTMLElement, { store, clock, place, history }: ViewDeps): Unmount {
  const headline = el('p', { class: 'mp-headline' });
  const hint = el(
    'p',
    { class: 'mp-help-text mp-letter-keys' },
    ...[letter('J'), ' ', letter('K'), ' next and previous · ', letter('1'), ' theirs · ', letter('2'), ' mine · '],
    ...[letter('3'), ' edit · ', letter('4'), ' both'],
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
  const updateGroups = keyed<ConflictGroup>(list, ({ id }) => id, mountGroup);
  const drafts = draftsOf({ store, clock });
  const draftOf = ({ id }: ConflictCard) => drafts.of('conflict', id);
  const linked = place.get('conflict');
  const names = new Map<string, string>();
  /** A choice is about what was on screen: what moved since makes it a question again. */
  let shown = store.view();
  let model = read();
  let current = Math.max(
    0,
    model.open.findIndex(({ chain }) => chain.some(({ id }) => id === linked)),
  );

  const next = frame(update);

  function read() {
    shown = store.view();
    return conflictModel({ view: shown, now: serverMinute({ store, clock }), linked, names });
  }

  function update(): void {
    const hadFocus = list.contains(document.activeElement);
    model = read();
    setText(headline, model.headline);
    setShown(hint, model.open.length !== 0);
    updateGroups(model.groups);
    lists.update(model);
    void learnNames();
    for (const card of model.open) if (draftOf(card).typed() !== null) openForm(card);
    mark();
    // The card under the reader's hands is settled and gone: the next one takes its place.
    if (hadFocus && !list.contains(document.activeElement)) focusCard(current);
  }

  /** A replica that was made from a snapshot has met nobody yet. */
  async function learnNames(): Promise<void> {
    const view = store.view();
    const others = model.open.flatMap(({ chain }) => chain.flatMap(({ items }) => items));
    const told = [
      ...others.map(({ theirs_by: key, id }) => ({ key, id })),
      ...model.settled.map(({ settledBy: key, id }) => ({ key, id })),
    ];
    for (const { key, id } of told) {
      if (key === null || key === view.user.key || knownName(view, names, key) !== undefined) continue;
      // Asked for once; until the next visit, where it cannot be learnt, the key has to do.
      names.set(key, key);
      const events = await history({ row: id, limit: 100 }).catch(() => []);
      for (const { actor, actor_name } of events) names.set(actor, actor_name);
      next.ask();
    }
  }

  function focusCard(index: number): void {
    current = index;
    mark();
    const card = model.open[current];
    const target = card && cardElement(card);
    if (target) {
      target.focus();
      target.scrollIntoView({ block: 'nearest' });
    } else element.focus();
  }

  /** Keeps to the cards there are, and marks the one that a key would settle while the focus is on none. */
  function mark(): void {
    current = Math.max(0, Math.min(current, model.open.length - 1));
    const card = model.open[current];
    for (const each of list.querySelectorAll('[data-id]')) {
      setAttribute(each, 'aria-current', each instanceof HTMLElement && each.dataset.id === card?.id ? 'true' : null);
    }
  }

  function cardAt(target: EventTarget | null): ConflictCard | undefined {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined;
    const index = model.open.findIndex((card) => card.id === id);
    if (index >= 0) current = index;
    mark();
    return model.open[current];
  }

  function choose(card: ConflictCard, way: string): void {
    const choice = card.choices.find((each) => each.way === way);
    if (choice === undefined) return;
    if (choice.whyNot !== null) warn(element, choice.whyNot);
    else if (choice.way === 'edit') openForm(card)?.focus();
    else keep(card, choice.name, settle(shown, card.chain, choice.way)?.ops ?? []);
  }

  function keep(card: ConflictCard, words: string, ops: readonly Op[]): void {
    draftOf(card).drop();
    void submit(element, store, { label: `${words}: ${card.label}`, ops });
  }

  function keepAll(groupId: string | undefined, way: Way): void {
    const cards = settleable(model.groups.find(({ id }) => id === groupId)?.cards ?? [], way);
    const ops = settleAll(
      shown,
      cards.map(({ chain }) => chain),
      way,
    );
    if (ops.length === 0) return;
    const words = way === 'theirs' ? 'Keep theirs' : 'Use mine';
    for (const card of cards) draftOf(card).drop();
    void submit(element, store, { label: `${words}: ${cards.length} conflicts`, ops });
  }

  /** Null where the form is open already. */
  function openForm(card: ConflictCard): { focus(): void } | null {
    const spot = cardElement(card)?.querySelector('.mp-conflict-form');
    if (!spot || spot.firstElementChild !== null || card.whyNot !== null) return null;
    const close = () => {
      draftOf(card).drop();
      spot.replaceChildren();
      cardElement(card)?.focus();
    };
    const form = customForm({
      card,
      zone: model.zone,
      now: serverMinute({ store, clock }),
      draft: draftOf(card),
      onSet(custom) {
        const ops = settleByHand(shown, card.chain, custom);
        const { verdict } = previewOf(shown, ops);
        if (verdict.outcome === 'refused') return warn(element, verdict.refusal.message);
        close();
        keep(card, 'Set by hand', ops);
      },
      onCancel: close,
    });
    spot.replaceChildren(form.element);
    return form;
  }

  function cardElement({ id }: ConflictCard): HTMLElement | null {
    return list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  }

  function isInSight(card: ConflictCard | undefined): boolean {
    const [shownAt, room] = [card && cardElement(card)?.getBoundingClientRect(), element.getBoundingClientRect()];
    return (
      shownAt !== undefined &&
      shownAt.bottom > Math.max(0, room.top) &&
      shownAt.top < Math.min(innerHeight, room.bottom)
    );
  }

  async function copyLink({ id, label }: ConflictCard): Promise<void> {
    const url = new URL(location.href);
    url.searchParams.set('macroplan-tab', 'conflicts');
    url.searchParams.set('macroplan-conflict', id);
    try {
      await navigator.clipboard.writeText(url.href);
      say(element, sentence`Link to “${label}” copied.`);
    } catch {
      warn(element, `This browser does not let the page copy. The link is ${url.href}`);
    }
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    const card = cardAt(target);
    const { do: act, choice = '' } = target?.dataset ?? {};
    if (act === 'settle-all') keepAll(target?.closest<HTMLElement>('[data-group]')?.dataset.group, choice as Way);
    else if (card !== undefined && act === 'choose') choose(card, choice);
    else if (card !== undefined && act === 'link') void copyLink(card);
  }

  function onKey(event: KeyboardEvent, { key, ctrlKey, metaKey, altKey }: Pressed): void {
    const isElsewhere = isTyping(event.target) || document.querySelector('dialog[open]') !== null;
    if (isElsewhere || ctrlKey || metaKey || altKey) return;
    const step = STEPS[key.toLowerCase()];
    const way = CHOICES[key];
    if (step === undefined && way === undefined) return;
    event.preventDefault();
    const card = cardAt(event.target);
    const isOnCard = list.contains(document.activeElement);
    if (step !== undefined) focusCard(current + (isOnCard ? step : 0));
    // Nobody settles what they do not see.
    else if (!isOnCard && !isInSight(card)) focusCard(current);
    else if (way !== undefined && card !== undefined) choose(card, way);
  }

  element.addEventListener('click', onClick);
  const stopKeys = listenForKeys(element, onKey);
  const unsubscribe = store.subscribe(next.ask);
  update();
  if (model.open[current]?.chain.some(({ id }) => id === linked)) focusCard(current);
  return () => {
    unsubscribe();
    stopKeys();
    next.cancel();
    element.remove();
    place.set('conflict', null);
  };
}

const letter = (key: string) => el('span', { 'data-letter': key }, key);

const STEPS: { readonly [key: string]: 1 | -1 } = { j: 1, k: -1 };
const CHOICES: { readonly [key: string]: Way | 'edit' } = { 1: 'theirs', 2: 'mine', 3: 'edit', 4: 'both' };
