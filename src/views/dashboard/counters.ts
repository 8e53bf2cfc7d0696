import { STATUS_WORDS } from '../../store/progress.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';
import { statusShape } from '../status-mark.ts';
import type { Counter } from './model.ts';

/** How many chapters stand where; a press filters the list, a second press shows all again. */
export function counterRow() {
  const element = el('div', { class: 'mp-counters', role: 'group', 'aria-label': 'Chapters by status' });
  const update = keyed<Counter>(
    element,
    ({ status }) => status,
    ({ status }) => {
      const count = el('span', { class: 'mp-count' });
      const button = el(
        'button',
        { type: 'button', class: 'mp-counter', 'data-do': 'show', 'data-value': status, 'data-status': status },
        count,
        el('span', { class: 'mp-counter-word' }, statusShape(status), STATUS_WORDS[status]),
      );
      return {
        element: button,
        update(counter: Counter) {
          setText(count, String(counter.count));
          setAttribute(button, 'aria-pressed', String(counter.isChosen));
          setAttribute(button, 'data-zero', counter.count === 0);
        },
      };
    },
  );
  return { element, update };
}
