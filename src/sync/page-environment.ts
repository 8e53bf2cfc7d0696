/** The page as the scheduler sees it: its clock, chance, timers, and when somebody looks at it. */
import type { PollEnvironment } from './poll.ts';

export function pageEnvironment(page: Window): PollEnvironment {
  return {
    clock: Date.now,
    random: Math.random,
    setTimer: (callback, ms) => page.setTimeout(callback, ms),
    clearTimer: (timer) => page.clearTimeout(timer),
    isHidden: () => page.document.visibilityState === 'hidden',
    onAttention(callback) {
      const onVisible = () => {
        if (page.document.visibilityState === 'visible') callback();
      };
      page.addEventListener('online', callback);
      page.addEventListener('focus', callback);
      page.addEventListener('pageshow', callback);
      page.document.addEventListener('visibilitychange', onVisible);
      return () => {
        page.removeEventListener('online', callback);
        page.removeEventListener('focus', callback);
        page.removeEventListener('pageshow', callback);
        page.document.removeEventListener('visibilitychange', onVisible);
      };
    },
    report: (error) => console.error('Macroplan met a bug; it goes on trying:', error),
  };
}
