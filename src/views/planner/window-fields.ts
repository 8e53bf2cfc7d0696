import { readInstant } from '../../store/instant-entry.ts';
import type { Problem } from '../../store/row-edits.ts';
import { timeText } from '../../store/times-text.ts';
import type { FormField, FormValues } from '../form.ts';

/** Minutes since 1970. */
export interface WindowTimes {
  readonly window_start: number;
  readonly window_end: number;
}

interface Reading {
  readonly zone: string;
  readonly now: number;
  /** T of `T-2h`; null: the start that is typed. */
  readonly origin: number | null;
}

/** The start and the end of a window as a form asks for them. */
export function windowFields(
  zone: string,
  times: WindowTimes,
  labels: readonly [string, string],
): readonly FormField[] {
  return [
    {
      name: 'window_start',
      label: labels[0],
      kind: 'line',
      value: timeText(zone, times.window_start),
      hint: 'sat 22:15, 28/3 22:15, 2027-03-28 22:15',
    },
    { name: 'window_end', label: labels[1], kind: 'line', value: timeText(zone, times.window_end) },
  ];
}

/** A time that was not typed over stays exactly what it was. */
export function readWindow(
  values: FormValues,
  before: WindowTimes,
  { zone, now, origin }: Reading,
): WindowTimes | Problem {
  const instants = { window_start: before.window_start, window_end: before.window_end };
  for (const field of ['window_start', 'window_end'] as const) {
    const text = values[field] ?? '';
    if (text === timeText(zone, before[field])) continue;
    const start = instants.window_start;
    // `+12h` counts from the old end, and from the start where that is new.
    const isOfNewStart = field === 'window_end' && start !== before.window_start;
    const current = isOfNewStart ? null : before[field];
    const after = field === 'window_end' ? { after: start } : {};
    const entry = readInstant(text, { zone, now, current, windowStart: origin ?? start, ...after });
    if ('message' in entry) return { field, message: entry.message };
    instants[field] = entry.instant;
  }
  return instants;
}
