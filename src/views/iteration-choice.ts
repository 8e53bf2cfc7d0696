import type { Iteration } from '../store/rows.ts';
import type { PlanView } from '../store/view.ts';

/** In the order of the programme: RUN0 … CUTOVER. */
export function iterationsInOrder(view: PlanView): readonly Iteration[] {
  return [...view.rows.iterations.values()].sort(
    (a, b) => a.position - b.position || a.window_start - b.window_start || a.code.localeCompare(b.code),
  );
}

/**
 * The iteration whose code the reader chose; else the live one, else the next to come, else the last. Null only where
 * the plan has none. `now` in minutes.
 */
export function chosenIteration(view: PlanView, code: string | null, now: number): Iteration | null {
  const iterations = iterationsInOrder(view);
  return (
    iterations.find((iteration) => iteration.code === code) ??
    iterations.find(({ state }) => state === 'live') ??
    iterations.find(({ state, window_end }) => state !== 'cancelled' && window_end > now) ??
    iterations.at(-1) ??
    null
  );
}
