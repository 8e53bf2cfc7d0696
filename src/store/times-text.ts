/**
 * Times and durations as people read them: 24 hours, always with the weekday, never a bare number. What these
 * functions write, `time-entry.ts` reads back.
 */
import { toInstant, toLocal, zoneName } from './zone.ts';

export const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Sat 28 Mar 22:15`; in the hour that clocks show twice, with the zone's name: `Sun 31 Oct 02:30 CEST`. */
export function timeText(zone: string, instant: number): string {
  return `${dayText(zone, instant)} ${exactClockText(zone, instant)}`;
}

/** `22:15`; in the hour that clocks show twice, with the zone's name: `02:30 CEST`. */
export function exactClockText(zone: string, instant: number): string {
  const clock = clockText(zone, instant);
  return isShownTwice(zone, instant) ? `${clock} ${zoneName(zone, instant)}` : clock;
}

/** Whether the clocks of a zone show this time once more, an hour before or after. */
export function isShownTwice(zone: string, instant: number): boolean {
  return toInstant(zone, toLocal(zone, instant)).kind === 'overlap';
}

/** The same of a moment in milliseconds since 1970, to the minute that has begun. */
export function momentText(zone: string, milliseconds: number): string {
  return timeText(zone, Math.floor(milliseconds / 60_000));
}

/** A moment of the past, in milliseconds since 1970: `21:05`, with its day where that is another one than `now`'s. */
export function recentText(zone: string, milliseconds: number, now: number): string {
  const [then, today] = [Math.floor(milliseconds / 60_000), Math.floor(now / 60_000)];
  const isToday = dayText(zone, then) === dayText(zone, today) && today - then < 2 * 1440;
  return isToday ? exactClockText(zone, then) : timeText(zone, then);
}

/** `Sat 28 Mar` */
export function dayText(zone: string, instant: number): string {
  const { year, month, day } = toLocal(zone, instant);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return `${WEEKDAYS[weekday]} ${day} ${MONTHS[month - 1]}`;
}

/** `22:15`, for an axis and a clock that goes. */
export function clockText(zone: string, instant: number): string {
  const { hour, minute } = toLocal(zone, instant);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `Sat 28 Mar 22:15 → 01:45`, with the second day only where a night does not explain it; one time for a moment. */
export function spanText(zone: string, start: number, end: number): string {
  return spanIn(timeText, zone, start, end);
}

/** `Sat 28 Mar 2027 22:15 → 01:45`: the same for what may lie in another year. */
export function datedSpanText(zone: string, start: number, end: number): string {
  return spanIn(datedText, zone, start, end);
}

function spanIn(words: (zone: string, at: number) => string, zone: string, start: number, end: number): string {
  if (start === end) return words(zone, start);
  const isSameDay = dayText(zone, start) === dayText(zone, end) || end - start < 24 * 60;
  return `${words(zone, start)} → ${isSameDay ? exactClockText(zone, end) : words(zone, end)}`;
}

/** `Thu 4 Feb 2027 18:00`, for what is read years later or planned for another year. */
export function datedText(zone: string, instant: number): string {
  return `${dateText(zone, instant)} ${exactClockText(zone, instant)}`;
}

/** `Thu 4 Feb 2027` */
export function dateText(zone: string, instant: number): string {
  return `${dayText(zone, instant)} ${toLocal(zone, instant).year}`;
}

/** `Wed 20 Jan 08:00 → Thu 4 Feb 2027 18:00`, with both years where they differ. */
export function windowText(zone: string, start: number, end: number): string {
  const isOneYear = toLocal(zone, start).year === toLocal(zone, end).year;
  return `${isOneYear ? timeText(zone, start) : datedText(zone, start)} → ${datedText(zone, end)}`;
}

/** The same with how long that is: `Sat 28 Mar 22:15 → 01:45 (3h30)`; one time for a moment. */
export function timesText(zone: string, start: number, end: number): string {
  const takes = end === start ? '' : ` (${durationText(end - start)})`;
  return `${spanText(zone, start, end)}${takes}`;
}

/** `02:14:07 CEST`, for the age of data. */
export function secondText(zone: string, milliseconds: number): string {
  const minute = Math.floor(milliseconds / 60_000);
  const second = Math.floor(milliseconds / 1000) % 60;
  return `${clockText(zone, minute)}:${twoDigits(second)} ${zoneName(zone, minute)}`;
}

/** `UTC+2`, `UTC+5:30`, of minutes east of it. */
export function offsetText(offset: number): string {
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  const hours = Math.floor(Math.abs(offset) / 60);
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${twoDigits(minutes)}`}`;
}

/** Elapsed minutes: `45m`, `3h`, `3h30`, `1d 2h`, `1d 2h30`. */
export function durationText(minutes: number): string {
  if (minutes < 0) return `−${durationText(-minutes)}`;
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  const words: string[] = [];
  if (days > 0) words.push(`${days}d`);
  if (hours > 0) words.push(rest === 0 ? `${hours}h` : `${hours}h${twoDigits(rest)}`);
  else if (rest > 0 || days === 0) words.push(`${rest}m`);
  return words.join(' ');
}

/** `+45m`, `−1h30`, `±0m` */
export function shiftText(minutes: number): string {
  if (minutes === 0) return '±0m';
  return minutes > 0 ? `+${durationText(minutes)}` : durationText(minutes);
}

/** How long ago, in one unit: `4 s`, `3 min`, `2 h`, `5 days`. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
