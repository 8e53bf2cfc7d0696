/** Moving through the grid by keys: one tab stop, arrows between cells, the column kept from row to row. */
const STEPS: { readonly [key: string]: readonly [rows: number, columns: number] } = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** The cell that a key leads to from `cell`; null where the key means nothing here. */
export function cellByKey(cell: HTMLElement, event: KeyboardEvent): HTMLElement | null {
  if (event.altKey || event.metaKey) return null;
  const row = rowOf(cell);
  const body = row?.parentElement;
  if (!row || !body) return null;
  if (event.key === 'Home') return event.ctrlKey ? inRow(body.firstElementChild, cell) : edgeCell(row, 0);
  if (event.key === 'End') return event.ctrlKey ? inRow(body.lastElementChild, cell) : edgeCell(row, -1);
  const step = STEPS[event.key];
  if (step === undefined || event.ctrlKey) return null;
  const [rows, columns] = step;
  if (columns !== 0) {
    const cells = shownCells(row);
    return cells[cells.indexOf(cell) + columns] ?? cell;
  }
  const all = [...body.children];
  const target = all[Math.max(0, Math.min(all.length - 1, all.indexOf(row) + rows))];
  return inRow(target ?? row, cell);
}

/** The next editable cell of the row; null past its ends. */
export function editableBeside(cell: HTMLElement, step: 1 | -1): HTMLElement | null {
  const row = rowOf(cell);
  if (!row) return null;
  const cells = shownCells(row).filter(({ dataset }) => dataset.do === 'edit');
  return cells[cells.indexOf(cell) + step] ?? null;
}

/** The grid is one stop of the Tab key: the cell last visited. */
export function setTabStop(cell: HTMLElement): void {
  const body = cell.closest('.mp-body');
  for (const other of body?.querySelectorAll('.mp-cell[tabindex="0"]') ?? []) other.setAttribute('tabindex', '-1');
  cell.setAttribute('tabindex', '0');
}

export function focusCell(cell: HTMLElement): void {
  setTabStop(cell);
  cell.focus();
}

export function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.mp-body .mp-cell') : null;
}

export function rowOf(cell: Element): HTMLElement | null {
  return cell.closest<HTMLElement>('.mp-row');
}

function inRow(row: Element | null, cell: HTMLElement): HTMLElement | null {
  return row?.querySelector<HTMLElement>(`.mp-cell[data-col="${cell.dataset.col}"]`) ?? null;
}

function edgeCell(row: HTMLElement, index: 0 | -1): HTMLElement | null {
  return shownCells(row).at(index) ?? null;
}

/** Layouts hide columns; a hidden cell cannot hold the focus. */
function shownCells(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('.mp-cell')].filter((cell) => cell.checkVisibility());
}
