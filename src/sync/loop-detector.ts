/**
 * Notices an exchange that goes round in circles: a cached reset, a receipt that never settles its edit. Each answer is
 * good in itself, so that no backoff would ever start, and a page would ask as fast as the server answers.
 */
const WINDOW_MS = 60_000;
/** `some`: it brought or took something. `still`: it had content, but changed nothing here. `reset`: all began anew. */
export type Progress = 'some' | 'still' | 'reset';

const TIMES_MAX = { still: 10, reset: 5 };
const NEVER = { still: [], reset: [] };

export class LoopDetector {
  #times: { readonly [P in keyof typeof NEVER]: readonly number[] } = NEVER;

  /** Takes note of an answer at `now`, milliseconds; true where it is one too many. */
  sees(progress: Progress, now: number): boolean {
    // A clock that jumps either way only makes it forget.
    if (progress === 'some') return false;
    const recent = this.#times[progress].filter((at) => Math.abs(now - at) < WINDOW_MS);
    this.#times = { ...this.#times, [progress]: [...recent, now] };
    return recent.length >= TIMES_MAX[progress];
  }

  forget(): void {
    this.#times = NEVER;
  }
}
