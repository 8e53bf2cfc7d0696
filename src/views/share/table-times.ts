/** Times as the shareable table says them; the twins of `macroplan.show_…` in SQL. */
import { durationText } from '../../store/times-text.ts';
import { offsetAt, toLocal } from '../../store/zone.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 24 * 60;

const two = (value: number) => String(value).padStart(2, '0');

/** Days since 1970-01-01 by the clocks of a zone. */
export const dayNumber = (zone: string, instant: number) => Math.floor((instant + offsetAt(zone, instant)) / DAY);

/** `Sat 24 Oct 2026` */
export function dayTitle(day: number): string {
  const date = new Date(day * DAY * 60_000);
  const [weekday, month] = [WEEKDAYS[date.getUTCDay()], MONTHS[date.getUTCMonth()]];
  return `${weekday} ${two(date.getUTCDate())} ${month} ${date.getUTCFullYear()}`;
}

/** `22:15` */
export function clock(zone: string, instant: number): string {
  const { hour, minute } = toLocal(zone, instant);
  return `${two(hour)}:${two(minute)}`;
}

/** `Sat 24 Oct 2026 22:30` */
export const instantText = (zone: string, instant: number) =>
  `${dayTitle(dayNumber(zone, instant))} ${clock(zone, instant)}`;

/** `UTC+2`, `UTC-3:30`, `UTC` */
export function offsetText(zone: string, instant: number): string {
  const offset = offsetAt(zone, instant);
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  return `UTC${offset < 0 ? '-' : '+'}${Math.floor(Math.abs(offset) / 60)}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}

/** `22:15 – 01:45 (+1)`, one time for a moment; with offsets on days on which clocks change. */
export function showSpan(zone: string, start: number, end: number, hasOffset: boolean): string {
  const at = (instant: number) => clock(zone, instant) + (hasOffset ? ` ${offsetText(zone, instant)}` : '');
  if (start === end) return at(start);
  const days = dayNumber(zone, end) - dayNumber(zone, start);
  return `${at(start)} – ${at(end)}${days === 0 ? '' : ` (+${days})`}`;
}

export const showDuration = durationText;
