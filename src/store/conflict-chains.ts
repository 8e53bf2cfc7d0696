/** Which open conflicts are one decision: one, and the edits of the same person that build on rows in dispute. Pure. */
import type { Conflict } from './rows.ts';
import type { PlanView } from './view.ts';

export type Chain = readonly Conflict[];

/** Of a view, once: it is asked at every drawing. */
const known = new WeakMap<PlanView, readonly Chain[]>();

/** All open conflicts of a plan, as decisions. */
export function openChains(view: PlanView): readonly Chain[] {
  const chains = known.get(view) ?? chainsOf([...view.rows.conflicts.values()].filter(({ state }) => state === 'open'));
  known.set(view, chains);
  return chains;
}

/** How many decisions wait for what the reader did. */
export function ownDecisions(view: PlanView): number {
  return openChains(view).filter(([first]) => first?.author === view.user.key).length;
}

/**
 * Open conflicts, each with those that wait for it: edits of the same person that build on rows in dispute. What waits
 * for something settled already stands alone.
 */
export function chainsOf(open: readonly Conflict[]): readonly Chain[] {
  const chains: { readonly chain: Conflict[]; readonly rows: Set<string> }[] = [];
  for (const conflict of [...open].sort((a, b) => a.at - b.at || a.rev - b.rev)) {
    const rows = rowsOf(conflict);
    const needed = conflict.cause === 'blocked' ? [...rows, ...referredBy(conflict)] : [];
    const before = chains.find(
      ({ chain: [first], rows: disputed }) =>
        first?.author === conflict.author && needed.some((id) => disputed.has(id)),
    );
    if (before) {
      before.chain.push(conflict);
      for (const id of rows) before.rows.add(id);
    } else chains.push({ chain: [conflict], rows: new Set(rows) });
  }
  return chains.map(({ chain }) => chain);
}

/** Whether an edit waits for what is in dispute in another. */
export function meet(one: Conflict, waiting: Conflict): boolean {
  const rows = rowsOf(one);
  return [...rowsOf(waiting), ...referredBy(waiting)].some((id) => rows.has(id));
}

/** What the ops of an edit refer to: an edit waits for such rows too (migrations/functions/edit/is_blocked.sql). */
function referredBy({ ops }: Conflict): readonly string[] {
  const values = ops.flatMap((op) =>
    op.op === 'insert' ? Object.values(op.row) : op.op === 'set' ? Object.values(op.set) : [],
  );
  return values.filter((value) => typeof value === 'string');
}

function rowsOf({ items, ops }: Conflict): ReadonlySet<string> {
  return new Set([
    ...items.map(({ id }) => id),
    ...ops.flatMap((op) => ('id' in op && op.op !== 'resolve' ? [op.id] : [])),
  ]);
}
