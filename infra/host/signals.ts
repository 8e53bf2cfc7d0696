/** Being told to stop: by Ctrl-C, by a service manager, because the terminal closed, or because npm was killed. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * `npm start` hands a Ctrl-C on that the terminal has already sent to the whole group, so the same wish arrives twice.
 * Only later does one more mean that the person has lost patience.
 */
const SAME_WISH_MS = 1_000;

export interface Wishes {
  /** The first: finish what was begun. */
  readonly onStop: () => void;
  /** A later one: do not wait any longer. */
  readonly onForce: () => void;
}

export function listenForStop({ onStop, onForce }: Wishes): void {
  let first: number | null = null;
  const wish = () => {
    const now = performance.now();
    if (first === null) {
      first = now;
      onStop();
    } else if (now - first > SAME_WISH_MS) onForce();
  };
  for (const signal of SIGNALS) process.on(signal, wish);
  if (process.env.npm_lifecycle_event !== undefined) onParentGone(wish);
}

const PARENT_CHECK_MS = 500;

/** Whoever kills npm outright means us: left behind, we would hold the port and the data folder unseen. */
function onParentGone(wish: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    wish();
  }, PARENT_CHECK_MS);
  timer.unref();
}
