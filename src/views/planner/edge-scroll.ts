import { frame } from '../dom.ts';

/** CSS pixels from the edge at which the scroll begins, and the most that it goes in one frame. */
const BAND = 24;
const PACE_MAX = 24;

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface EdgeScrollOptions {
  /** What scrolls. */
  readonly root: HTMLElement;
  /** The part of it at its start and top that stays, in CSS pixels. */
  readonly stays: () => Point;
  /** True where only time passes by, and not the rows. */
  readonly isLevel: boolean;
}

/**
 * What lies beyond the edge comes by itself while a pointer that drags something is held there, the faster the further out.
 * Not where the pointer was pressed near the edge and goes the other way.
 */
export function edgeScroll({ root, stays, isLevel }: EdgeScrollOptions) {
  let pace: Point = { x: 0, y: 0 };
  // Measured once a drag: to ask at each move would lay out the page.
  let edges = { left: 0, right: 0, top: 0, bottom: 0 };
  let from: Point = { x: 0, y: 0 };

  const going = frame(() => {
    const before = root.scrollLeft + root.scrollTop;
    root.scrollLeft += pace.x;
    root.scrollTop += pace.y;
    if (root.scrollLeft + root.scrollTop !== before) going.ask();
  });

  return {
    /** The pointer was pressed there. */
    press(point: Point): void {
      const { left, top } = root.getBoundingClientRect();
      const { x, y } = stays();
      edges = { left: left + x, right: left + root.clientWidth, top: top + y, bottom: top + root.clientHeight };
      from = point;
    },
    /** It is held there now. */
    hold({ x, y }: Point): void {
      pace = {
        x: paceOf(x, from.x, [edges.left, edges.right]),
        y: isLevel ? 0 : paceOf(y, from.y, [edges.top, edges.bottom]),
      };
      if (pace.x === 0 && pace.y === 0) going.cancel();
      else going.ask();
    },
    stop: () => going.cancel(),
  };
}

function paceOf(here: number, from: number, [least, most]: readonly [number, number]): number {
  const after = here > from ? here - (most - BAND) : 0;
  const before = here < from ? least + BAND - here : 0;
  if (after > 0) return Math.min(PACE_MAX, Math.ceil(after / 2));
  return before > 0 ? -Math.min(PACE_MAX, Math.ceil(before / 2)) : 0;
}
