import type { PlanView } from './view.ts';

/** The zone that the plan's times are said in; UTC before the plan is here. */
export function zoneOf({ rows, planId }: Pick<PlanView, 'rows' | 'planId'>): string {
  return rows.plans.get(planId)?.time_zone ?? 'UTC';
}
