import { sentence } from '../store/isolated.ts';
import type { Iteration } from '../store/rows.ts';
import type { PlanView } from '../store/view.ts';

/** In the order of the programme: RUN0 … CUTOVER. */
export function iterationsInOrder(view: PlanView): readonly Iteration[] {
  return [...view.rows.iterations.values()].sort(
    (a, b) => a.position - b.position || a.window_start - b.window_start || a.code.localeCompare(b.code),
  );
}

/**
 * The iteration whose code the reader chose; null where the plan has none of that code, since whoever works in one must
 * not find another below the keys. With no code the live one, else the next to come, else the last. `now` in minutes.
 */
export function chosenIteration(view: PlanView, code: string | null, now: number): Iteration | null {
  const iterations = iterationsInOrder(view);
  if (code !== null) return iterations.find((iteration) => iteration.code === code) ?? null;
  return (
    iterations.find(({ state }) => state === 'live') ??
    iterations.find(({ state, window_end }) => state !== 'cancelled' && window_end > now) ??
    iterations.at(-1) ??
    null
  );
}

/** The code that the iteration which bears this one now had then: a lead may have given it another since. */
export function codeThen(code: string | null, now: PlanView, then: PlanView): string | null {
  const id = iterationsInOrder(now).find((iteration) => iteration.code === code)?.id;
  return then.rows.iterations.get(id ?? '')?.code ?? code;
}

/** Why no iteration is shown, as a sentence. */
export function noIterationText({ rows }: PlanView, code: string | null): string {
  if (code === null || rows.iterations.size === 0) return 'This plan has no iteration yet.';
  return sentence`This plan has no iteration ${code}, or no longer. Choose one above.`;
}
