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

interface Seeing {
  readonly view: PlanView;
  /** Id of what is shown; '' for none. */
  readonly iteration: string;
  readonly look: () => Look;
  /** Somebody can see the page, and what it shows is live. */
  readonly isLooking: boolean;
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
  /** Of what the line, or its absence, was worked out last. */
  let told = '';

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
    /** True where it was worked out anew. */
    update({ view, iteration, look, isLooking }: Seeing): boolean {
      if (!isLooking) {
        // The moment of leaving is the one that is told later.
        if (!isAway && !isTold && seen !== null) memory.set('look', { ...seen, at: look().at });
        isAway = true;
        return false;
      }
      const isBack = isAway;
      isAway = false;
      // What another page of this reader showed meanwhile is seen too.
      if (isBack) seen = (memory.get('look') as Look | null) ?? seen;
      const what = `${view.rev} ${iteration}`;
      if (!isBack && what === told) return false;
      told = what;
      const now = look();
      const isNews = isTold || (isBack && seen !== null && now.at - seen.at >= atLeast);
      show(isNews ? digestText(view, seen, now) : null);
      if (!isTold) keep(now);
      return true;
    },
  };
}
