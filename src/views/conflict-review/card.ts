import { el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { type KeyedNode, keyed } from '../keyed.ts';
import type { Bars, ConflictCard, ItemModel } from './model.ts';

/** One conflict: the sentence, the three sides, and one key for each way out. Buttons carry `data-do="choose"`. */
export function mountCard(first: ConflictCard): KeyedNode<ConflictCard> {
  const label = el('h2', { class: 'mp-conflict-label' });
  const cause = el('p', { class: 'mp-conflict-cause' });
  const author = el('span', { class: 'mp-lozenge' });
  const items = el('div', { class: 'mp-conflict-items' });
  const whyNot = el('p', { class: 'mp-help-text' });
  const theirs = choice('theirs', '1', 'Keep theirs');
  const mine = choice('mine', '2', 'Use mine');
  const edit = choice('edit', '3', 'Edit…');
  const onTop = choice('on-top', '4', '');
  const choices = el(
    'div',
    { class: 'mp-conflict-choices', role: 'group', 'aria-label': 'Decide' },
    theirs.element,
    mine.element,
    edit.element,
    onTop.element,
  );
  const form = el('div', { class: 'mp-conflict-form' });
  const element = el(
    'article',
    { class: 'mp-conflict', tabindex: -1, 'data-id': first.id },
    el('header', { class: 'mp-conflict-head' }, label, author),
    cause,
    items,
    choices,
    whyNot,
    form,
  );
  const updateItems = keyed<ItemModel>(items, ({ key }) => key, mountItem);
  return {
    element,
    update(card) {
      setAttribute(element, 'aria-label', `Conflict: ${card.label}`);
      setText(label, card.label);
      setText(cause, card.cause);
      setText(author, card.isMine ? 'Yours' : `${card.conflict.author_name}’s`);
      setAttribute(author, 'data-state', card.isMine ? 'frozen' : null);
      updateItems(card.items);
      theirs.update(previewOf(card, 'theirs', card.theirsWord));
      mine.update(previewOf(card, 'mine', card.authorWord));
      mine.name(card.isMine ? 'Use mine' : `Use ${card.conflict.author_name}’s`);
      edit.update('Set something else');
      onTop.name(`Mine on top (${card.onTop ?? ''})`);
      onTop.update('Both shifts, one after the other');
      setShown(onTop.element, card.onTop !== null);
      setShown(choices, card.whyNot === null);
      setShown(whyNot, card.whyNot !== null);
      setText(whyNot, card.whyNot ?? '');
    },
  };
}

/** What the plan will hold after the choice, for one item; for several, how many. */
function previewOf({ items }: ConflictCard, side: 'theirs' | 'mine', who: string): string {
  const [only] = items;
  return items.length === 1 && only !== undefined ? `will be ${only[side]}` : `${who}, for all ${items.length}`;
}

function choice(name: string, key: string, words: string) {
  const label = el('span', { class: 'mp-choice-name' }, words);
  const preview = el('span', { class: 'mp-choice-preview' });
  const element = el(
    'button',
    { type: 'button', class: 'mp-choice', 'data-do': 'choose', 'data-choice': name, 'aria-keyshortcuts': key },
    el('kbd', {}, key),
    label,
    preview,
  );
  return {
    element,
    name: (text: string) => setText(label, text),
    update: (text: string) => setText(preview, text),
  };
}

function mountItem(first: ItemModel): KeyedNode<ItemModel> {
  const what = el('strong');
  const sentence = el('p', { class: 'mp-conflict-sentence' });
  const sides = (['base', 'theirs', 'mine'] as const).map((side) => sideRow(side));
  const element = el(
    'section',
    { class: 'mp-conflict-item' },
    el('p', { class: 'mp-conflict-what' }, what, el('span', { class: 'mp-help-text' }, first.unitWord)),
    sentence,
    el(
      'table',
      { class: 'mp-sides' },
      el('caption', { class: 'mp-unseen' }, `Three sides of ${first.what}`),
      el('tbody', {}, ...sides.map((row) => row.element)),
    ),
  );
  return {
    element,
    update(item) {
      setText(what, item.what);
      setText(sentence, item.sentence);
      for (const row of sides) row.update(item);
    },
  };
}

const SIDE_WORDS = { base: 'Before', theirs: 'Theirs', mine: 'Mine' } as const;

function sideRow(side: keyof Bars) {
  const value = el('td');
  const bar = el('div', { class: 'mp-side-bar' });
  const track = el('td', { class: 'mp-side-track' }, bar);
  const name = el('th', { scope: 'row' }, SIDE_WORDS[side]);
  const element = el('tr', { 'data-side': side }, name, value, track);
  return {
    element,
    update(item: ItemModel) {
      if (side === 'mine') setText(name, item.mineWord);
      setText(value, item[side]);
      const span = item.bars?.[side] ?? null;
      setShown(track, item.bars !== null);
      setShown(bar, span !== null);
      if (span === null) return;
      setVariable(bar, '--from', span[0]);
      setVariable(bar, '--to', span[1]);
    },
  };
}
