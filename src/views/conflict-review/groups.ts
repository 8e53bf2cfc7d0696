import { el, setShown, setText } from '../dom.ts';
import { type KeyedNode, keyed } from '../keyed.ts';
import { mountCard } from './card.ts';
import { type ConflictCard, type ConflictGroup, settleable } from './model.ts';

/** Conflicts of one cause with one person, and one press for all of them. Buttons carry `data-do="settle-all"`. */
export function mountGroup(first: ConflictGroup): KeyedNode<ConflictGroup> {
  const title = el('h2', { class: 'mp-card-title' });
  const [theirs, mine] = [bulk('theirs'), bulk('mine')];
  const acts = el('div', { class: 'mp-line-acts' }, theirs, mine);
  const list = el('div', { class: 'mp-conflict-list' });
  const updateCards = keyed<ConflictCard>(list, ({ id }) => id, mountCard);
  return {
    element: el(
      'section',
      { class: 'mp-conflict-group', 'data-group': first.id },
      el('header', { class: 'mp-conflict-head' }, title, acts),
      list,
    ),
    update({ title: words, cards }) {
      setText(title, cards.length === 1 ? words : `${words} (${cards.length})`);
      offer(theirs, 'Keep theirs', settleable(cards, 'theirs').length);
      offer(mine, 'Use mine', settleable(cards, 'mine').length);
      updateCards(cards);
    },
  };
}

function bulk(way: string): HTMLElement {
  const attributes = { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'settle-all' };
  return el('button', { ...attributes, 'data-choice': way });
}

/** Of one alone its card offers the same. */
function offer(button: HTMLElement, words: string, count: number): void {
  setShown(button, count > 1);
  setText(button, `${words}, all ${count}`);
}
