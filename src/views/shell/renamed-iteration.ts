import type { PlanStore } from '../../store/view.ts';
import type { Place, Unmount } from '../deps.ts';

/**
 * The reader's place names an iteration by its code, which a lead may change: then the place follows, at once, so that no
 * view loses the iteration that it shows.
 */
export function followRenamedIteration(store: PlanStore, place: Place): Unmount {
  let ids = idsByCode(store);
  return store.subscribe(() => {
    const code = place.get('iteration');
    const id = code === null ? undefined : ids.get(code);
    const now = store.view().rows.iterations.get(id ?? '')?.code;
    if (now !== undefined && now !== code) place.set('iteration', now);
    ids = idsByCode(store);
  });
}

function idsByCode(store: PlanStore): ReadonlyMap<string, string> {
  return new Map(Array.from(store.view().rows.iterations.values(), ({ id, code }) => [code, id]));
}
