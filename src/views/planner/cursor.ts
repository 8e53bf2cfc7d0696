/** Where the reader is: a cell, or a whole row (`column` null). */
export interface Cursor {
  readonly rowId: string;
  readonly column: string | null;
}

export function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.mp-body .mp-cell') : null;
}

export function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.mp-body .mp-row') : null;
}

/** The cursor that an element of the grid stands for. */
export function cursorAt(target: EventTarget | null): Cursor | null {
  const rowId = rowOf(target)?.dataset.id;
  return rowId === undefined ? null : { rowId, column: cellOf(target)?.dataset.col ?? null };
}
