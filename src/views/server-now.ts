import type { ViewDeps } from './deps.ts';

/** The server's clock as this device knows it, milliseconds; for display only. */
export function serverNow({ store, clock }: Pick<ViewDeps, 'store' | 'clock'>): number {
  return clock() + store.syncState().clockOffset;
}

/** The same in whole minutes, as the times of a plan are. */
export function serverMinute(deps: Pick<ViewDeps, 'store' | 'clock'>): number {
  return Math.floor(serverNow(deps) / 60_000);
}
