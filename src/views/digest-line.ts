import { digestText, type Look } from '../store/digest.ts';
import type { PlanView } from '../store/view.ts';
import { el, setShown, setText } from './dom.ts';
import type { Memory } from './memory.ts';
import './digest-line.css';

export interface DigestOptions {
  readonly memory: Memory;
  /** Whoever was away no longer than this, in milliseconds, is told nothing. */
  readonly atLeast?: number;
  /** Buttons before Seen. */
  readonly more?: readonly HTMLElement[];
}

/**
 * "Since you last looked …": said when the reader, or the network, comes back, in whatever view, and there again after a
 * reload, until the reader presses Seen.
 */
export function digestLine({ memory, atLeast = 0, more = [] }: DigestOptions) {
  const words = el('p');
  const element = el(
    'div',
    { class: 'mp-digest', hidden: true },
    words,
    ...more,
    el('button', { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'seen' }, 'Seen'),
  );
  let seen: Look | null = null;
  let isAway = true;
  let isTold = false;
  let toldRev = -1;

  function show(text: string | null): void {
    isTold = text !== null;
    setText(words, text ?? '');
    setShown(element, isTold);
  }

  function keep(look: Look): void {
    if (look.rev !== seen?.rev) memory.set('look', look);
    seen = look;
  }

  return {
    element,
    /** What stands in the line was changed after this rev; null: there is no line. */
    since: () => (isTold && seen !== null ? seen.rev : null),
    /** The reader knows now. */
    dismiss(look: Look) {
      show(null);
      keep(look);
    },
    /** `isLooking`: somebody can see the page, and what it shows is live. */
    update(view: PlanView, look: () => Look, isLooking: boolean) {
      if (!isLooking) {
        // The moment of leaving is the one that is told later.
        if (!isAway && !isTold && seen !== null) memory.set('look', seen);
        isAway = true;
        return;
      }
      const isBack = isAway;
      isAway = false;
      // What another page of this reader showed meanwhile is seen too.
      if (isBack) seen = (memory.get('look') as Look | null) ?? seen;
      if (!isBack && (isTold ? view.rev === toldRev : view.rev === seen?.rev)) return;
      toldRev = view.rev;
      const now = look();
      const isNews = isTold || (isBack && seen !== null && now.at - seen.at >= atLeast);
      show(isNews ? digestText(view, seen, now) : null);
      if (!isTold) keep(now);
    },
  };
}
