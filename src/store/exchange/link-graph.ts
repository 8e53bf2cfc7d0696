import type { PlanView } from '../view.ts';

/** What waits for what, with counts, since two chapters may be linked in more than one way. */
export function linkGraph(view: PlanView) {
  const after = new Map<string, string[]>();
  const add = (from: string, to: string) => {
    const known = after.get(from);
    if (known) known.push(to);
    else after.set(from, [to]);
  };
  for (const { predecessor_id, successor_id } of view.rows.dependencies.values()) add(predecessor_id, successor_id);
  return {
    add,
    remove(from: string, to: string): void {
      const known = after.get(from) ?? [];
      const at = known.indexOf(to);
      if (at >= 0) known.splice(at, 1);
    },
    leadsTo(from: string, to: string): boolean {
      const seen = new Set([from]);
      for (const id of seen) for (const next of after.get(id) ?? []) seen.add(next);
      return seen.has(to);
    },
  };
}
