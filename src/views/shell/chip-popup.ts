import { asked, el } from '../dom.ts';
import { openPopup } from '../popup.ts';
import type { ChipAction, ChipModel } from './status-chip.ts';

const ACTION_WORDS: { readonly [A in ChipAction]: string } = {
  conflicts: 'Decide now',
  retry: 'Retry now',
  'sign-in': 'Sign in',
  reload: 'Reload',
  download: 'Download my pending edits',
};

/** What the status chip means, and what can be done about it. */
export function openChip(anchor: HTMLElement, chip: ChipModel, offlineHref: string | null): void {
  const content = el(
    'div',
    { class: 'mp-chip-more', role: 'group', 'aria-label': chip.words },
    el('p', { tabindex: -1 }, chip.meaning),
    // Confluence itself does not open without a network.
    ...(offlineHref === null
      ? []
      : [
          el(
            'p',
            {},
            'With no network this plan opens at ',
            el('a', { href: offlineHref, target: '_blank', rel: 'noopener' }, 'its own page'),
            ', once that was opened on this device.',
          ),
        ]),
    ...chip.actions.map((action) =>
      el('button', { type: 'button', class: 'mp-button', 'data-do': action }, ACTION_WORDS[action]),
    ),
  );
  const popup = openPopup(anchor, content, { class: 'mp-chip-popup', kind: 'auto' });
  content.addEventListener('click', (event) => {
    if (asked(event, content) !== null) popup?.close();
  });
  content.querySelector<HTMLElement>('button, p')?.focus();
}
