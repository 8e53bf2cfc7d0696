import { sentence } from '../../store/isolated.ts';
import type { PlanStore } from '../../store/view.ts';
import { andMore } from '../../store/words.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';
import { door } from '../door.ts';
import type { Drafts } from '../drafts.ts';
import { keyed } from '../keyed.ts';
import { isComposed } from '../keys.ts';
import { openPopup } from '../popup.ts';
import { choicesLike, type FilterChoice, filterChoices } from './filter-choices.ts';
import { MINE, myTeams } from './my-teams.ts';
import { hasToken, toggleToken } from './search.ts';
import './filter-menu.css';

export interface FilterOptions {
  readonly store: PlanStore;
  readonly drafts: Drafts;
  /** What the search field holds now. */
  readonly search: () => string;
  readonly onSearch: (next: string) => void;
}

/**
 * What to look for, by clicks or by keys: a field in which is typed what it is called, and below it what is called so (the combobox of
 * WAI-ARIA). It stays open, since of teams one often wants several; Escape, Tab and a click elsewhere leave it.
 */
export function filterMenu(anchor: HTMLElement, { store, drafts, search, onSearch }: FilterOptions): void {
  filterCount += 1;
  const listId = `mp-filter-${filterCount}`;
  const list = el('div', { class: 'mp-filter-list', role: 'listbox', id: listId, 'aria-label': 'Filter' });
  setAttribute(list, 'aria-multiselectable', 'true');
  // Else a browser makes a stop of what scrolls.
  list.tabIndex = -1;
  const input = el('input', {
    type: 'text',
    class: 'mp-input',
    role: 'combobox',
    'aria-label': 'Find a filter',
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    placeholder: 'Type to find a team, label, site or phase',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const rest = el('p', { class: 'mp-help-text', role: 'status' });
  const own = el(
    'button',
    { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-tone': 'plain' },
    ownWords(),
  );
  const content = el('div', { class: 'mp-filter' }, input, list, rest, own);
  const popup = openPopup(anchor, content, { class: 'mp-filter-popup', kind: 'auto' });
  if (popup === null) return;
  const teams = door(anchor, 'The choice of your teams', () => import('./my-teams-dialog.ts'));
  void teams.arrive();
  const choices = filterChoices(store.view().rows, search());
  let shown: readonly FilterChoice[] = [];
  /** Of the choice that Enter would take; null: none. */
  let active: string | null = null;
  const showChoices = keyed<FilterChoice>(list, ({ token }) => token, mountChoice);

  function mountChoice({ token, label }: FilterChoice) {
    const element = el(
      'div',
      { class: 'mp-menu-item', role: 'option', id: `${listId}-${choices.findIndex((each) => each.token === token)}` },
      el('span', { class: 'mp-menu-label' }, label),
      el('span', { class: 'mp-menu-hint' }, token),
    );
    element.dataset.token = token;
    return {
      element,
      update() {
        setAttribute(element, 'aria-selected', String(hasToken(search(), token)));
        setAttribute(element, 'data-active', token === active);
      },
    };
  }

  function update(): void {
    const like = choicesLike(choices, input.value);
    shown = like.shown;
    if (!shown.some(({ token }) => token === active)) active = input.value === '' ? null : (shown[0]?.token ?? null);
    showChoices(shown);
    setShown(list, shown.length > 0);
    setAttribute(input, 'aria-expanded', String(shown.length > 0));
    setText(
      rest,
      shown.length === 0 ? 'Nothing is called so.' : like.more > 0 ? `${like.more} more – type to find` : '',
    );
    const at = list.querySelector('[data-active]');
    setAttribute(input, 'aria-activedescendant', at?.id ?? null);
    at?.scrollIntoView({ block: 'nearest' });
  }

  function ownWords(): string {
    const codes = [...myTeams(store.view())].map((id) => store.view().rows.teams.get(id)?.code);
    return codes.length === 0
      ? 'My teams: none yet…'
      : sentence`My teams: ${andMore(codes.slice(0, 4).map(String), codes.length)}…`;
  }

  /** Then what is mine is looked for. */
  function askTeams(): void {
    popup?.close();
    const draft = drafts.ofNew('my teams');
    const onKept = () => onSearch(hasToken(search(), MINE) ? search() : toggleToken(search(), MINE));
    void teams.enter(({ openMyTeams }) => openMyTeams(anchor, { store, draft, onKept }));
  }

  function choose(token: string): void {
    if (token === MINE && !hasToken(search(), MINE) && myTeams(store.view()).size === 0) {
      askTeams();
      return;
    }
    active = token;
    onSearch(toggleToken(search(), token));
    update();
  }

  function move(step: 1 | -1): void {
    const here = shown.findIndex(({ token }) => token === active);
    const from = here < 0 && step < 0 ? 0 : here;
    active = shown[(from + step + shown.length) % shown.length]?.token ?? null;
    update();
  }

  input.addEventListener('input', update);
  content.addEventListener('keydown', (event) => {
    // Keys pressed in here mean nothing to the grid below.
    event.stopPropagation();
    if (isComposed(event)) return;
    const isOnOwn = event.target === own;
    // The teams are one stop further; else Tab leaves.
    if (event.key === 'Tab' && isOnOwn === event.shiftKey) return;
    if (event.key === 'Tab') popup.close();
    else if (isOnOwn) return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && active !== null) choose(active);
    else return;
    if (event.key !== 'Tab') event.preventDefault();
  });
  // The focus stays in the field.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('mousedown', (event) => event.preventDefault());
  own.addEventListener('click', askTeams);
  list.addEventListener('click', (event) => {
    const { token } = (event.target as Element).closest<HTMLElement>('[data-token]')?.dataset ?? {};
    if (token !== undefined) choose(token);
  });
  update();
  // It grew after it was placed.
  dispatchEvent(new Event('resize'));
  input.focus();
}

let filterCount = 0;
