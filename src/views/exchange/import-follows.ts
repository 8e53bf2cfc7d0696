import type { WhatFollows } from '../../store/exchange/what-follows.ts';
import type { Iteration } from '../../store/rows.ts';
import { el, setShown, setText } from '../dom.ts';

const FOUND_MAX = 5;

/** What an import would mean for the iteration that it goes into, and the first of what would be found there. */
export function importFollows() {
  const words = el('p', { class: 'mp-exchange-follows' });
  const list = el('ul', { class: 'mp-exchange-remarks' });
  return {
    elements: [words, list] as const,
    update(iteration: Iteration | null, follows: WhatFollows | null) {
      setText(words, follows === null ? '' : `${iteration?.code} then: ${follows.text}`);
      setShown(words, follows !== null);
      const found = follows?.findings ?? [];
      const more = found.length - FOUND_MAX;
      const told = [...found.slice(0, FOUND_MAX), ...(more > 0 ? [`and ${more} more`] : [])];
      list.replaceChildren(...told.map((finding) => el('li', {}, finding)));
      setShown(list, told.length > 0);
    },
  };
}
