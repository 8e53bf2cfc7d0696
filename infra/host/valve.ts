/**
 * The valve for load: pages that poll ask less often while answers are slow, so that what there is to answer with goes to
 * those who edit. It looks at how long answers take, of late, and at nothing else (docs/decisions/0024).
 */

export interface Valve {
  /** One poll or sync was answered after so many milliseconds. */
  readonly answered: (ms: number) => void;
  /** How long pages should wait for their next poll, milliseconds; null: as they like. */
  readonly pollAfterMs: () => number | null;
}

/** Answers that take no longer than this are quick enough for everybody. */
const QUICK_MS = 500;
/** The interval of a page that was asked nothing; PROTOCOL lets pages poll every 5 to 10 seconds. */
const POLL_MS = 7_000;
const POLL_MS_MAX = 60_000;
/** What was a minute ago hardly counts. */
const MEMORY_MS = 20_000;

/** `clock`: milliseconds, of any origin. */
export function createValve(clock: () => number): Valve {
  let average = 0;
  let since = clock();
  return {
    answered(ms) {
      const now = clock();
      // By time and not by answer: a burst of one second weighs as much as a second.
      average += (ms - average) * (1 - Math.exp(-Math.max(1, now - since) / MEMORY_MS));
      since = now;
    },
    pollAfterMs() {
      const fresh = average * Math.exp(-Math.max(0, clock() - since) / MEMORY_MS);
      return fresh <= QUICK_MS ? null : Math.min(POLL_MS_MAX, Math.round((POLL_MS * fresh) / QUICK_MS));
    },
  };
}
