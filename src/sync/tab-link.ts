/** The tabs of one browser: BroadcastChannel and Web Locks, where the page has them. Plain http has no Web Locks. */
import { type OpenTabLink, TABS_VERSION } from './tabs.ts';

/** `name` tells which tabs belong together: those of one site, user and plan. */
export function tabLink(page: Window & typeof globalThis, name: string): OpenTabLink {
  const sharedName = `${name} ${TABS_VERSION}`;
  return ({ onMessage, onRole }) => {
    const { locks } = page.navigator;
    let channel: BroadcastChannel | null = null;
    let giveUp = () => {};

    function lead(how: 'wait' | 'steal'): void {
      giveUp();
      if (!locks || !channel) {
        page.queueMicrotask(() => onRole('alone'));
        return;
      }
      let isWanted = true;
      let release = () => {};
      const abort = new AbortController();
      giveUp = () => {
        isWanted = false;
        release();
        abort.abort();
      };
      locks
        .request(sharedName, how === 'steal' ? { steal: true } : { signal: abort.signal }, () => {
          if (!isWanted) return;
          onRole('leader');
          return new Promise<void>((resolve) => {
            release = resolve;
          });
        })
        // Stolen from this tab; any other error means that this page may have no locks.
        .catch((error: Error) => isWanted && onRole(error.name === 'AbortError' ? 'follower' : 'alone'));
    }

    return {
      lead,
      post: (message) => channel?.postMessage(message),
      leave() {
        giveUp();
        channel?.close();
        channel = null;
      },
      join() {
        if (channel || page.BroadcastChannel === undefined) return;
        channel = new page.BroadcastChannel(sharedName);
        channel.onmessage = ({ data }) => onMessage(data);
      },
    };
  };
}
