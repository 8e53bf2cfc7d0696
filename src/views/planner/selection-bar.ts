import { el, setShown, setText } from '../dom.ts';
import { isLetter } from '../keys.ts';
import './selection-bar.css';

const ACTS = [
  ['slip', 'Move…', 'M'],
  ['times', 'Times…', 'T'],
  ['status', 'Status…', null],
  ['from-here-on', 'And all after', 'H'],
  ['fit-selection', 'Zoom to it', 'F'],
  ['clear', 'Clear', 'Esc'],
] as const;

/** What to do with the selected chapters. Buttons carry `data-do`. */
export function selectionBar() {
  const count = el('strong');
  const buttons = ACTS.map(([act, label, key]) =>
    el(
      'button',
      { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-tone': 'plain', 'data-do': act },
      label,
      ...(key === null ? [] : [el('kbd', { 'data-letter': isLetter(key) ? key : null }, key)]),
    ),
  );
  const element = el(
    'div',
    { class: 'mp-selection', role: 'group', 'aria-label': 'Selected chapters', hidden: true },
    count,
    ...buttons,
  );
  return {
    element,
    update(selected: number): void {
      setShown(element, selected !== 0);
      setText(count, `${selected} selected`);
    },
  };
}
