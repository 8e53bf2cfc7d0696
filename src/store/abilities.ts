/**
 * Who may do what (DESIGN §7), as the reason why not: a sentence, or null where nothing stands in the way. The server
 * decides; this keeps people from typing what it would refuse.
 */
import { sentence } from './isolated.ts';
import type { Conflict, Iteration } from './rows.ts';
import type { PlanView } from './view.ts';

/** Changing anything of the plan at all. */
export function whyNotChange(view: PlanView): string | null {
  if (view.role === 'viewer') return 'You can read this plan but not change it.';
  if (view.rows.plans.get(view.planId)?.state === 'closed') return 'This plan is closed.';
  return null;
}

/** Changing what the plan is made of: phases, chapters, dependencies, teams, sites, iterations, baselines, no-start windows. */
export function whyNotStructure(view: PlanView): string | null {
  return whyNotChange(view) ?? (view.role === 'lead' ? null : 'Only a lead changes what the plan is made of.');
}

/** Moving planned times, adding a chapter to the iteration or taking it out. */
export function whyNotPlan(view: PlanView, iteration: Iteration): string | null {
  const closed = whyNotReport(view, iteration);
  if (closed !== null) return closed;
  if (view.role === 'lead') return null;
  if (iteration.state === 'frozen') return `${iteration.code} is frozen: only a lead moves planned times.`;
  if (iteration.state === 'live') return `${iteration.code} is live: only a lead moves planned times.`;
  return null;
}

/** Reporting progress and writing notes. */
export function whyNotReport(view: PlanView, iteration: Iteration): string | null {
  const reason = whyNotChange(view);
  if (reason !== null) return reason;
  if (iteration.state === 'done') return `${iteration.code} is done: its record stays as it is.`;
  if (iteration.state === 'cancelled') return `${iteration.code} is cancelled.`;
  return null;
}

export function whyNotResolve(view: PlanView, conflict: Conflict): string | null {
  if (conflict.state !== 'open') return 'This is settled already.';
  if (view.role === 'lead' || conflict.author === view.user.key) return null;
  return sentence`Only ${conflict.author_name} or a lead can settle this.`;
}
