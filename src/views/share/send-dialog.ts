import type { Iteration } from '../../store/rows.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';
import type { Draft } from '../drafts.ts';

export interface Mailing {
  readonly to: readonly string[];
  readonly note: string;
}

const MODE_WORDS = {
  on: 'Each addressee gets the table as it is when the mail leaves, in a mail of their own; so does whoever is listed for it under “Who gets mails…”.',
  test: 'Mail is on trial in this iteration: it goes to the addresses for trials under “Who gets mails…” and to nobody else.',
  off: 'Mail is off in this iteration; a lead can switch it on.',
} as const;

export interface SendOptions {
  readonly iteration: Iteration;
  readonly draft: Draft;
  readonly onSend: (mailing: Mailing) => void;
}

/** Asks to whom the macro-plan goes, and with which words. */
export function openSendDialog(root: Element, { iteration, draft, onSend }: SendOptions): void {
  const to = el('textarea', { class: 'mp-input', 'aria-label': 'To', rows: 3, placeholder: 'one address a line' });
  const note = el('textarea', {
    class: 'mp-input',
    'aria-label': 'Words before the table',
    rows: 4,
    maxlength: 10_000,
  });
  const error = el('p', { class: 'mp-error' });
  openDialog(root, {
    title: `Mail the macro-plan of ${iteration.code}`,
    body: [
      el('p', { class: 'mp-help-text' }, MODE_WORDS[iteration.mail_mode]),
      el('label', { class: 'mp-field' }, 'To', to),
      el('label', { class: 'mp-field' }, 'Words before the table', note),
      error,
    ],
    action: 'Send',
    typing: { draft, controls: { to, note } },
    onAction() {
      const addresses = [...new Set(to.value.split(/[\s,;]+/).filter((address) => address !== ''))];
      const wrong = addresses.find((address) => !/^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)*$/.test(address));
      const problem =
        addresses.length === 0 ? 'Write one address or more.' : wrong ? `“${wrong}” is no mail address.` : '';
      setText(error, problem);
      setAttribute(to, 'aria-invalid', problem === '' ? null : 'true');
      if (problem !== '') return false;
      onSend({ to: addresses, note: note.value.trim() });
      return true;
    },
  });
  to.focus();
}
