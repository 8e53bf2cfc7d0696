import { openChains, ownDecisions } from '../../store/conflict-chains.ts';
import type { PlanView } from '../../store/view.ts';

/** Decisions that wait for the reader: on their own edits, and on everyone's for a lead. */
export function needingDecision(view: PlanView): number {
  return view.role === 'lead' ? openChains(view).length : ownDecisions(view);
}
