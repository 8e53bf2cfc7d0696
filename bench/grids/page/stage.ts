/** Runs one grid in the page and takes the times, the same way for all. The bench calls it from outside. */
import type { Contestant } from './contestant.ts';
import { type GridRow, gridRows } from './grid-rows.ts';

export interface Stage {
  /** Makes so many rows, in the form in which the grid takes them. */
  prepare(count: number): void;
  /** Milliseconds from the rows to the frame after the first chapter is in the page. */
  paint(): Promise<number>;
  /** Milliseconds from frame to frame while the rows scroll by `pixels` in each. */
  scroll(frames: number, pixels: number): Promise<readonly number[]>;
  /** The middle of a bar, in pixels of the screen; null where there are no bars. */
  bar(): { readonly x: number; readonly y: number } | null;
}

const SHOWN_MS_MAX = 60_000;

export function takeStage(contestant: Contestant): void {
  const root = document.querySelector<HTMLElement>('#root') as HTMLElement;
  // Kept, as an application keeps its rows: so what they weigh is in the memory of every grid.
  let rows: readonly GridRow[] = [];
  const stage: Stage = {
    prepare(count) {
      rows = gridRows(count);
      contestant.prepare(rows);
    },
    async paint() {
      const first = rows[1]?.title ?? '';
      await frame();
      const startedAt = performance.now();
      contestant.show(root);
      while (!root.textContent.includes(first)) {
        if (performance.now() - startedAt > SHOWN_MS_MAX) throw new Error('the first chapter never came');
        await frame();
      }
      await frame();
      return performance.now() - startedAt;
    },
    async scroll(frames, pixels) {
      const scroller = contestant.scroller(root);
      if (scroller === null) throw new Error('nothing here scrolls');
      const times: number[] = [];
      let before = await frame();
      for (let i = 1; i <= frames; i += 1) {
        scroller.scrollTop = i * pixels;
        const now = await frame();
        times.push(now - before);
        before = now;
      }
      if (scroller.scrollTop < frames * pixels * 0.9) throw new Error('the rows did not scroll');
      await frame();
      // Not the first chapter: its bar was dragged, and a row that has the focus stays.
      if (root.textContent.includes(rows[3]?.title ?? '')) throw new Error('the rows did not follow the scroll');
      return times;
    },
    bar() {
      const bar = contestant.bar?.(root);
      if (!bar) return null;
      const { x, y, width, height } = bar.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
  };
  Object.assign(window, { stage });
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}
