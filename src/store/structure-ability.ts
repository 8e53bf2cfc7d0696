import type { PlanView } from './view.ts';

/**
 * Why this person cannot change what the plan is made of – phases, chapters, dependencies, teams, sites, iterations,
 * baselines (DESIGN §7); null where nothing stands in the way. The server decides.
 */
export function whyNotStructure({ role, rows, planId }: PlanView): string | null {
  if (role === 'viewer') return 'You can read this plan but not change it.';
  if (rows.plans.get(planId)?.state === 'closed') return 'This plan is closed.';
  return role === 'lead' ? null : 'Only a lead changes what the plan is made of.';
}
