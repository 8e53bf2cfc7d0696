/** Where a row goes among its siblings, so that two people who order different rows do not meet. Pure. */

export interface Positioned {
  readonly position: number;
}

export interface Placed<T> {
  readonly position: number;
  /** Siblings that make room; empty where there was some. */
  readonly shifted: readonly { readonly row: T; readonly position: number }[];
}

/** Wide enough for ten halvings; within ±2^52 for any number of rows. */
export const POSITION_STEP = 1024;

/** The position at `index` of siblings in their order, of which the placed row is none. Moves as few others as it can. */
export function placeAt<T extends Positioned>(siblings: readonly T[], index: number): Placed<T> {
  const before = siblings[index - 1]?.position;
  const after = siblings[index]?.position;
  if (before === undefined) return { position: (after ?? 2 * POSITION_STEP) - POSITION_STEP, shifted: [] };
  if (after === undefined) return { position: before + POSITION_STEP, shifted: [] };
  if (after - before >= 2) return { position: Math.floor((before + after) / 2), shifted: [] };
  const position = before + POSITION_STEP;
  const shifted: { readonly row: T; readonly position: number }[] = [];
  let last = position;
  for (const row of siblings.slice(index)) {
    if (row.position > last) break;
    last += POSITION_STEP;
    shifted.push({ row, position: last });
  }
  return { position, shifted };
}
