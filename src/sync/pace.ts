/** How long to wait before the next exchange. Pure; all in milliseconds, `random` is 0 ≤ x < 1. */

/** Somebody uses the page; it is visible but nobody touched it for two minutes; it cannot be seen. */
export type Attention = 'active' | 'idle' | 'hidden';

export const POLL_MS = 7_000;
const POLL_MS_MIN = 5_000;
const IDLE_POLL_MS = 10_000;
const HIDDEN_POLL_MS = 60_000;
/** The server may slow everybody down, but not silence them. */
const POLL_MS_MAX = 60_000;
const RETRY_MS_FIRST = 1_000;
const RETRY_MS_MAX = 60_000;

/** The interval between two polls that work, as the server wishes it: its valve for load. */
export function pollMs(wishedMs: number, attention: Attention, random: number): number {
  const ms = Math.min(POLL_MS_MAX, Math.max(POLL_MS_MIN, wishedMs, attention === 'idle' ? IDLE_POLL_MS : 0));
  return (attention === 'hidden' ? HIDDEN_POLL_MS : ms) * (0.85 + 0.3 * random);
}

/** Full jitter: many pages that lost the server together do not come back together. */
export function retryMs(failures: number, random: number): number {
  return random * Math.min(RETRY_MS_MAX, RETRY_MS_FIRST * 2 ** failures);
}

/** As long as the server asked for, and up to half as long again: in a rush it tells everybody the same number. */
export function restMs(askedMs: number, random: number): number {
  return askedMs * (1 + random / 2);
}

/** What is left of a gap that began at `since`; never more than the gap, even where the clock jumped back by days. */
export function leftMs(gapMs: number, since: number, now: number): number {
  return Math.min(gapMs, Math.max(0, since + gapMs - now));
}
