/** What happened before this replica began to hear of it: whoever opens the page at night reads the last hour too. */
import type { ActivityEvent, PlanView } from '../../store/view.ts';
import type { ViewDeps } from '../deps.ts';

const EVENTS_ASKED = 100;

export function earlierEvents({ store, history }: Pick<ViewDeps, 'store' | 'history'>, onCome: () => void) {
  let events: readonly ActivityEvent[] = [];
  let isAsked = false;

  return {
    /** Asks the server once, as soon as it answers at all. Where it fails, the list begins with what comes from now on. */
    ask(): void {
      if (isAsked || store.syncState().condition !== 'online') return;
      isAsked = true;
      history({ limit: EVENTS_ASKED }).then(
        (page) => {
          events = page;
          onCome();
        },
        () => {},
      );
    },
    /** The view with these events among its own, newest first. */
    among(view: PlanView): PlanView {
      const heard = new Set(view.events.map(({ rev }) => rev));
      const others = events.filter(({ rev }) => rev <= view.rev && !heard.has(rev));
      if (others.length === 0) return view;
      return { ...view, events: [...view.events, ...others].sort((a, b) => b.rev - a.rev) };
    },
  };
}
