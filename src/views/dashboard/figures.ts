import { el, setAttribute, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';
import type { Figure } from './model.ts';

/** The few numbers that a steering committee asks for. */
export function figureRow() {
  const element = el('div', { class: 'mp-figures' });
  const update = keyed<Figure>(
    element,
    ({ note, label }) => (note === '' ? label : label.slice(0, 8)),
    () => {
      const label = el('p', { class: 'mp-help-text' });
      const value = el('strong');
      const note = el('p', { class: 'mp-help-text' });
      const card = el('div', { class: 'mp-figure' }, label, value, note);
      return {
        element: card,
        update(figure: Figure) {
          setText(label, figure.label);
          setText(value, figure.value);
          setText(note, figure.note);
          setAttribute(card, 'data-late', figure.isLate);
        },
      };
    },
  );
  return { element, update };
}
