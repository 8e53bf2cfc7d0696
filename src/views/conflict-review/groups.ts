import { el, setShown, setText } from '../dom.ts';
import { type KeyedNode, keyed } from '../keyed.ts';
import { mountCard } from './card.ts';
import type { ConflictCard, ConflictGroup } from './model.ts';

/** Conflicts of one cause with one person, and one press for all of them. Buttons carry `data-do="settle-all"`. */
export function mountGroup(first: ConflictGroup): KeyedNode<ConflictGroup> {
  const title = el('h2', { class: 'mp-card-title' });
  const [theirs, mine] = [bulk('theirs', 'Keep theirs'), bulk('mine', 'Use mine')];
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
      const free = cards.filter(({ whyNot }) => whyNot === null).length;
      setText(title, cards.length === 1 ? words : `${words} (${cards.length})`);
      setShown(acts, free > 1);
      setText(theirs, `Keep theirs, all ${free}`);
      setText(mine, `Use mine, all ${free}`);
      updateCards(cards);
    },
  };
}

function bulk(way: string, words: string): HTMLElement {
  const attributes = { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'settle-all' };
  return el('button', { ...attributes, 'data-choice': way }, words);
}
