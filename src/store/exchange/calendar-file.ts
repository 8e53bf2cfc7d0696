/**
 * An iteration's schedules as a calendar (iCalendar, RFC 5545). Times are in UTC, which every calendar shows in its reader's
 * zone, so no zone has to be described. An event keeps its UID for ever: reading a newer file moves it instead of doubling it.
 */
import { STATUS_WORDS } from '../progress.ts';
import { twoDigits } from '../times-text.ts';
import { localOf } from '../zone.ts';
import type { PlanLine } from './plan-lines.ts';

export interface CalendarOptions {
  readonly planId: string;
  readonly name: string;
  /** Milliseconds since 1970: when this calendar was made. */
  readonly at: number;
}

export function writeCalendar(lines: readonly PlanLine[], options: CalendarOptions): string {
  const properties = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Macroplan//Macroplan 1//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    text('X-WR-CALNAME', options.name),
    ...lines.flatMap((line) => eventOf(line, options)),
    'END:VCALENDAR',
  ];
  return properties.map((property) => `${folded(property)}\r\n`).join('');
}

function eventOf(
  { schedule, chapter, phase, team, site }: PlanLine,
  { planId, at }: CalendarOptions,
): readonly string[] {
  const { planned_start, planned_end, status, note } = schedule;
  const description = [
    `Phase: ${phase.name}`,
    team === null ? '' : `Team: ${team.name}`,
    `Status: ${STATUS_WORDS[status]}`,
    chapter.success_criterion === '' ? '' : `Success criterion: ${chapter.success_criterion}`,
    note === '' ? '' : `Note: ${note}`,
  ].filter((line) => line !== '');
  return [
    'BEGIN:VEVENT',
    `UID:${schedule.id}.${planId}@macroplan`,
    `DTSTAMP:${utc(Math.floor(at / 60_000), Math.floor(at / 1000) % 60)}`,
    `SEQUENCE:${Math.max(schedule.rev, chapter.rev)}`,
    `DTSTART:${utc(planned_start)}`,
    // An end that equals the start is not allowed; without one the event is a moment.
    ...(planned_end > planned_start ? [`DTEND:${utc(planned_end)}`] : []),
    text('SUMMARY', `${chapter.code} ${chapter.title}`),
    text('DESCRIPTION', description.join('\n')),
    ...(site === null ? [] : [text('LOCATION', site.name)]),
    text('CATEGORIES', chapter.kind.toUpperCase()),
    `STATUS:${status === 'skipped' ? 'CANCELLED' : 'CONFIRMED'}`,
    // A chapter of a team is no appointment of whoever looks at it.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** `20260328T211500Z` */
function utc(instant: number, second = 0): string {
  const { year, month, day, hour, minute } = localOf(instant);
  return `${String(year).padStart(4, '0')}${twoDigits(month)}${twoDigits(day)}T${twoDigits(hour)}${twoDigits(minute)}${twoDigits(second)}Z`;
}

/** A property of type TEXT: backslash, semicolon, comma and line breaks are escaped, other control characters dropped. */
function text(name: string, value: string): string {
  const escaped = value
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n?|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what TEXT must not hold.
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  return `${name}:${escaped}`;
}

const OCTETS_MAX = 75;

/** Lines of at most 75 octets, the blank before each further one included; never cut inside a character. */
function folded(property: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of property) {
    const size = encoder.encode(character).length;
    if (octets + size > OCTETS_MAX) {
      parts.push(part);
      part = '';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
