import type { ViewDeps } from '../deps.ts';
import { type Freshness, freshness } from './freshness.ts';
import { type ChipModel, chipModel } from './status-chip.ts';

export interface ShellModel {
  readonly planName: string;
  readonly planCode: string;
  readonly userName: string;
  readonly role: string;
  readonly chip: ChipModel;
  readonly freshness: Freshness;
  /** What the buttons would do; null: nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
}

const ROLE_WORDS = { viewer: 'reads', planner: 'plans', lead: 'leads' } as const;

/** `notKept`: how many edits only the page holds, because the browser could not keep them. */
export function shellModel(deps: Pick<ViewDeps, 'store' | 'clock'>, notKept: number): ShellModel {
  const view = deps.store.view();
  const sync = deps.store.syncState();
  const plan = view.rows.plans.get(view.planId);
  const zone = plan?.time_zone ?? 'UTC';
  return {
    planName: plan?.name ?? 'Macroplan',
    planCode: plan?.code ?? '',
    userName: view.user.name,
    role: ROLE_WORDS[view.role],
    chip: chipModel(view, sync, { zone, notKept }),
    freshness: freshness(sync, deps.clock(), zone),
    undo: view.undo,
    redo: view.redo,
  };
}
