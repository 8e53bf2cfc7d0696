/**
 * Names for tables, fields and rows in sentences for people. The same words exist in SQL
 * (migrations/functions/edit/words.sql), because both sides explain a refusal with the same sentence.
 */
import type { Fields, Row } from './rows.ts';
import type { TableName } from './schema.ts';

export const NOUNS: { readonly [T in TableName]: string } = {
  plans: 'plan',
  plan_members: 'member',
  iterations: 'iteration',
  phases: 'phase',
  teams: 'team',
  sites: 'site',
  chapters: 'chapter',
  dependencies: 'dependency',
  chapter_schedules: 'schedule',
  baselines: 'baseline',
  no_start_windows: 'no-start window',
  conflicts: 'conflict',
};

/** `planned_start` → "planned start", `phase_id` → "phase". */
export function fieldWords(field: string): string {
  return field.replace(/_id$/, '').replaceAll('_', ' ');
}

type Find = (table: TableName, id: string) => Row | undefined;

/** "chapter 4.2", "schedule of chapter 4.2 in RUN1", "dependency of 4.3 on 4.2". */
export function describeRow(find: Find, table: TableName, row: Fields): string {
  const codeOf = (of: TableName, field: string) => find(of, String(row[field]))?.code ?? '?';
  switch (table) {
    case 'chapter_schedules':
      return `schedule of chapter ${codeOf('chapters', 'chapter_id')} in ${codeOf('iterations', 'iteration_id')}`;
    case 'dependencies':
      return `dependency of ${codeOf('chapters', 'successor_id')} on ${codeOf('chapters', 'predecessor_id')}`;
    case 'plan_members':
      return `member ${row.principal}`;
    case 'baselines':
      return `baseline ${row.name}`;
    case 'no_start_windows':
      return `no-start window ${row.name}`;
    case 'conflicts':
      return `conflict ${row.label}`;
    default:
      return `${NOUNS[table]} ${row.code}`;
  }
}

export function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** `a`, `a and b`, `a, b and c` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The first ones of so many in all: `a, b and 5 more`. */
export function andMore(first: readonly string[], count: number): string {
  return `${first.join(', ')}${count > first.length ? ` and ${count - first.length} more` : ''}`;
}

/** `1 chapter`, `3 chapters`; `many` where it is not made with an s, and with its verb: `1 edit is`, `3 edits are`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
