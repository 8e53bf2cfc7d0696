import type { PlanView } from '../../store/view.ts';

/** Open conflicts that wait for the reader: their own, and everyone's for a lead. */
export function needingDecision(view: PlanView): number {
  let count = 0;
  for (const { state, author } of view.rows.conflicts.values()) {
    if (state === 'open' && (view.role === 'lead' || author === view.user.key)) count += 1;
  }
  return count;
}
