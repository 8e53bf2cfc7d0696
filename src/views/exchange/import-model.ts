/** What the preview of an import says. Pure. */

import { writeDelimited } from '../../store/exchange/delimited.ts';
import { guarded } from '../../store/exchange/formula-guard.ts';
import type { ImportLine, ImportPlan } from '../../store/exchange/import-plan.ts';

export type LineFilter = 'all' | 'added' | 'changed' | 'unchanged' | 'rejected' | 'remarks';

export const VERDICT_WORDS = {
  added: 'New',
  changed: 'Changed',
  unchanged: 'Unchanged',
  rejected: 'Left out',
} as const;

const FILTERS: readonly (readonly [LineFilter, string])[] = [
  ['all', 'All'],
  ['added', 'New'],
  ['changed', 'Changed'],
  ['unchanged', 'Unchanged'],
  ['rejected', 'Left out'],
  ['remarks', 'In part'],
];

export interface ImportFilter {
  readonly filter: LineFilter;
  /** "Changed 3" */
  readonly label: string;
  readonly count: number;
}

export function importFilters({ lines }: ImportPlan): readonly ImportFilter[] {
  return FILTERS.map(([filter, word]) => {
    const count = lines.filter((line) => isShown(line, filter)).length;
    return { filter, label: `${word} ${count}`, count };
  });
}

export function isShown(line: ImportLine, filter: LineFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'remarks') return line.problems.length > 0 && line.verdict !== 'rejected';
  return line.verdict === filter;
}

/** "title: Load → Load all" */
export function changeText({ what, from, to }: ImportLine['changes'][number]): string {
  if (from === '') return `${what}: ${to}`;
  return to === '' ? `${what}: ${from}` : `${what}: ${from} → ${to}`;
}

/** "12 new, 3 changed" */
export function countsText({ lines }: ImportPlan): string {
  const words = (['added', 'changed', 'rejected'] as const).flatMap((verdict) => {
    const count = lines.filter((line) => line.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${VERDICT_WORDS[verdict].toLowerCase()}`];
  });
  return words.join(', ') || 'nothing to change';
}

/** Every line with its verdict, for whoever keeps the file. */
export function importReport({ lines, remarks }: ImportPlan): string {
  const rows = lines.map(({ line, code, title, verdict, changes, problems }) => [
    line === null ? '' : String(line),
    code,
    title,
    VERDICT_WORDS[verdict],
    changes.map(changeText).join('; '),
    problems.join(' '),
  ]);
  const all = [['Line', 'Code', 'Chapter', 'What', 'Changes', 'Left out because'], ...rows];
  const said = remarks.map((remark) => ['', '', '', '', '', remark]);
  return `\uFEFF${writeDelimited(
    [...all, ...said].map((cells) => cells.map(guarded)),
    ',',
  )}`;
}
