import { el, setAttribute, setShown, setText } from '../dom.ts';
import { iterationBar } from '../iteration-bar.ts';
import { ZOOMS, type Zoom } from './axis.ts';
import type { PlannerModel } from './model.ts';

export const LAYOUTS = ['both', 'table', 'timeline'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface ToolbarState {
  readonly zoom: Zoom;
  readonly layout: Layout;
  readonly selectedCount: number;
}

const LAYOUT_WORDS: { readonly [L in Layout]: string } = { both: 'Both', table: 'Table', timeline: 'Timeline' };
const ZOOM_WORDS: { readonly [Z in Zoom]: string } = { fit: 'Fit', '1h': '1 h', '4h': '4 h', day: 'Day' };

/** Above the grid: which iteration, how it is shown, and what to do with the selection. Controls carry `data-do`. */
export function toolbar() {
  const iterations = iterationBar();
  const summary = el('span', { class: 'mp-summary' });
  const why = el('span', { class: 'mp-why-not', hidden: true });
  const today = el(
    'button',
    { type: 'button', class: 'mp-button', 'data-tone': 'plain', 'data-size': 'small', 'data-do': 'now' },
    'Now',
  );
  const zooms = segments('Zoom', 'zoom', ZOOMS, ZOOM_WORDS);
  const layouts = segments('Layout', 'layout', LAYOUTS, LAYOUT_WORDS);
  const element = el(
    'div',
    { class: 'mp-toolbar' },
    iterations.element,
    summary,
    why,
    el('div', { class: 'mp-toolbar-end' }, today, zooms.element, layouts.element),
  );
  const count = el('strong');
  const selection = el(
    'div',
    { class: 'mp-selection', role: 'group', 'aria-label': 'Selected chapters', hidden: true },
    count,
    act('slip', 'Move…', 'M'),
    act('status', 'Status…'),
    act('clear', 'Clear', 'Esc'),
  );
  return {
    element,
    selection,
    update(model: PlannerModel, { zoom, layout, selectedCount }: ToolbarState) {
      iterations.update(model);
      setText(summary, model.summary);
      setText(why, model.whyNotPlan ?? '');
      setShown(why, model.whyNotPlan !== null);
      zooms.update(zoom);
      layouts.update(layout);
      setShown(selection, selectedCount !== 0);
      setText(count, `${selectedCount} selected`);
    },
  };
}

function act(name: string, label: string, key?: string): HTMLButtonElement {
  const hint = key === undefined ? [] : [el('kbd', {}, key)];
  return el(
    'button',
    { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-tone': 'plain', 'data-do': name },
    label,
    ...hint,
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
    element: el('div', { class: 'mp-segments', role: 'group', 'aria-label': label }, ...buttons),
    update(chosen: T) {
      for (const button of buttons) setAttribute(button, 'aria-pressed', String(button.dataset.value === chosen));
    },
  };
}
