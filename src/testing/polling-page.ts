/** Pages over an in-memory disk and virtual time: the real replica, scheduler and tabs; exchanges do what a test says. */

import { slipBy } from '../store/ops.ts';
import type { Replica } from '../store/replica.ts';
import type { Exchanged } from '../sync/exchange.ts';
import type { Attention } from '../sync/pace.ts';
import { type PageSignal, startPolling } from '../sync/poll.ts';
import { openFilledReplica, openReplica } from './open-replica.ts';
import { SCHEDULE_ID } from './small-plan.ts';
import { TabHub } from './tab-hub.ts';
import type { VirtualTime } from './virtual-time.ts';

export const START_MS = 1_806_000_000_000;
export const CALM: Exchanged = {
  isMoreToDo: false,
  progress: 'some',
  pollAfterMs: 7000,
  serverNow: null,
  trouble: null,
};

export interface PageOptions {
  readonly time: VirtualTime;
  readonly hub?: TabHub;
  readonly random?: number;
  readonly isLost?: () => boolean;
}

export class PollingPage {
  readonly time: VirtualTime;
  readonly replica: Replica;
  /** Seconds at which its exchanges began. */
  readonly starts: number[] = [];
  readonly reports: unknown[] = [];
  exchange: () => Promise<Exchanged>;
  attention: Attention = 'active';
  /** A frozen page runs nothing; what was due meanwhile runs when it thaws. */
  isFrozen = false;
  readonly #due: (() => void)[] = [];
  readonly stop: () => void;
  signal: (signal: PageSignal) => void = () => {};

  private constructor(replica: Replica, exchange: () => Promise<Exchanged>, options: PageOptions) {
    const { time, random = 0.5, isLost = () => false, hub = new TabHub({ hasLocks: true }) } = options;
    this.time = time;
    this.replica = replica;
    this.exchange = exchange;
    const run = (callback: () => void) => time.setTimer(() => this.#run(callback), 0);
    this.stop = startPolling(
      replica,
      () => {
        this.starts.push((time.clock() - START_MS) / 1000);
        return this.exchange();
      },
      {
        clock: time.clock,
        random: () => random,
        setTimer: (callback, ms) => time.setTimer(() => this.#run(callback), ms),
        clearTimer: time.clearTimer,
        attention: () => this.attention,
        onSignal: (callback) => {
          this.signal = callback;
          return () => {};
        },
        openTabLink: hub.open({ run, isLost }),
        report: (error) => this.reports.push(error),
      },
    );
  }

  /** The first page of a profile: its disk holds the small plan. */
  static async first(exchange: () => Promise<Exchanged>, options: PageOptions): Promise<PollingPage> {
    return new PollingPage(await openFilledReplica(options.time.clock), exchange, options);
  }

  /** One more tab on the same disk. */
  static async another(exchange: () => Promise<Exchanged>, options: PageOptions): Promise<PollingPage> {
    return new PollingPage(await openReplica('planner-a', options.time.clock), exchange, options);
  }

  async slip(): Promise<void> {
    const row = this.replica.view().rows.chapter_schedules.get(SCHEDULE_ID);
    if (row) await this.replica.edit('Slip by 5 min', [slipBy(row, 5)]);
  }

  thaw(): void {
    this.isFrozen = false;
    for (const callback of this.#due.splice(0)) callback();
  }

  #run(callback: () => void): void {
    if (this.isFrozen) this.#due.push(callback);
    else callback();
  }
}
