/** Who measures what: one user, one plan. */
export const USER = 'planner-a';
export const PLAN_ID = 'b0000000-0000-4000-8000-000000000001';
