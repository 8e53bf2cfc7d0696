/** Who gets the mails of a plan, seen and changed by its leads. The list is the server's: without it there is nothing to change. */
import { sentence } from '../../store/isolated.ts';
import type { ListChange, MailEvent, MailRecipients, QuietHours, Recipient, RecipientList } from '../../store/mail.ts';
import type { Team } from '../../store/rows.ts';
import { momentText } from '../../store/times-text.ts';
import { openDialog } from '../dialog.ts';
import { asked, el, setText } from '../dom.ts';
import type { Drafts } from '../drafts.ts';
import { hoursText, openQuietForm, waitingText } from './quiet-hours.ts';
import { recipientForm } from './recipient-form.ts';
import { recipientText } from './recipient-words.ts';

export interface RecipientsOptions {
  readonly recipients: MailRecipients;
  /** The plan's teams now. */
  readonly teams: () => ReadonlyMap<string, Team>;
  readonly zone: string;
  readonly newId: () => string;
  readonly drafts: Drafts;
}

/** Shows the list at once and fills it when the server has answered. */
export async function openRecipients(root: Element, options: RecipientsOptions): Promise<void> {
  const { recipients, teams, zone, newId, drafts } = options;
  const status = el('p', { class: 'mp-help-text', role: 'status' }, 'Asking the server…');
  const problem = el('p', { class: 'mp-error', role: 'alert' });
  const sections = el('div', { class: 'mp-recipients', tabindex: -1, role: 'group', 'aria-label': 'Recipients' });
  const form = recipientForm(newId);
  const draft = drafts.ofNew('recipient');
  const { element, action } = openDialog(root, {
    title: 'Who gets mails of this plan',
    body: [
      el(
        'p',
        { class: 'mp-help-text' },
        'Mails go to whoever is listed here, and only for iterations whose mail is on. What happens within two minutes is one mail. Nobody is told what they did themselves.',
      ),
      status,
      sections,
      form.element,
      problem,
    ],
    action: 'Add',
    typing: { draft, controls: form.controls, onRestart: form.showChosen },
    cancel: 'Close',
    onAction() {
      const read = form.read();
      setText(problem, read.problem ?? '');
      if (read.problem !== null) problem.scrollIntoView({ block: 'nearest' });
      if (read.problem === null) void change({ add: read.recipients });
      return false;
    },
  });
  element.classList.add('mp-recipients-dialog');
  action.disabled = true;
  let shown: RecipientList | null = null;

  function show(list: RecipientList, said: string): void {
    shown = list;
    action.disabled = false;
    setText(status, said);
    sections.replaceChildren(
      ...list.events.map((event) => eventSection(event, list)),
      quietSection(list),
      ...history(list),
    );
    form.update(list, teams());
  }

  async function change(wanted: ListChange): Promise<void> {
    action.disabled = true;
    try {
      show(await recipients.change(wanted), wanted.add ? 'Added.' : wanted.quiet ? 'Quiet hours set.' : 'Removed.');
      setText(problem, '');
      if (wanted.add) {
        form.clear();
        draft.drop();
      }
      // What was removed took its button, and the focus, with it.
      if (!element.contains(document.activeElement) || document.activeElement === element) sections.focus();
    } catch (error) {
      setText(problem, (error as Error).message);
      action.disabled = shown === null;
    }
  }

  function eventSection({ event, title }: MailEvent, { recipients: all, stops }: RecipientList): HTMLElement {
    const listed = all.filter((recipient) => recipient.event === event);
    const stopped = stops.filter((stop) => stop.event === event);
    const none = event === 'test' ? 'Nobody: while mail is on trial, none goes out.' : 'Nobody.';
    return el(
      'section',
      {},
      el('h3', {}, title),
      listed.length === 0 && stopped.length === 0
        ? el('p', { class: 'mp-help-text' }, none)
        : el('ul', {}, ...listed.map((recipient) => line(recipient, title)), ...stopped.map(stopLine)),
    );
  }

  function line(recipient: Recipient, title: string): HTMLElement {
    const who = recipientText(recipient, teams());
    const person = shown?.people.find(({ user_key }) => user_key === recipient.user_key);
    const whose = person ? el('span', { class: 'mp-help-text' }, ` ${person.name}`) : '';
    return el(
      'li',
      { class: 'mp-list-item' },
      el('span', { class: 'mp-list-words' }, who, whose),
      button('Remove', sentence`${who} from “${title}”`, recipient.id),
    );
  }

  function quietSection({ quiet, events }: RecipientList): HTMLElement {
    const lines = quiet.map((hours) => {
      const words = el('span', { class: 'mp-list-words' }, sentence`${hours.email}: ${hoursText(hours)}`);
      const whose = `quiet hours of ${hours.email}`;
      return el(
        'li',
        { class: 'mp-list-item' },
        words,
        button('Change', whose, hours.id),
        button('Remove', whose, hours.id),
      );
    });
    return el(
      'section',
      {},
      el('h3', {}, 'Quiet hours'),
      el('p', { class: 'mp-help-text' }, waitingText(events)),
      el('ul', {}, ...lines),
      el(
        'button',
        { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'quiet' },
        'Set quiet hours…',
      ),
    );
  }

  function askQuiet(of: QuietHours | undefined): void {
    if (shown === null) return;
    const onSet = (hours: QuietHours) => void change({ quiet: [hours] });
    openQuietForm(root, { list: shown, teams: teams(), zone, newId, drafts, of, onSet });
  }

  function stopLine({ email, at }: RecipientList['stops'][number]): HTMLElement {
    return el('li', { class: 'mp-list-item mp-help-text' }, `${email} stopped these mails, ${momentText(zone, at)}.`);
  }

  function history({ changes, events }: RecipientList): readonly HTMLElement[] {
    if (changes.length === 0) return [];
    const titles = new Map(events.map(({ event, title }) => [event, title]));
    const lines = changes.map((one) => {
      const what =
        one.event === null
          ? `quiet hours of ${one.email}, ${hoursText(one)}`
          : `${recipientText(one, teams())} for “${titles.get(one.event) ?? one.event}”`;
      return el('li', {}, sentence`${momentText(zone, one.at)}: ${one.by} ${one.change} ${what}.`);
    });
    return [
      el('details', {}, el('summary', {}, 'Who changed this list'), el('ul', { class: 'mp-help-text' }, ...lines)),
    ];
  }

  sections.addEventListener('click', (event) => {
    const target = asked(event, sections);
    const id = target?.dataset.id;
    switch (target?.dataset.do) {
      case 'remove':
        if (id !== undefined) void change({ remove: [id] });
        break;
      case 'change':
      case 'quiet':
        askQuiet(shown?.quiet.find((hours) => hours.id === id));
    }
  });
  try {
    show(await recipients.read(), '');
  } catch (error) {
    setText(status, '');
    setText(problem, `Who gets mails cannot be read now. ${(error as Error).message}`);
  }
}

function button(act: 'Remove' | 'Change', what: string, id: string): HTMLElement {
  const attributes = { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': act.toLowerCase() };
  return el('button', { ...attributes, 'data-id': id, 'aria-label': `${act} ${what}` }, act);
}
