/** Time that passes only when a test says so. Promises settle between two timers, as in a browser. */

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly callback: () => void;
}

export class VirtualTime {
  #now: number;
  #ids = 0;
  #timers: readonly Timer[] = [];

  constructor(startMs: number) {
    this.#now = startMs;
  }

  readonly clock = (): number => this.#now;

  readonly setTimer = (callback: () => void, ms: number): number => {
    this.#ids += 1;
    this.#timers = [...this.#timers, { id: this.#ids, at: this.#now + ms, callback }];
    return this.#ids;
  };

  readonly clearTimer = (timer: number): void => {
    this.#timers = this.#timers.filter(({ id }) => id !== timer);
  };

  /** Milliseconds until each armed timer. */
  get armed(): readonly number[] {
    return this.#timers.map(({ at }) => at - this.#now);
  }

  /** Lets `ms` pass, running every timer that comes due. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.id - b.id)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.clearTimer(next.id);
      next.callback();
      await settle();
    }
    this.#now = until;
  }
}

/** Lets everything that waits for nothing but promises and the in-memory disk run to its end. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
