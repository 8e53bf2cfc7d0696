import type { Op } from './edit.ts';
import type { PlanView } from './view.ts';

/** An edit that itself settled a conflict must not settle it twice. */
export function stillMakesSense(view: PlanView, op: Op): boolean {
  return op.op !== 'resolve' || view.rows.conflicts.get(op.id)?.state === 'open';
}
