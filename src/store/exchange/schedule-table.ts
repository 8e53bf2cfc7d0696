/** An iteration's schedules as a table of cells, for CSV, TSV and the clipboard. What is written here can be read back. */
import { DECISIONS, STATUS_WORDS } from '../progress.ts';
import { durationText } from '../times-text.ts';
import { writeDelimited } from './delimited.ts';
import { guarded } from './formula-guard.ts';
import { listedCode } from './links-entry.ts';
import { fileTime } from './local-time.ts';
import type { PlanLine, PlanLink } from './plan-lines.ts';
import { TABLE_COLUMNS, type TableField } from './table-columns.ts';
import { xmlText } from './xml-text.ts';

const COLUMNS = TABLE_COLUMNS.filter(({ isReadOnly }) => !isReadOnly);

/** A header and one row a chapter; all times in `zone`, which each row names. Not yet guarded against formulas. */
export function scheduleTable(lines: readonly PlanLine[], zone: string): readonly (readonly string[])[] {
  return [
    COLUMNS.map(({ title }) => title),
    ...lines.map((line) => COLUMNS.map(({ field }) => cellOf(field, line, zone))),
  ];
}

/** With a byte order mark, without which Excel takes UTF-8 for its own code page. */
export function scheduleFile(lines: readonly PlanLine[], zone: string, delimiter: ',' | '\t'): string {
  const rows = scheduleTable(lines, zone).map((cells) => cells.map(guarded));
  return `\uFEFF${writeDelimited(rows, delimiter)}`;
}

/** The same for the clipboard: as text with tabs, and as HTML for whoever pastes into a page. */
export function scheduleClip(
  lines: readonly PlanLine[],
  zone: string,
): { readonly text: string; readonly html: string } {
  const [head = [], ...rows] = scheduleTable(lines, zone).map((cells) => cells.map(guarded));
  const row = (tag: 'td' | 'th', cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${xmlText(cell).replaceAll('\n', '<br>')}</${tag}>`).join('')}</tr>`;
  return {
    text: writeDelimited([head, ...rows], '\t'),
    html: `<table><thead>${row('th', head)}</thead><tbody>${rows.map((cells) => row('td', cells)).join('')}</tbody></table>`,
  };
}

function cellOf(field: TableField, { schedule, chapter, phase, team, site, links }: PlanLine, zone: string): string {
  const time = (instant: number | null) => (instant === null ? '' : fileTime(zone, instant));
  switch (field) {
    case 'code':
      return chapter.code;
    case 'phase':
      return phase.code;
    case 'title':
      return chapter.title;
    case 'kind':
      return chapter.kind;
    case 'team':
      return team?.code ?? '';
    case 'site':
      return site?.code ?? '';
    case 'date':
    case 'end_date':
      return '';
    case 'start':
      return time(schedule.planned_start);
    case 'end':
      return time(schedule.planned_end);
    case 'duration':
      return durationText(schedule.planned_end - schedule.planned_start);
    case 'zone':
      return zone;
    case 'fixed_start':
      return schedule.fixed_start ? 'yes' : 'no';
    case 'must_finish_by':
      return time(schedule.must_finish_by);
    case 'predecessors':
      return links.map((link) => linkText(link.predecessor.code, link)).join(', ');
    case 'status':
      return STATUS_WORDS[schedule.status];
    case 'actual_start':
      return time(schedule.actual_start);
    case 'actual_end':
      return time(schedule.actual_end);
    case 'decision':
      return schedule.decision === null ? '' : (DECISIONS[schedule.decision] ?? '');
    case 'success_criterion':
      return chapter.success_criterion;
    case 'rollback_action':
      return chapter.rollback_action;
    case 'note':
      return schedule.note;
    case 'labels':
      return chapter.labels ?? '';
  }
}

/** `CH-5`, `CH-5 FS+30`, `CH-5 SS`, `"A, B" FF` */
export function linkText(code: string, { kind, lag }: Pick<PlanLink, 'kind' | 'lag'>): string {
  const shift = lag === 0 ? '' : `${lag > 0 ? '+' : '-'}${Math.abs(lag)}`;
  return kind === 'FS' && lag === 0 ? listedCode(code) : `${listedCode(code)} ${kind}${shift}`;
}
