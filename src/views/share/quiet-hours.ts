/** The hours in which mails to an address wait: how they are said, and how a lead sets them. */
import { sentence } from '../../store/isolated.ts';
import type { MailEvent, QuietHours, RecipientList } from '../../store/mail.ts';
import type { Team } from '../../store/rows.ts';
import { readClock } from '../../store/time-entry.ts';
import { twoDigits } from '../../store/times-text.ts';
import type { Drafts } from '../drafts.ts';
import { type FormProblem, type FormValues, openForm } from '../form.ts';
import { zonesLike } from '../zones-like.ts';

/** "22:00–06:00 Europe/Zurich" */
export function hoursText({
  quiet_from,
  quiet_to,
  zone,
}: Pick<QuietHours, 'quiet_from' | 'quiet_to' | 'zone'>): string {
  return `${clock(quiet_from)}–${clock(quiet_to)} ${zone}`;
}

/** Which mails wait, in a sentence or two. */
export function waitingText(events: readonly MailEvent[]): string {
  const titles = (which: (event: MailEvent) => boolean) =>
    events
      .filter((event) => event.event !== 'test' && which(event))
      .map(({ title }) => `“${title}”`)
      .join(', ');
  const isReport = ({ event }: MailEvent) => event === 'report';
  const together = titles((event) => event.waits && !isReport(event));
  const report = titles((event) => event.waits && isReport(event));
  const own = report === '' ? '' : ` ${report} waits too, and is a mail of its own.`;
  const atOnce = titles(({ waits }) => !waits);
  return `In quiet hours these mails to an address wait, and are one mail when the hours end: ${together}.${own} These come at once: ${atOnce}.`;
}

export interface QuietOptions {
  readonly list: RecipientList;
  readonly teams: ReadonlyMap<string, Team>;
  /** Of the plan. */
  readonly zone: string;
  readonly newId: () => string;
  readonly drafts: Drafts;
  /** Whose hours are to change; undefined where somebody is to be chosen. */
  readonly of: QuietHours | undefined;
  readonly onSet: (quiet: QuietHours) => void;
}

/** Asks for the hours of one address. */
export function openQuietForm(root: Element, { list, teams, zone, newId, drafts, of, onSet }: QuietOptions): void {
  const addresses = of === undefined ? addressesOf(list, teams) : [[of.email, of.email] as const];
  openForm(root, {
    title: of === undefined ? 'Quiet hours' : `Quiet hours of ${of.email}`,
    draft: of === undefined ? drafts.ofNew('quiet hours') : drafts.of('quiet hours', of.email),
    intro: waitingText(list.events),
    fields: [
      {
        name: 'email',
        label: 'Of',
        kind: 'choice',
        value: of?.email ?? addresses[0]?.[0] ?? '',
        choices: addresses,
        isWide: true,
      },
      { name: 'from', label: 'From', kind: 'line', value: clock(of?.quiet_from ?? 22 * 60) },
      {
        name: 'to',
        label: 'To',
        kind: 'line',
        value: clock(of?.quiet_to ?? 6 * 60),
        hint: 'Every day, over midnight too.',
      },
      {
        name: 'zone',
        label: 'Time zone',
        kind: 'line',
        value: of?.zone ?? zone,
        hint: 'Whose clocks count, such as Europe/Berlin.',
        suggest: zonesLike,
      },
    ],
    action: 'Set quiet hours',
    onAction(values) {
      if (!values.email) return { field: 'email', message: 'Nobody is listed yet, and no team has an address.' };
      const read = readHours(values);
      if ('message' in read) return read;
      onSet({ id: newId(), email: values.email, ...read });
      return null;
    },
  });
}

function readHours({ from = '', to = '', zone = '' }: FormValues): Omit<QuietHours, 'id' | 'email'> | FormProblem {
  const [start, end] = [readClock(from.toLowerCase()), readClock(to.toLowerCase())];
  const wrong = (field: string, message: string) => ({ field, message });
  if (start === null) return wrong('from', `“${from}” is no time of day. Write one, such as 22:00.`);
  if (end === null) return wrong('to', `“${to}” is no time of day. Write one, such as 06:00.`);
  const [quiet_from, quiet_to] = [start % 1440, end % 1440];
  if (quiet_from === quiet_to) {
    return wrong(
      'to',
      'Quiet hours cannot end when they begin. Whoever is to get nothing at all is taken off the list.',
    );
  }
  return { quiet_from, quiet_to, zone };
}

/** Each address that mails can go to, and the teams that have it. */
function addressesOf({ recipients }: RecipientList, teams: ReadonlyMap<string, Team>): (readonly [string, string])[] {
  const found = new Map<string, string[]>();
  for (const { email } of recipients) if (email !== null) found.set(email, []);
  for (const { code, email } of teams.values()) {
    if (email === null) continue;
    const address = email.toLowerCase();
    found.set(address, [...(found.get(address) ?? []), `Team ${code}`]);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([email, names]) => [email, names.length === 0 ? email : sentence`${email} (${names.sort().join(', ')})`]);
}

function clock(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
