import type { PlanView } from '../../store/view.ts';
import type { Unmount, ViewDeps } from '../deps.ts';

/** Open conflicts that wait for the reader: their own, and everyone's for a lead. */
export function needingDecision(view: PlanView): number {
  return [...view.rows.conflicts.values()].filter(
    ({ state, author }) => state === 'open' && (view.role === 'lead' || author === view.user.key),
  ).length;
}

export function mountConflictReview(_root: HTMLElement, _deps: ViewDeps): Unmount {
  return () => {};
}
