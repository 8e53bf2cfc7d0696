/** The preview of an import: counts to filter by, and what each line would do. */
import type { ImportLine, ImportPlan } from '../../store/exchange/import-plan.ts';
import { el, setShown, setText } from '../dom.ts';
import { changeText, importFilters, isShown, type LineFilter, VERDICT_WORDS } from './import-model.ts';

/** A table of thousands of rows says no more than its first ones; the report has them all. */
const LINES_MAX = 200;

/** Its buttons carry `data-do="filter"` and the filter. */
export function importLines() {
  const filters = el('div', { class: 'mp-segments', role: 'group', 'aria-label': 'Lines shown' });
  const body = el('tbody');
  const table = el(
    'table',
    { class: 'mp-exchange-lines' },
    el(
      'thead',
      {},
      el('tr', {}, ...['Line', 'Code', 'Chapter', 'What', 'Details'].map((text) => el('th', { scope: 'col' }, text))),
    ),
    body,
  );
  const more = el('p', { class: 'mp-help-text' });
  const scroller = el(
    'div',
    { class: 'mp-exchange-scroller', tabindex: 0, role: 'region', 'aria-label': 'Lines of the file' },
    table,
  );
  let shownPlan: ImportPlan | null = null;
  let shownFilter: LineFilter | null = null;
  return {
    elements: [filters, scroller, more],
    update(plan: ImportPlan, filter: LineFilter): void {
      // A poll that brought nothing takes no selected text away.
      if (plan === shownPlan && filter === shownFilter) return;
      shownPlan = plan;
      shownFilter = filter;
      const hadFocus = filters.contains(document.activeElement);
      filters.replaceChildren(
        ...importFilters(plan)
          .filter(({ filter: name, count }) => count > 0 || name === 'all' || name === filter)
          .map(({ filter: name, label }) => filterButton(name, label, name === filter)),
      );
      if (hadFocus) filters.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
      const shown = plan.lines.filter((line) => isShown(line, filter));
      body.replaceChildren(...shown.slice(0, LINES_MAX).map(lineRow));
      setShown(more, shown.length > LINES_MAX);
      setText(more, `and ${shown.length - LINES_MAX} more, all of which are in the report.`);
    },
  };
}

function filterButton(filter: LineFilter, label: string, isPressed: boolean): HTMLElement {
  return el(
    'button',
    {
      type: 'button',
      class: 'mp-segment',
      'data-do': 'filter',
      'data-filter': filter,
      'aria-pressed': String(isPressed),
    },
    label,
  );
}

function lineRow({ line, code, title, verdict, changes, problems }: ImportLine): HTMLElement {
  const details = [
    ...changes.map((change) => el('p', {}, changeText(change))),
    ...problems.map((problem) => el('p', { class: 'mp-exchange-problem' }, problem)),
  ];
  return el(
    'tr',
    { 'data-verdict': verdict },
    el('td', {}, line === null ? '' : String(line)),
    el('th', { scope: 'row' }, code),
    el('td', {}, title),
    el('td', {}, el('span', { class: 'mp-exchange-verdict', 'data-verdict': verdict }, VERDICT_WORDS[verdict])),
    el('td', {}, ...details),
  );
}
