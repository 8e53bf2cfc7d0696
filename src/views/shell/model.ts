import type { ShellOptions, ViewDeps } from '../deps.ts';
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

/** Of a plan that is not on this device yet. */
const UNREAD: Freshness = { words: 'Not read yet', age: 'none', banner: null };

/**
 * `known`: the plan as whoever opened it knew it, until it is read; `notKept`: how many edits only the page holds, because
 * the browser could not keep them.
 */
export function shellModel(
  deps: Pick<ViewDeps, 'store' | 'clock'>,
  { known, notKept }: { known: ShellOptions['plan']; notKept: number },
): ShellModel {
  const view = deps.store.view();
  const sync = deps.store.syncState();
  const plan = view.rows.plans.get(view.planId);
  const zone = plan?.time_zone ?? 'UTC';
  return {
    planName: plan?.name ?? known.name,
    planCode: plan?.code ?? known.code,
    userName: view.user.name,
    role: ROLE_WORDS[view.role],
    chip: chipModel(view, sync, { zone, notKept, now: deps.clock() }),
    freshness: view.rev === 0 ? UNREAD : freshness(sync, deps.clock(), zone),
    undo: view.undo,
    redo: view.redo,
  };
}
