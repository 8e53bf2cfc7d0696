import type { CascadeMode } from '../../store/network/cascade.ts';
import { el, setAttribute, setText } from '../dom.ts';
import { labelled } from '../labelled.ts';

export const MODES: { readonly [M in CascadeMode]: string } = {
  push: 'Push as far as needed',
  keep: 'Move along, keep the distances',
  only: 'Leave where it is',
};

/** Asks what should become of what comes after, and says what that means. */
export function cascadeField(onChange: () => void) {
  const select = el(
    'select',
    { class: 'mp-input' },
    ...Object.entries(MODES).map(([mode, words]) => el('option', { value: mode }, words)),
  );
  const words = el('p', { class: 'mp-help-text', role: 'status' });
  select.addEventListener('change', onChange);
  return {
    control: select,
    element: el('div', {}, labelled('What comes after', select), words),
    mode: () => select.value as CascadeMode,
    say(text: string, isBroken: boolean): void {
      setText(words, text);
      setAttribute(words, 'class', isBroken ? 'mp-error' : 'mp-help-text');
    },
  };
}
