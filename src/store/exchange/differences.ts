/** What a line says otherwise than the plan, as fields to set and in words for the preview. */
import type { Changes } from '../ops.ts';
import { zoneOf } from '../plan-zone.ts';
import type { Chapter, ChapterSchedule } from '../rows.ts';
import { TABLES } from '../schema.ts';
import { checkFields } from '../values.ts';
import { fieldWords } from '../words.ts';
import { fileTime } from './local-time.ts';
import type { LineContext } from './merge-line.ts';

/**
 * The fields whose values differ and are good; how wide a blank is, those at the ends and kinds of line break
 * are no difference: other programs change them.
 */
export function differing<T extends Changes<'chapters'> | Changes<'chapter_schedules'>>(
  wanted: T,
  row: Chapter | ChapterSchedule,
  { problems }: LineContext,
): T {
  const table = tableOf(row);
  const same = (a: unknown, b: unknown) =>
    a === b || (typeof a === 'string' && typeof b === 'string' && plain(a) === plain(b));
  const changed = Object.entries(wanted).filter(([field, value]) => {
    if (same(value, row[field as keyof typeof row])) return false;
    const problem = checkFields(table, { [field]: value as string });
    if (problem) problems.push(problem.message);
    return problem === null;
  });
  return Object.fromEntries(changed) as T;
}

const plain = (text: string) =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim();

const tableOf = (row: Chapter | ChapterSchedule) => ('chapter_id' in row ? 'chapter_schedules' : 'chapters');

/** Notes what these fields were and will be. */
export function tell(changed: object, row: Chapter | ChapterSchedule, context: LineContext): void {
  for (const [field, value] of Object.entries(changed)) {
    const from = shown(context, row, field, row[field as keyof typeof row]);
    context.changes.push({ what: fieldWords(field), from, to: shown(context, row, field, value) });
  }
}

function shown({ view }: LineContext, row: Chapter | ChapterSchedule, field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (TABLES[tableOf(row)][field]?.type) {
    case 'reference': {
      const { phases, teams, sites } = view.rows;
      const id = String(value);
      return (phases.get(id) ?? teams.get(id) ?? sites.get(id))?.code ?? 'a new one';
    }
    case 'instant':
      return fileTime(zoneOf(view), Number(value));
    case 'boolean':
      return value ? 'yes' : 'no';
    case 'choice':
      return String(value).replaceAll('_', ' ');
    default:
      return String(value);
  }
}
