import { el } from '../dom.ts';
import type { Saying } from '../say.ts';

/** The page's only two live regions, there from the start: without that, screen readers miss the first message. */
export function liveRegions() {
  const status = el('div', { class: 'mp-unseen', role: 'status', 'aria-live': 'polite' });
  const alert = el('div', { class: 'mp-unseen', role: 'alert' });
  return {
    elements: [status, alert] as const,
    say({ text, urgency, isShown = false }: Saying): void {
      const region = urgency === 'alert' ? alert : status;
      region.className = isShown ? 'mp-said' : 'mp-unseen';
      // What was shown before may have faded away, and the class is the same.
      for (const fading of region.getAnimations()) fading.currentTime = 0;
      // The same sentence twice is two events: a new node makes it heard again.
      region.replaceChildren(el('span', {}, text));
    },
  };
}
