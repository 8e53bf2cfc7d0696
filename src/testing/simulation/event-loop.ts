/**
 * The event loop of a simulated night: virtual time, and every macrotask of the in-memory IndexedDB run one by one, so
 * that a crash can fall between any two steps of the store. Real time never passes.
 */

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly callback: () => void;
}

/** More steps than this without rest are a loop that never ends. */
const STEPS_MAX = 200_000;

export class EventLoop {
  #now: number;
  #ids = 0;
  #steps = 0;
  readonly #timers = new Map<number, Timer>();
  readonly #macrotasks: (() => void)[] = [];
  #outside: Promise<unknown> | null = null;
  readonly #realSetImmediate = globalThis.setImmediate;
  /** Called before each macrotask: a test may stop the world here. */
  beforeStep: () => void = () => {};

  constructor(startMs: number) {
    this.#now = startMs;
    // fake-indexeddb reads the global at each call, so its tasks come here.
    globalThis.setImmediate = ((task: () => void) => this.#macrotasks.push(task)) as unknown as typeof setImmediate;
  }

  /** Gives the process its own event loop back. */
  end(): void {
    globalThis.setImmediate = this.#realSetImmediate;
  }

  /** Whole milliseconds, as clocks tell them. */
  readonly clock = (): number => Math.round(this.#now);

  readonly setTimer = (callback: () => void, ms: number): number => {
    this.#ids += 1;
    this.#timers.set(this.#ids, { id: this.#ids, at: this.#now + Math.max(0, ms), callback });
    return this.#ids;
  };

  readonly clearTimer = (timer: number): void => {
    this.#timers.delete(timer);
  };

  /** Work of the world outside, a database's for example: virtual time stands still until it is done. */
  waitFor(work: Promise<unknown>): void {
    // It may fail before anybody looks; whoever waits hears of it.
    work.catch(() => undefined);
    const before = this.#outside;
    this.#outside = before ? Promise.all([before, work]) : work;
  }

  /** Runs microtasks and macrotasks until nothing is left but timers. */
  async settle(): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => this.#realSetImmediate(resolve));
      while (this.#outside) {
        const outside = this.#outside;
        this.#outside = null;
        await outside;
      }
      const task = this.#macrotasks.shift();
      if (!task) return;
      this.#steps += 1;
      if (this.#steps > STEPS_MAX) throw new Error('The simulated world does not come to rest.');
      this.beforeStep();
      task();
    }
  }

  /** Lets `ms` of virtual time pass. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.settle();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next.id);
      next.callback();
      await this.settle();
    }
    this.#now = until;
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.at <= until && (!first || timer.at < first.at)) first = timer;
    }
    return first;
  }
}
