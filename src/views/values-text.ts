/** The values of a merge unit as people read them. Pure. */
import { timesIn } from '../store/conflict-items.ts';
import { DECISIONS, type ShownStatus, STATUS_WORDS } from '../store/progress.ts';
import type { Fields, Value } from '../store/rows.ts';
import { exactClockText, timesText, timeText } from '../store/times-text.ts';
import type { PlanView } from '../store/view.ts';

/** `fields` null: there is no such row on that side. */
export function unitText(view: PlanView, zone: string, unit: string, fields: Fields | null): string {
  if (fields === null) return 'removed';
  const times = timesIn(fields);
  if (times !== null) return `${timesText(zone, ...times)}${fields.fixed_start === true ? ', fixed start' : ''}`;
  if (unit === 'progress') return progressText(zone, fields);
  const [only] = Object.entries(fields);
  if (unit === 'row' || only === undefined) return 'kept';
  const [field, value] = Object.keys(fields).length === 1 ? only : [unit, fields[unit] ?? null];
  return valueText(view, zone, field, value);
}

function progressText(zone: string, { status, actual_start, actual_end }: Fields): string {
  const words = [STATUS_WORDS[status as ShownStatus] ?? String(status)];
  if (typeof actual_start === 'number') words.push(`began ${exactClockText(zone, actual_start)}`);
  if (typeof actual_end === 'number') words.push(`ended ${exactClockText(zone, actual_end)}`);
  return words.join(', ');
}

function valueText(view: PlanView, zone: string, field: string, value: Value): string {
  if (value === null || value === '') return 'nothing';
  if (field === 'decision') return DECISIONS[String(value)] ?? String(value);
  if ((field.startsWith('window_') || field === 'must_finish_by') && typeof value === 'number')
    return timeText(zone, value);
  if (field.endsWith('_id') && typeof value === 'string') return nameOf(view, value);
  return typeof value === 'object' ? 'other values' : `“${String(value)}”`;
}

function nameOf({ rows }: PlanView, id: string): string {
  const named = rows.teams.get(id) ?? rows.sites.get(id) ?? rows.phases.get(id) ?? rows.chapters.get(id);
  return named?.code ?? 'another row';
}
