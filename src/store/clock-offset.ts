/**
 * How wrong the device's clock is, from one visit to the next: a page that is opened with no network has nothing else to tell the
 * server's time by. For display only; the first answer measures anew. Pure.
 */
import type { ReplicaState } from './database.ts';

/** What a clock drifts, or a measurement errs by, is not worth a write. */
const KEPT_FROM_MS = 5_000;

/**
 * What to add to the device's clock, which says `now`, before any answer; milliseconds.
 *
 * Somebody may have set the clock since. Server time does not go back, so an offset that leads to before the last answer is not
 * true any more; and a clock that is itself behind the last answer is surely wrong, by that much at least. Where nothing speaks
 * against the offset it is kept: without a network no clock sets itself, and people seldom do.
 */
export function offsetAtOpening(now: number, state: Pick<ReplicaState, 'asOf' | 'clockOffset'> | null): number {
  if (state === null) return 0;
  const { asOf, clockOffset = 0 } = state;
  if (now + clockOffset >= asOf) return clockOffset;
  return Math.max(0, asOf - now);
}

/** Whether `measured` is another one than what is kept; milliseconds. */
export function isClockMoved(measured: number, { clockOffset = 0 }: Pick<ReplicaState, 'clockOffset'>): boolean {
  return Math.abs(measured - clockOffset) > KEPT_FROM_MS;
}
