/** The time axis: which days, hours and clock changes it names. Positions are instants; the stylesheet scales them. */
import { clockText, dayText } from '../../store/times-text.ts';
import { clockMinutes, offsetAt, toLocal, zoneName } from '../../store/zone.ts';

export const ZOOMS = ['fit', '1h', '4h', 'day'] as const;
export type Zoom = (typeof ZOOMS)[number];

/** CSS pixels a minute: one mark of that length is 72 pixels wide. */
const PIXELS_PER_MINUTE: { readonly [Z in Exclude<Zoom, 'fit'>]: number } = {
  '1h': 72 / 60,
  '4h': 72 / 240,
  day: 72 / 1440,
};

/** `width` is the room for the axis in CSS pixels. */
export function pixelsPerMinute(zoom: Zoom, minutes: number, width: number): number {
  if (zoom !== 'fit') return PIXELS_PER_MINUTE[zoom];
  return Math.max(0.02, width / Math.max(60, minutes));
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
  readonly hours: readonly AxisMark[];
  /** Where the zone's clocks change: the new zone name, "CEST". */
  readonly changes: readonly AxisMark[];
}

/** Hours between two marks that leave room for `HH:MM`. */
const STEPS = [1, 2, 3, 4, 6, 12, 24] as const;
const MARK_PIXELS = 60;
/** Below it a day's mark leaves out the month. */
const DAY_PIXELS = 84;

/** Marks stand on the local clock, so a night of 23 hours has 23 hours of room and says so. */
export function axisOf(zone: string, start: number, end: number, scale: number): Axis {
  const step = STEPS.find((hours) => hours * 60 * scale >= MARK_PIXELS) ?? 24;
  const hours: number[] = [];
  const days: number[] = [start];
  const changes: number[] = [];
  let offset = offsetAt(zone, start);
  for (let at = firstWholeHour(zone, start); at < end; at += 60) {
    const local = toLocal(zone, at);
    if (local.hour % step === 0 && local.minute === 0) hours.push(at);
    if (local.hour === 0 && at > start) days.push(at);
    const next = offsetAt(zone, at);
    if (next !== offset) changes.push(at);
    offset = next;
  }
  return {
    days: marks(days, end, (at, length) => dayLabel(zone, at, length, scale)),
    hours: marks(hours, end, (at) => clockText(zone, at)),
    changes: marks(changes, end, (at) => zoneName(zone, at)),
  };
}

function firstWholeHour(zone: string, start: number): number {
  const past = clockMinutes(toLocal(zone, start)) % 60;
  return past === 0 ? start : start + 60 - past;
}

/** A day on which clocks change says how long it is. */
function dayLabel(zone: string, at: number, length: number, scale: number): string {
  const text = dayText(zone, at);
  if (length * scale < DAY_PIXELS) return text.replace(/ [A-Z][a-z]+$/, '');
  return length === 23 * 60 || length === 25 * 60 ? `${text} · ${length / 60} h` : text;
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
