/** What every grid is asked to do; the stage times it. An adapter sets its grid up as its documentation says it is fast. */
import type { GridRow } from './grid-rows.ts';

export interface Contestant {
  /** Turns the rows into what the grid takes, before the clock starts. */
  prepare(rows: readonly GridRow[]): void;
  show(root: HTMLElement): void;
  /** What scrolls the rows. */
  scroller(root: HTMLElement): HTMLElement | null;
  /** A bar on screen that can be dragged; absent where the grid has none. */
  bar?(root: HTMLElement): HTMLElement | null;
}
