import type { PlanStore } from '../store/view.ts';
import type { Unmount } from './deps.ts';
import { frame } from './dom.ts';

/** Calls `update` now, and before the next paint whenever the store changed, until the returned function is called. */
export function followStore(store: PlanStore, update: () => void): Unmount {
  const next = frame(update);
  const unsubscribe = store.subscribe(next.ask);
  update();
  return () => {
    unsubscribe();
    next.cancel();
  };
}
