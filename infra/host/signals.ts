/** Being told to stop: by Ctrl-C, by a service manager, or because the terminal closed. */

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
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (first === null) {
        first = now;
        onStop();
      } else if (now - first > SAME_WISH_MS) onForce();
    });
  }
}
