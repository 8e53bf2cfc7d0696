/** The teams that a reader calls theirs: kept on this device, for what is mine is no fact of the plan. */
import type { PlanView } from '../../store/view.ts';
import { memoryOf } from '../memory.ts';

export const MINE = 'is:mine';
const KEY = 'my teams';
const NONE: ReadonlySet<string> = new Set();

/** By id; those that the plan has no more are left out. Not read where `search` does not ask for what is mine. */
export function myTeams(view: PlanView, search: string | null = MINE): ReadonlySet<string> {
  if (!isOfMine(search)) return NONE;
  const kept = memoryOf(view).get(KEY);
  return Array.isArray(kept) ? new Set(kept.filter((id) => view.rows.teams.has(id))) : NONE;
}

/** What is mine is looked for, and nobody said what that is. */
export function isMineUnknown(view: PlanView, search: string | null): boolean {
  return isOfMine(search) && myTeams(view).size === 0;
}

function isOfMine(search: string | null): boolean {
  return search?.toLowerCase().includes(MINE) === true;
}

export function keepMyTeams(view: PlanView, ids: readonly string[]): void {
  memoryOf(view).set(KEY, ids.length === 0 ? null : ids);
}
