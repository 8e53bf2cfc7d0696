/**
 * Several tabs of one user on one plan share a database. After one changed it the others read it again, and only one
 * exchanges at a time. Correctness does not depend on it: a reply is installed only over the cursor it was asked from,
 * and the server answers a known edit with its stored receipt.
 */
import type { Replica } from '../store/replica.ts';
import type { Exchange } from './exchange.ts';

/** A tab may be frozen while it holds the lock; after this many turns without it, go ahead alone. */
const TURNS_TO_WAIT = 2;

/** Keeps this tab's replica in step with the others'. Returns the stop. */
export function followOtherTabs(replica: Replica, name: string): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(name);
  channel.onmessage = () => void replica.refresh();
  const off = replica.onStored(() => channel.postMessage('stored'));
  return () => {
    off();
    channel.close();
  };
}

/** An exchange that takes turns with other tabs, where the browser has Web Locks (it has none over plain http). */
export function takingTurns(exchange: Exchange, name: string): Exchange {
  const { locks } = navigator;
  if (locks === undefined) return exchange;
  let turnsWaited = 0;
  return () =>
    locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null && turnsWaited < TURNS_TO_WAIT) {
        turnsWaited += 1;
        return null;
      }
      turnsWaited = 0;
      return exchange();
    });
}
