/** Items by day and phase, by the clocks of a zone; what goes on after midnight stands in both days. */

import { clockText } from '../../store/times-text.ts';
import { toInstant } from '../../store/zone.ts';
import { byText, type TableItem } from './table-items.ts';
import { dayNumber, dayTitle } from './table-times.ts';

export interface Day {
  readonly title: string;
  /** The instant of its midnight. */
  readonly start: number;
  /** 1440 but on days on which clocks change. */
  readonly minutes: number;
  /** Columns: one an hour, the last of which may be shorter. */
  readonly hours: number;
  readonly labels: readonly string[];
  readonly groups: readonly { readonly phase: string; readonly items: readonly TableItem[] }[];
}

export function daysOf(zone: string, items: readonly TableItem[]): readonly Day[] {
  const byDay = new Map<number, TableItem[]>();
  for (const item of items) {
    const last = dayNumber(zone, Math.max(item.end - 1, item.start));
    for (let day = dayNumber(zone, item.start); day <= last; day += 1) {
      byDay.set(day, [...(byDay.get(day) ?? []), item]);
    }
  }
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, own]) => {
      const start = midnight(zone, day);
      const minutes = midnight(zone, day + 1) - start;
      const hours = Math.ceil(minutes / 60);
      const labels = Array.from({ length: hours }, (_, hour) => clockText(zone, start + hour * 60).slice(0, 2));
      return { title: dayTitle(day), start, minutes, hours, labels, groups: groupsOf(own) };
    });
}

/** Where clocks jump over midnight or show it twice, as PostgreSQL takes it: the later instant. */
function midnight(zone: string, day: number): number {
  const date = new Date(day * 24 * 60 * 60_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const found = toInstant(zone, { year, month, day: date.getUTCDate(), hour: 0, minute: 0 });
  if (found.kind === 'ok') return found.instant;
  return found.kind === 'gap' ? found.after : found.second;
}

function groupsOf(items: readonly TableItem[]): Day['groups'] {
  const groups = new Map<string, TableItem[]>();
  for (const item of items) groups.set(item.phaseCode, [...(groups.get(item.phaseCode) ?? []), item]);
  return [...groups.values()]
    .sort(([a], [b]) => (a && b ? a.phasePosition - b.phasePosition || byText(a.phaseCode, b.phaseCode) : 0))
    .map((own) => ({ phase: own[0]?.phase ?? '', items: own }));
}
