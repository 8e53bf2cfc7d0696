import type { Rag } from '../../store/forecast/standing.ts';
import type { ShownStatus } from '../../store/progress.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { statusShape } from '../status-mark.ts';

/** Each colour borrows the shape of a status that means as much, so that none is told by colour alone. */
const LOOKS: { readonly [R in Rag]: readonly [status: ShownStatus, word: string] } = {
  grey: ['pending', 'Grey'],
  green: ['done', 'Green'],
  amber: ['late', 'Amber'],
  red: ['blocked', 'Red'],
};

/** Colour, shape, word and reason: "Red: CM would be decided 25m late". */
export function ragMark() {
  const words = el('span');
  const element = el('p', { class: 'mp-rag' }, words);
  return {
    element,
    update(rag: Rag, reason: string) {
      const [status, word] = LOOKS[rag];
      if (element.getAttribute('data-status') !== status) {
        setAttribute(element, 'data-status', status);
        element.querySelector('svg')?.remove();
        element.prepend(statusShape(status));
      }
      setText(words, `${word}: ${reason}`);
    },
  };
}
