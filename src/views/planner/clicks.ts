/** What clicks in the planner mean, and the menu of a row. */
import { chooseIteration } from '../choose-iteration.ts';
import { asked } from '../dom.ts';
import { openMenu } from '../menu.ts';
import type { Hold } from './commands.ts';
import { cellOf, rowOf } from './cursor.ts';
import { filterMenu } from './filter-menu.ts';
import { chapterLineOf } from './model.ts';
import { isNamed } from './row-acts.ts';
import { selectByClick } from './select-by-click.ts';

export function answerClicks(hold: Hold): void {
  const { element, store, place, table, zooms, edits, drafts, model, selectedLines } = hold;
  const { shows, selects, acts, parts } = hold;

  const choose = (target: HTMLElement) => chooseIteration(target, model(), shows.showIteration);
  const clicks: { readonly [name: string]: (target: HTMLElement, rowId: string, event: MouseEvent) => void } = {
    edit: (target, _, event) => {
      if (!(event.target instanceof HTMLInputElement)) edits.editCell(target);
    },
    times: (_, rowId) => (rowId === '' ? edits.setTimesOf(selectedLines()) : acts.setTimes(rowId)),
    decide: (_, rowId) => acts.decide(rowId),
    toggle: (_, rowId) => shows.toggleRow(rowId),
    select: (_, rowId, { shiftKey }) => selects.select(rowId, shiftKey),
    'select-all': selects.selectAll,
    clear: selects.clear,
    'from-here-on': () => selects.fromHereOn(selectedLines()),
    slip: () => edits.slip(selectedLines()),
    status: (target) => edits.changeStatus(target, selectedLines()),
    previous: choose,
    following: choose,
    'choose-iteration': choose,
    now: shows.showNow,
    reveal: (_, rowId) => shows.reveal(rowId),
    'reveal-deadline': (_, rowId) => shows.revealDeadline(rowId),
    filter: (target) =>
      filterMenu(target, { store, drafts, search: () => place.get('search') ?? '', onSearch: shows.search }),
    'clear-search': () => shows.search(''),
    'show-changed': shows.toggleChanged,
    seen: shows.seeOff,
    'hide-baseline': () => shows.compare(null),
    plan: (target) => void parts.enter(({ openPlanMenu }) => openPlanMenu(target, table.cursor()?.rowId)),
    findings: shows.toggleFindings,
    finding: ({ dataset }) => shows.lead(dataset.id ?? ''),
    variance: shows.toggleVariance,
    'fit-selection': shows.fit,
    zoom: ({ dataset }) => zooms.set(dataset.value ?? 'fit'),
    layout: ({ dataset }) => shows.layOut(dataset.value ?? null),
  };

  // First in line: a click that selects is no other click.
  selectByClick(hold);
  element.addEventListener('click', (event) => {
    const target = asked(event, element);
    if (target === null) return;
    const hadFocus = document.activeElement === target;
    clicks[target.dataset.do ?? '']?.(target, rowOf(target)?.dataset.id ?? '', event);
    if (hadFocus && !target.checkVisibility()) focusInPlaceOf(target);
  });
  element.addEventListener('dblclick', ({ target }) => {
    const shape = (target as Element).closest('.mp-bar, .mp-gate');
    const line = shape === null ? null : chapterLineOf(model(), rowOf(shape)?.dataset.id);
    if (line !== null) edits.setTimes(line);
    const cell = cellOf(target);
    if (isNamed(cell)) acts.change(rowOf(cell)?.dataset.id ?? '');
  });
  // Also the menu key and Shift+F10, on the row that has the focus.
  element.addEventListener('contextmenu', (event) => {
    const anchor = cellOf(event.target) ?? rowOf(event.target);
    const rowId = rowOf(anchor)?.dataset.id ?? '';
    const items = acts.items(rowId);
    const isEmpty = items.length === 0 && !acts.mayChange();
    // A text being typed has the browser's own menu.
    if (anchor === null || isEmpty || anchor.querySelector('input:focus, textarea:focus')) return;
    event.preventDefault();
    void parts.enter((structure) => openMenu(anchor, 'Row', [...items, ...structure.rowItems(rowId)]));
  });

  /** What went away by its own click had the focus: what opens it again has it then, else the grid. */
  function focusInPlaceOf(target: HTMLElement): void {
    const same = element.querySelectorAll<HTMLElement>(`[data-do="${target.dataset.do}"]`);
    const other = [...same].find((each) => each.checkVisibility());
    const cursor = table.cursor();
    if (other !== undefined) other.focus();
    else if (cursor !== null) table.focus(cursor);
  }
}
