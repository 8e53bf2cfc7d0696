import { digestText, type Look } from '../../store/digest.ts';
import type { PlanView } from '../../store/view.ts';
import { el, setShown, setText } from '../dom.ts';
import type { Memory } from '../memory.ts';

/** "Since you last looked …": said when the reader, or the network, comes back; stays until it is put away. */
export function digestLine(memory: Memory) {
  const words = el('p');
  const element = el(
    'div',
    { class: 'mp-digest', hidden: true },
    words,
    el('button', { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'seen' }, 'Seen'),
  );
  let last = memory.get('look') as Look | null;
  let wasAway = true;
  return {
    element,
    dismiss: () => setShown(element, false),
    /** `isLooking`: somebody can see the page, and what it shows is live. */
    update(view: PlanView, look: Look, isLooking: boolean) {
      if (!isLooking) {
        wasAway = true;
        return;
      }
      const text = wasAway ? digestText(view, last, look) : null;
      if (text !== null) {
        setText(words, text);
        setShown(element, true);
      }
      wasAway = false;
      if (last?.rev !== look.rev) memory.set('look', look);
      last = look;
    },
  };
}
