/** The time axis: which days, hours and clock changes it names. Positions are instants; the stylesheet scales them. */
import { clockText, dayText } from '../../store/times-text.ts';
import { clockMinutes, offsetAt, toLocal, zoneName } from '../../store/zone.ts';

/** Minutes that one mark of 72 pixels stands for; `fit` is whatever shows everything. */
export const ZOOMS = { fit: 0, '15m': 15, '1h': 60, '4h': 240, day: 1440 } as const;
export type Zoom = keyof typeof ZOOMS;
const PIXELS_PER_MARK = 72;
const [CLOSEST, FURTHEST] = [12, 0.02];

/** CSS pixels a minute. `zoom` is one of `ZOOMS` or any number of minutes; `width` is the room for the axis in CSS pixels. */
export function pixelsPerMinute(zoom: string, minutes: number, width: number): number {
  const mark = ZOOMS[zoom as Zoom] ?? Number(zoom);
  const pixels = mark > 0 ? PIXELS_PER_MARK / mark : width / Math.max(60, minutes);
  return Math.min(CLOSEST, Math.max(FURTHEST, pixels));
}

/** The zoom, as a number of minutes, that gives this scale. */
export function zoomOf(scale: number): string {
  return String(Math.round((100 * PIXELS_PER_MARK) / Math.min(CLOSEST, Math.max(FURTHEST, scale))) / 100);
}

/** Dragged bars and nudges go by steps that the eye can tell apart at this scale: minutes. */
export function snapMinutes(scale: number): number {
  return [1, 5, 15, 30].find((step) => step * scale >= 4) ?? 60;
}

/** The nearest instant at which the clock of the zone shows a whole step; where that is half an hour off, an hour is still a full one. */
export function snapTo(zone: string, instant: number, step: number): number {
  const offset = offsetAt(zone, Math.round(instant));
  return Math.round((instant + offset) / step) * step - offset;
}

export interface AxisMark {
  /** Minutes since 1970. */
  readonly at: number;
  /** Minutes until the next mark of its kind or the axis' end. */
  readonly length: number;
  readonly text: string;
}

export interface Axis {
  readonly days: readonly AxisMark[];
  /** Where days have no room for a clock time: the months instead. */
  readonly hours: readonly AxisMark[];
  /** Where the zone's clocks change: the new zone name, "CEST"; '' where the day's mark says it, since the two have no room side by side. */
  readonly changes: readonly AxisMark[];
}

/** Minutes between two marks that leave room for `HH:MM`. */
const STEPS = [15, 30, 60, 120, 180, 240, 360, 720] as const;
const MARK_PIXELS = 60;
/** Below it a day's mark leaves out the month. */
const DAY_PIXELS = 84;
/** Below it the weekday too. */
const NUMBER_PIXELS = 52;
/** What a day's mark takes with its length, and half of a change's, which may be called UTC+10:30. */
const longDayPixels = (name: string) => 100 + 8 * name.length;

/** Marks stand on the local clock, so a night of 23 hours has 23 hours of room and says so. */
export function axisOf(zone: string, start: number, end: number, scale: number): Axis {
  const step = STEPS.find((minutes) => minutes * scale >= MARK_PIXELS) ?? 1440;
  const hours: number[] = [];
  const days: number[] = [start];
  const changes: number[] = [];
  let offset = offsetAt(zone, start);
  let { day } = toLocal(zone, start);
  for (let at = start; at < end; at = nextWhole(zone, at, step)) {
    const { hour, minute, day: today } = toLocal(zone, at);
    if ((hour * 60 + minute) % step === 0) hours.push(at);
    // Not by the clock: where clocks change at midnight a day begins at one, and another one has midnight twice.
    if (today !== day) days.push(at);
    const next = offsetAt(zone, at);
    if (next !== offset) changes.push(at);
    offset = next;
    day = today;
  }
  const isMarked = (change: number) => {
    const room = longDayPixels(zoneName(zone, change));
    return days.every((day) => day > change || (change - day) * scale >= room);
  };
  return {
    days: marks(days, end, (at, length) => {
      const change = changes.find((each) => each >= at && each < at + length);
      const name = change === undefined || isMarked(change) ? null : zoneName(zone, change);
      return dayLabel(zone, { at, length }, { scale, name });
    }),
    hours:
      1440 * scale < NUMBER_PIXELS
        ? marks(monthsIn(zone, days), end, (at) => dayText(zone, at).replace(/^.* /, ''))
        : marks(hours, end, (at) => clockText(zone, at)),
    changes: marks(changes, end, (at) => (isMarked(at) ? zoneName(zone, at) : '')),
  };
}

/** What a character takes, and the room before it: of an hour, and of the badge of now. CSS pixels. */
const [HOUR_CHARACTER, HOUR_INSET] = [6.3, 4];
const [BADGE_CHARACTER, BADGE_INSET] = [6.5, 5];

/** The hours whose words the badge of now would cover by half give way to it: they keep their line and say nothing. */
export function besideNow(
  hours: readonly AxisMark[],
  now: { readonly at: number; readonly text: string },
  scale: number,
): readonly AxisMark[] {
  const half = BADGE_INSET + (now.text.length * BADGE_CHARACTER) / 2;
  return hours.map((hour) => {
    const start = (hour.at - now.at) * scale + HOUR_INSET;
    const isCovered = start < half && start + hour.text.length * HOUR_CHARACTER > -half;
    return isCovered ? { ...hour, text: '' } : hour;
  });
}

/** The first day, and each first day of a month. */
function monthsIn(zone: string, days: readonly number[]): readonly number[] {
  return days.filter((at, i) => i === 0 || toLocal(zone, at).day === 1);
}

/** The next instant of a whole hour, or step, of the local clock; asked at each one, since a change may be of half an hour. */
function nextWhole(zone: string, at: number, step: number): number {
  const unit = Math.min(60, step);
  return at + unit - (clockMinutes(toLocal(zone, at)) % unit);
}

/** A day on which clocks change says how long it is, and by `name` to what they change where no mark of its own does. */
function dayLabel(
  zone: string,
  { at, length }: { readonly at: number; readonly length: number },
  { scale, name }: { readonly scale: number; readonly name: string | null },
): string {
  const text = dayText(zone, at);
  const { day } = toLocal(zone, at);
  if (length * scale < NUMBER_PIXELS) return String(day);
  if (length * scale < DAY_PIXELS) return name === null ? text.replace(/ [A-Z][a-z]+$/, '') : `${day} ${name}`;
  // A change at midnight is of the day that begins with it.
  const change = offsetAt(zone, at + length - 1) - offsetAt(zone, at - 1);
  if (change === 0) return text;
  const long = `${text} · ${24 - change / 60} h`;
  return name === null ? long : `${long}, ${name}`;
}

function marks(
  instants: readonly number[],
  end: number,
  text: (at: number, length: number) => string,
): readonly AxisMark[] {
  return instants.map((at, index) => {
    const length = (instants[index + 1] ?? end) - at;
    return { at, length, text: text(at, length) };
  });
}
