import type { Mail, ReadMails } from '../../store/mail.ts';
import { momentText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import { openDialog } from '../dialog.ts';
import { el, setAttribute, setText } from '../dom.ts';

/** Shows a lead what became of the plan's mails, those that were given up before all others. `zone`: the plan's. */
export async function openMails(root: Element, zone: string, mails: ReadMails): Promise<void> {
  const state = el('p', { class: 'mp-help-text', role: 'status' }, 'Asking the server…');
  const list = el('ul', { class: 'mp-dialog-lines mp-mails', tabindex: 0, 'aria-label': 'Mails' });
  openDialog(root, {
    title: 'Mails of this plan',
    body: [state, list],
    action: 'Close',
    cancel: null,
    onAction: () => true,
  });
  try {
    const found = await mails();
    setText(state, summary(found));
    list.append(...found.map((mail) => mailLine(zone, mail)));
  } catch (error) {
    setText(state, `What became of the mails cannot be read now. ${(error as Error).message}`);
  }
}

function summary(mails: readonly Mail[]): string {
  const count = (state: Mail['state']) => mails.filter((mail) => mail.state === state).length;
  const [parked, due] = [count('parked'), count('due')];
  if (mails.length === 0) return 'No mail was sent from this plan yet.';
  if (parked > 0) return `${counted(parked, 'mail was', 'mails were')} given up. Mend the cause and send again.`;
  return due > 0
    ? `${counted(due, 'mail waits', 'mails wait')} to be sent.`
    : 'Every mail was handed to the mail server.';
}

function mailLine(zone: string, mail: Mail): HTMLElement {
  const line = el(
    'li',
    {},
    el('p', {}, el('strong', {}, mail.to), ` ${mail.subject}`),
    el('p', { class: 'mp-help-text' }, stateText(zone, mail)),
  );
  setAttribute(line, 'data-state', mail.state);
  return line;
}

function stateText(zone: string, { state, attempts, due_at, sent_at, error }: Mail): string {
  const at = (moment: number) => momentText(zone, moment);
  const why = error === null ? '' : ` ${error}`;
  const tries = counted(attempts, 'try', 'tries');
  switch (state) {
    case 'sent':
      return `Sent ${sent_at === null ? '' : at(sent_at)}`.trim();
    case 'parked':
      return `Given up after ${tries}.${why}`;
    case 'due':
      return attempts === 0 ? `Waits since ${at(due_at)}.` : `Next try ${at(due_at)}, after ${tries}.${why}`;
  }
}
