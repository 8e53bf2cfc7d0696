import { sentence } from '../../store/isolated.ts';
import { el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { type KeyedNode, keyed } from '../keyed.ts';
import type { Choice } from './choices.ts';
import type { ConflictCard, ItemModel } from './model.ts';

/** One conflict: the sentence, the three sides, and one key for each way out. Buttons carry `data-do="choose"`. */
export function mountCard(first: ConflictCard): KeyedNode<ConflictCard> {
  const label = el('h3', { class: 'mp-conflict-label' });
  const cause = el('p', { class: 'mp-conflict-cause' });
  const author = el('span', { class: 'mp-lozenge' });
  const link = el(
    'button',
    { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-tone': 'plain', 'data-do': 'link' },
    'Copy link',
  );
  const items = el('div', { class: 'mp-conflict-items' });
  const followers = el('p', { class: 'mp-help-text' });
  const whyNot = el('p', { class: 'mp-help-text' });
  const choices = el('div', { class: 'mp-conflict-choices', role: 'group', 'aria-label': 'Decide' });
  const form = el('div', { class: 'mp-conflict-form' });
  const element = el(
    'article',
    { class: 'mp-conflict', tabindex: -1, 'data-id': first.id },
    el('header', { class: 'mp-conflict-head' }, label, author, link),
    cause,
    items,
    followers,
    choices,
    whyNot,
    form,
  );
  const updateItems = keyed<ItemModel>(items, ({ key }) => key, mountItem);
  const updateChoices = keyed<Choice>(choices, ({ way }) => way, mountChoice);
  return {
    element,
    update(card) {
      setAttribute(element, 'aria-label', sentence`Conflict: ${card.label}`);
      setText(label, card.label);
      setText(cause, card.cause);
      setText(author, card.isMine ? 'Yours' : sentence`${card.authorName}’s`);
      setAttribute(author, 'data-state', card.isMine ? 'frozen' : null);
      setAttribute(link, 'aria-label', `Copy link to ${card.label}`);
      updateItems(card.items);
      setShown(followers, card.followers.length !== 0);
      setText(followers, `Built on it: ${card.followers.map((label) => sentence`“${label}”`).join(', ')}.`);
      updateChoices(card.choices);
      setShown(choices, card.whyNot === null);
      setShown(whyNot, card.whyNot !== null);
      setText(whyNot, card.whyNot ?? '');
    },
  };
}

function mountChoice({ way, key }: Choice): KeyedNode<Choice> {
  const name = el('span', { class: 'mp-choice-name' });
  const value = el('span', { class: 'mp-choice-preview' });
  const effect = el('span', { class: 'mp-choice-preview' });
  const element = el(
    'button',
    { type: 'button', class: 'mp-choice', 'data-do': 'choose', 'data-choice': way, 'data-shortcut': key },
    el('kbd', { 'data-letter': key }, key),
    name,
    value,
    effect,
  );
  return {
    element,
    update(choice) {
      setText(name, choice.name);
      setText(value, choice.value);
      setText(effect, choice.whyNot === null ? choice.effect : `Not possible: ${choice.whyNot}`);
      setAttribute(element, 'aria-disabled', choice.whyNot === null ? null : 'true');
    },
  };
}

function mountItem(first: ItemModel): KeyedNode<ItemModel> {
  const what = el('strong');
  const sentence = el('p', { class: 'mp-conflict-sentence' });
  const sides = (['base', 'theirs', 'mine', 'both'] as const).map((side) => sideRow(side));
  const element = el(
    'section',
    { class: 'mp-conflict-item' },
    el('p', { class: 'mp-conflict-what' }, what, el('span', { class: 'mp-help-text' }, first.unitWord)),
    sentence,
    el(
      'table',
      { class: 'mp-sides', 'data-text': first.both !== '' },
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

const SIDE_WORDS = { base: 'Before', theirs: 'Theirs', mine: 'Mine', both: 'Both' } as const;

function sideRow(side: keyof typeof SIDE_WORDS) {
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
      const span = side === 'both' ? null : (item.bars?.[side] ?? null);
      setShown(element, item[side] !== '');
      setShown(track, item.bars !== null);
      setShown(bar, span !== null);
      if (span === null) return;
      setVariable(bar, '--from', span[0]);
      setVariable(bar, '--to', span[1]);
    },
  };
}
