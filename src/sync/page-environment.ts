/** The page as sync sees it: its network, clock, chance, timers, and when somebody looks at it. */
import type { PageSignal, PollEnvironment } from './poll.ts';
import { tabLink } from './tab-link.ts';
import type { Wire } from './transport.ts';

const IDLE_AFTER_MS = 120_000;

/** `name` tells which tabs belong together. */
export function pageEnvironment(page: Window & typeof globalThis, name: string): PollEnvironment {
  const { document, performance } = page;
  let touchedAt = performance.now();
  for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
    const touch = () => {
      touchedAt = performance.now();
    };
    page.addEventListener(type, touch, { capture: true, passive: true });
  }
  return {
    clock: Date.now,
    random: Math.random,
    setTimer: (callback, ms) => page.setTimeout(callback, ms),
    clearTimer: (timer) => page.clearTimeout(timer),
    attention: () => {
      if (document.visibilityState === 'hidden') return 'hidden';
      return performance.now() - touchedAt < IDLE_AFTER_MS ? 'active' : 'idle';
    },
    onSignal(callback) {
      const abort = new AbortController();
      const { signal } = abort;
      const on = (target: EventTarget, type: string, say: (event: Event) => PageSignal) =>
        target.addEventListener(type, (event) => callback(say(event)), { signal });
      on(page, 'online', () => 'attention');
      on(page, 'focus', () => 'attention');
      on(page, 'pagehide', () => 'away');
      on(page, 'pageshow', (event) => ((event as PageTransitionEvent).persisted ? 'back' : 'attention'));
      on(document, 'visibilitychange', () => (document.visibilityState === 'hidden' ? 'hidden' : 'attention'));
      return () => abort.abort();
    },
    openTabLink: tabLink(page, name),
    report: (error) => console.error('Macroplan met a bug; it goes on trying:', error),
  };
}

export function pageWire(page: Pick<typeof globalThis, 'fetch' | 'setTimeout' | 'clearTimeout'>): Wire {
  return {
    fetch: page.fetch.bind(page),
    within: (ms, promise) =>
      new Promise((resolve, reject) => {
        const giveUp = () => reject(new DOMException(`Nothing came in ${ms} ms.`, 'TimeoutError'));
        const timer = page.setTimeout(giveUp, ms);
        promise.then(resolve, reject).finally(() => page.clearTimeout(timer));
      }),
  };
}
