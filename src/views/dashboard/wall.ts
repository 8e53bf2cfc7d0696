/** The dashboard on a wall: nobody touches it, so it stays awake, turns its pages and renews itself. */
import type { Unmount, ViewDeps } from '../deps.ts';
import { everySecond, setShown } from '../dom.ts';

/** Seconds that each card is shown, and between two looks for a new build. */
const PAGE_S = 15;
const BUILD_S = 120;

export function mountWall(
  element: HTMLElement,
  { store, isNewBuild }: Pick<ViewDeps, 'store' | 'isNewBuild'>,
): Unmount {
  const all = [...element.querySelectorAll<HTMLElement>('.mp-card')];
  let seconds = 0;

  function turn(): void {
    const cards = all.filter((card) => !card.matches('[data-idle]'));
    for (const card of all) setShown(card, card === cards[Math.floor(seconds / PAGE_S) % cards.length]);
    seconds += 1;
    if (seconds % BUILD_S === 0) void renew();
  }

  async function renew(): Promise<void> {
    // A server that cannot be asked has no news; the page that is shown says itself how old it is.
    const isNew = store.syncState().condition === 'too-old' || (await isNewBuild().catch(() => false));
    if (isNew) location.reload();
  }

  /** Browsers let go of it whenever the page is hidden, and refuse it on a flat battery. */
  function stayAwake(): void {
    if (!document.hidden) void navigator.wakeLock?.request('screen').catch(() => undefined);
  }

  document.addEventListener('visibilitychange', stayAwake);
  const stop = everySecond(turn);
  stayAwake();
  turn();
  void isNewBuild().catch(() => undefined);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', stayAwake);
  };
}
