/** Words in cells that mean one of a few values: what we write ourselves, and what other tools call it. */
import { DECISIONS, STATUS_WORDS } from '../progress.ts';
import type { Chapter, ChapterSchedule } from '../rows.ts';

const table = <V extends string>(words: { readonly [value in V]: string }): ReadonlyMap<string, V> =>
  new Map(
    (Object.entries(words) as [V, string][]).flatMap(([value, text]) =>
      [value.replaceAll('_', ' '), ...text.split(', ')].map((word): [string, V] => [word, value]),
    ),
  );

export const KIND_WORDS = table<Chapter['kind']>({
  work: 'task, activity, step, chapter, normal',
  milestone: 'ms',
  gate: 'go no go, decision, go nogo, checkpoint',
  buffer: 'contingency, reserve, slack',
});

export const STATUS_CELLS: ReadonlyMap<string, ChapterSchedule['status']> = new Map([
  ...table<ChapterSchedule['status']>({
    pending: 'not started, todo, to do, open, scheduled, 0',
    ready: 'startable',
    running: 'in progress, started, ongoing, active, wip',
    done: 'complete, completed, finished, closed, ok, 100',
    blocked: 'on hold, waiting',
    skipped: 'cancelled, canceled, n a, not applicable, omitted',
  }),
  ...Object.entries(STATUS_WORDS)
    .filter(([status]) => status !== 'late')
    .map(([status, word]) => [word.toLowerCase(), status as ChapterSchedule['status']] as const),
]);

export const DECISION_CELLS: ReadonlyMap<string, NonNullable<ChapterSchedule['decision']>> = new Map([
  ...table<NonNullable<ChapterSchedule['decision']>>({
    go: 'yes, passed',
    no_go: 'nogo, no, failed',
    go_with_conditions: 'conditional go, go if',
  }),
  ...Object.entries(DECISIONS).map(
    ([decision, word]) => [word.toLowerCase(), decision as NonNullable<ChapterSchedule['decision']>] as const,
  ),
]);

export const YES_NO_CELLS: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'y', 'true', 'x', '1', 'fixed', 'locked'].map((word) => [word, true] as const),
  ...['no', 'n', 'false', '0'].map((word) => [word, false] as const),
]);

/** `Est. Duration (min)` → `est duration min`: what the tables above, and the names of columns, are asked for. */
export function cellWords(text: string): string {
  // A Mac may write é as e and its accent.
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
