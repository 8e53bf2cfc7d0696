/** At its start and once an hour a host asks the database to look after plans that are due. Several hosts share the work; none must do it. */
import type { Doors } from './doors.ts';
import type { Log } from './log.ts';

const EVERY_MS = 60 * 60 * 1000;

/** Returns the stop, which resolves when what was under way is done. */
export function startHousekeeping({ tidy }: Pick<Doors, 'tidy'>, log: Log): () => Promise<void> {
  let isStopped = false;
  let running = keepHouse();
  const timer = setInterval(() => {
    running = running.then(keepHouse);
  }, EVERY_MS);
  timer.unref();

  /** Plan by plan, each in a transaction of its own, so that no plan is locked for longer than it takes. */
  async function keepHouse(): Promise<void> {
    try {
      while (!isStopped && (await tidy())) {}
    } catch (error) {
      // The next hour tries again; nobody waits for it.
      log({ route: 'housekeeping', error });
    }
  }

  return () => {
    isStopped = true;
    clearInterval(timer);
    return running;
  };
}
