/** Local times as files carry them: without a zone, since that stands beside them; exact also in an hour shown twice. */
import { twoDigits } from '../times-text.ts';
import { type LocalTime, offsetAt, toInstant, toLocal } from '../zone.ts';

/** `2026-03-28 22:15`; in the hour that clocks show twice with its distance from UTC: `2026-10-25 02:30+01:00`. */
export function fileTime(zone: string, instant: number): string {
  const local = toLocal(zone, instant);
  return `${localText(local)}${isShownTwice(zone, instant) ? isoOffset(zone, instant) : ''}`;
}

/** `2026-03-28 22:15` */
export function localText(local: LocalTime): string {
  return `${isoDay(local)} ${isoClock(local)}`;
}

/** Clocks were set back, so that this is not the only instant of its local time. */
export function isShownTwice(zone: string, instant: number): boolean {
  return toInstant(zone, toLocal(zone, instant)).kind === 'overlap';
}

/** `2026-03-28T22:15:00`, as XML has it. */
export function xmlTime(zone: string, instant: number): string {
  const local = toLocal(zone, instant);
  return `${isoDay(local)}T${isoClock(local)}:00`;
}

/** `+01:00` */
export function isoOffset(zone: string, instant: number): string {
  const offset = offsetAt(zone, instant);
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

const isoDay = ({ year, month, day }: LocalTime) =>
  `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
const isoClock = ({ hour, minute }: LocalTime) => `${twoDigits(hour)}:${twoDigits(minute)}`;
