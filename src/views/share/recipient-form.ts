/** What a lead fills in to list somebody: who, and for which mails. */
import type { Audience, MailEvent, Recipient, RecipientList } from '../../store/mail.ts';
import type { Team } from '../../store/rows.ts';
import { el, setShown } from '../dom.ts';
import { labelled } from '../labelled.ts';
import { AUDIENCE_WORDS, BEAT_WORDS } from './recipient-words.ts';

/** `problem`: a sentence; null where the recipients can be added. */
export interface ReadRecipients {
  readonly problem: string | null;
  readonly recipients: readonly Recipient[];
}

export function recipientForm(newId: () => string) {
  const audience = el(
    'select',
    { class: 'mp-input' },
    ...Object.entries(AUDIENCE_WORDS).map(([value, words]) => el('option', { value }, words)),
  );
  const email = el('input', {
    class: 'mp-input',
    type: 'text',
    inputmode: 'email',
    autocomplete: 'off',
    maxlength: 254,
  });
  const person = el('select', { class: 'mp-input' });
  const team = el('select', { class: 'mp-input' });
  const emailField = labelled('Mail address', email);
  const personField = labelled('Whose address it is', person);
  const teamField = labelled('Team', team);
  const beat = el(
    'select',
    { class: 'mp-input', 'aria-label': 'How often a status report comes' },
    ...BEAT_WORDS.map(([everyHours, words]) => el('option', { value: everyHours }, words)),
  );
  beat.value = '2';
  const events = el('fieldset', { class: 'mp-recipient-events' });
  const element = el(
    'div',
    { class: 'mp-recipient-form' },
    el('h3', {}, 'Add'),
    el('div', { class: 'mp-form' }, labelled('Who', audience), emailField, teamField, personField),
    events,
  );
  const boxes = new Map<
    string,
    { readonly event: MailEvent; readonly box: HTMLInputElement; readonly line: HTMLElement }
  >();
  /** What is chosen of what only the server can name: here before it has answered, and where it does not. */
  const chosen = {
    mails: el('input', { type: 'hidden' }),
    person: el('input', { type: 'hidden' }),
    team: el('input', { type: 'hidden' }),
  };

  function keepTicks(): void {
    const ticked = [...boxes.values()].filter(({ box }) => box.checked);
    if (boxes.size > 0) chosen.mails.value = ticked.map(({ event }) => event.event).join(' ');
  }

  function showChosen(): void {
    const ticked = chosen.mails.value.split(' ');
    for (const { event, box } of boxes.values()) box.checked = ticked.includes(event.event);
    choose(person, chosen.person.value);
    choose(team, chosen.team.value);
    showFitting();
  }

  /** Only what the audience can be listed for stays on offer. */
  function showFitting(): void {
    const who = audience.value as Audience;
    setShown(emailField, who === 'address');
    setShown(personField, who === 'address');
    setShown(teamField, who === 'team');
    for (const { event, box, line } of boxes.values()) {
      const isOffered = event.audiences.includes(who);
      setShown(line, isOffered);
      if (!isOffered) box.checked = false;
    }
    keepTicks();
  }

  function makeBoxes(all: readonly MailEvent[]): void {
    events.replaceChildren(el('legend', { class: 'mp-label' }, 'Mails'));
    for (const event of all) {
      const box = el('input', { type: 'checkbox', value: event.event });
      const label = el('label', {}, box, ' ', event.title);
      const line = event.event === 'report' ? el('div', { class: 'mp-recipient-beat' }, label, beat) : label;
      boxes.set(event.event, { event, box, line });
      events.append(line);
    }
  }

  // Before what is typed is kept, which is when this event has come to the dialog.
  audience.addEventListener('input', showFitting);
  events.addEventListener('input', keepTicks);
  for (const [select, kept] of [
    [person, chosen.person],
    [team, chosen.team],
  ] as const) {
    select.addEventListener('input', () => {
      kept.value = select.value;
    });
  }
  showFitting();
  return {
    element,
    /** What is typed and chosen. */
    controls: { audience, email, beat, ...chosen },
    /** Shows what its controls were set to. */
    showChosen,

    /** What is typed and chosen stays, unless it is gone. */
    update({ events: all, people }: RecipientList, teams: ReadonlyMap<string, Team>): void {
      if (boxes.size === 0) makeBoxes(all);
      offer(person, [['', 'Nobody in particular'], ...people.map(({ user_key, name }) => [user_key, name] as const)]);
      const ordered = [...teams.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
      offer(
        team,
        ordered.map(({ id, code, name, email: address }) => [id, `${code} – ${name} (${address ?? 'no address yet'})`]),
      );
      showChosen();
    },

    read(): ReadRecipients {
      const who = audience.value as Audience;
      const wanted = [...boxes.values()].filter(({ box }) => box.checked).map(({ event }) => event.event);
      const address = email.value.trim();
      const problem =
        who === 'address' && address === ''
          ? 'Write a mail address.'
          : who === 'team' && team.value === ''
            ? 'This plan has no team yet. Leads add teams in the planner.'
            : wanted.length === 0
              ? 'Choose which mails.'
              : null;
      const recipients = wanted.map((event) => ({
        id: newId(),
        event,
        audience: who,
        email: who === 'address' ? address : null,
        team_id: who === 'team' ? team.value : null,
        user_key: who === 'address' && person.value !== '' ? person.value : null,
        every_hours: event === 'report' ? Number(beat.value) : null,
      }));
      return { problem, recipients };
    },

    /** Ready for the next one, who may want the same mails. */
    clear(): void {
      email.value = '';
      person.value = '';
      chosen.person.value = '';
    },
  };
}

function offer(select: HTMLSelectElement, choices: readonly (readonly [value: string, label: string])[]): void {
  const before = select.value;
  select.replaceChildren(...choices.map(([value, label]) => el('option', { value }, label)));
  choose(select, before);
}

/** One that is gone is no choice. */
function choose(select: HTMLSelectElement, wanted: string): void {
  if ([...select.options].some(({ value }) => value === wanted)) select.value = wanted;
}
