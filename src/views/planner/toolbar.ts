import { sentence } from '../../store/isolated.ts';
import { counted } from '../../store/words.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';
import { iterationBar } from '../iteration-bar.ts';
import { ZOOMS } from './axis.ts';
import type { PlannerModel } from './model.ts';

export const LAYOUTS = ['both', 'table', 'timeline'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface ToolbarState {
  readonly zoom: string;
  readonly layout: Layout;
  readonly search: string;
  readonly areFindingsOpen: boolean;
  readonly isVarianceShown: boolean;
}

export const LAYOUT_WORDS: { readonly [L in Layout]: string } = { both: 'Both', table: 'Table', timeline: 'Timeline' };
export const ZOOM_WORDS: { readonly [Z in keyof typeof ZOOMS]: string } = {
  fit: 'Fit',
  '15m': '15 min',
  '1h': '1 h',
  '4h': '4 h',
  day: 'Day',
};

/** Above the grid: which iteration, and how it is shown. Controls carry `data-do`. */
export function toolbar() {
  const iterations = iterationBar();
  const summary = el('span', { class: 'mp-summary' });
  const clocks = el('span', {
    class: 'mp-summary',
    title: 'Clocks now: the plan’s, yours where it differs, and those of sites',
  });
  const why = el('span', { class: 'mp-why-not', hidden: true });
  const search = el('input', {
    type: 'search',
    class: 'mp-input mp-search',
    placeholder: 'Search',
    'aria-label': 'Search chapters',
    'data-shortcut': '/',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const hidden = act('clear-search', '');
  const findings = act('findings', '');
  const variance = act('variance', 'Variance');
  setAttribute(variance, 'title', 'How much later than planned, or than in what is compared: a column');
  setAttribute(variance, 'data-shortcut', 'V');
  const baseline = act('hide-baseline', '');
  setAttribute(baseline, 'title', 'Compare no more');
  const plan = act('plan', 'Plan…');
  setAttribute(plan, 'aria-haspopup', 'menu');
  const zooms = segments('Zoom', 'zoom', Object.keys(ZOOMS) as (keyof typeof ZOOMS)[], ZOOM_WORDS);
  const layouts = segments('Layout', 'layout', LAYOUTS, LAYOUT_WORDS);
  const element = el(
    'div',
    { class: 'mp-toolbar' },
    iterations.element,
    summary,
    clocks,
    why,
    el(
      'div',
      { class: 'mp-toolbar-more' },
      search,
      act('filter', 'Filter…'),
      hidden,
      findings,
      variance,
      baseline,
      el('div', { class: 'mp-toolbar-end' }, plan, act('now', 'Now'), zooms.element, layouts.element),
    ),
  );
  return {
    element,
    search,
    update(model: PlannerModel, state: ToolbarState) {
      iterations.update(model);
      setText(summary, model.summary);
      setText(clocks, model.clocks);
      setText(why, model.whyNotPlan ?? '');
      setShown(why, model.whyNotPlan !== null);
      // Whoever types in it knows better what it should say.
      if (search.value !== state.search && document.activeElement !== search) search.value = state.search;
      setShown(hidden, model.hidden.all > 0);
      setText(hidden, hiddenWords(model.hidden));
      setAttribute(hidden, 'data-alert', model.hidden.late + model.hidden.conflicted > 0);
      setText(findings, findingWords(model));
      setShown(findings, model.iteration !== null);
      setShown(baseline, model.compared !== null);
      setText(baseline, sentence`Compared with “${model.compared?.name}” ×`);
      setAttribute(findings, 'aria-expanded', String(state.areFindingsOpen));
      setAttribute(variance, 'aria-pressed', String(state.isVarianceShown));
      setShown(variance, state.layout !== 'timeline');
      zooms.update(state.zoom);
      layouts.update(state.layout);
    },
  };
}

/** What is late or disputed is never left out silently. */
function findingWords({ findings: { length }, isWorkedOut }: PlannerModel): string {
  if (!isWorkedOut) return 'Findings …';
  return counted(length, 'finding');
}

function hiddenWords({ all, late, conflicted }: PlannerModel['hidden']): string {
  const parts = [`${all} hidden`];
  if (late > 0) parts.push(`${late} late`);
  if (conflicted > 0) parts.push(`${conflicted} to decide`);
  return `${parts.join(', ')} ×`;
}

function act(name: string, label: string): HTMLButtonElement {
  return el(
    'button',
    { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-tone': 'plain', 'data-do': name },
    label,
  );
}

function segments<T extends string>(
  label: string,
  name: string,
  values: readonly T[],
  words: { readonly [V in T]: string },
) {
  const buttons = values.map((value) =>
    el('button', { type: 'button', class: 'mp-segment', 'data-do': name, 'data-value': value }, words[value]),
  );
  return {
    element: el('div', { class: 'mp-segments', role: 'group', 'data-of': name, 'aria-label': label }, ...buttons),
    update(chosen: string) {
      for (const button of buttons) setAttribute(button, 'aria-pressed', String(button.dataset.value === chosen));
    },
  };
}
