import { el, later } from '../dom.ts';
import type { Saying } from '../say.ts';

/** Whoever listens hears no more than one message in that time. */
const SAID_EVERY_MS = 1_000;

/** The page's only two live regions, there from the start: without that, screen readers miss the first message. */
export function liveRegions() {
  // What comes is heard, and not once more what is shown still.
  const status = el('div', { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'false' });
  const alert = el('div', { role: 'alert' });
  let waiting: readonly Saying[] = [];
  let isHeld = false;

  /** The same sentence twice is two events: a new node makes it heard again. */
  function write(region: HTMLElement, text: string): void {
    const shown = region.querySelector('.mp-said');
    region.replaceChildren(...(shown ? [shown] : []), unseen(text));
  }

  /** What waits was true before it: said after it, where a bar stood before an undo would be the last word. */
  function show(text: string): void {
    const words = el('span', { class: 'mp-said' }, text);
    words.addEventListener('animationend', () => words.remove());
    status.replaceChildren(...waiting.map((earlier) => unseen(ended(earlier.text))), words);
    waiting = [];
    hold();
  }

  function hold(): void {
    if (isHeld) return;
    isHeld = true;
    later(SAID_EVERY_MS, release);
  }

  function release(): void {
    isHeld = false;
    if (waiting.length === 0) return;
    const texts = waiting.map(({ text }) => text);
    waiting = [];
    write(status, texts.length === 1 ? (texts[0] ?? '') : texts.map(ended).join(' '));
    hold();
  }

  return {
    elements: [status, alert] as const,
    say(saying: Saying): void {
      const { text, urgency, isShown, about = text } = saying;
      if (urgency === 'alert') write(alert, text);
      // The eye is there already.
      else if (isShown) show(text);
      else {
        waiting = [...waiting.filter((other) => (other.about ?? other.text) !== about), saying];
        if (!isHeld) release();
      }
    },
  };
}

function unseen(text: string): HTMLElement {
  return el('span', { class: 'mp-unseen' }, text);
}

/** As a sentence, before the next one. */
function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
