/** Times as the shareable table says them; the twins of `macroplan.show_…` in SQL. */
import { clockText, isShownTwice, MONTHS, offsetText, twoDigits, WEEKDAYS } from '../../store/times-text.ts';
import { offsetAt } from '../../store/zone.ts';

const DAY = 24 * 60;

/** Days since 1970-01-01 by the clocks of a zone. */
export const dayNumber = (zone: string, instant: number) => Math.floor((instant + offsetAt(zone, instant)) / DAY);

/** `Sat 24 Oct 2026` */
export function dayTitle(day: number): string {
  const date = new Date(day * DAY * 60_000);
  const [weekday, month] = [WEEKDAYS[date.getUTCDay()], MONTHS[date.getUTCMonth()]];
  return `${weekday} ${twoDigits(date.getUTCDate())} ${month} ${date.getUTCFullYear()}`;
}

/** `Sat 24 Oct 2026 22:30`; in the hour that clocks show twice, with how far they are from UTC: `Sun 25 Oct 2026 02:30 UTC+2`. */
export const instantText = (zone: string, instant: number) =>
  `${dayTitle(dayNumber(zone, instant))} ${clockWords(zone, instant, false)}`;

/** `UTC+2`, `UTC-3:30`, `UTC`: with the hyphen that also the oldest mail program shows. */
export const offsetInMail = (zone: string, instant: number) => offsetText(offsetAt(zone, instant)).replace('−', '-');

/** `22:15 – 01:45 (+1)`, one time for a moment; with offsets on days on which clocks change, and always in the hour that they show twice. */
export function showSpan(zone: string, start: number, end: number, hasOffset: boolean): string {
  const at = (instant: number) => clockWords(zone, instant, hasOffset);
  if (start === end) return at(start);
  const days = dayNumber(zone, end) - dayNumber(zone, start);
  return `${at(start)} – ${at(end)}${days === 0 ? '' : ` (+${days})`}`;
}

function clockWords(zone: string, instant: number, hasOffset: boolean): string {
  const clock = clockText(zone, instant);
  return hasOffset || isShownTwice(zone, instant) ? `${clock} ${offsetInMail(zone, instant)}` : clock;
}
