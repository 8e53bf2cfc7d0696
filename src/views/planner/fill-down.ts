/** What a spreadsheet does with Ctrl+D: the value of the first row goes into the same cell of those below it. Pure. */
import type { Op } from '../../store/edit.ts';
import { moveTo, resizeEdge, setFields } from '../../store/ops.ts';
import { reportProgress } from '../../store/progress.ts';
import { counted } from '../../store/words.ts';
import { type Act, isScheduled, type Scheduled } from './acts.ts';
import type { ChapterLine } from './lines.ts';
import { leastDuration } from './typed-times.ts';

const WORDS: { readonly [column: string]: string | undefined } = {
  start: 'start',
  end: 'end',
  duration: 'duration',
  status: 'status',
  note: 'note',
};

export function canFillDown(column: string | null): column is string {
  return column !== null && WORDS[column] !== undefined;
}

/**
 * Null where nothing would change; `leftOut` are chapters without times, and those that would end before they start.
 * `now`: minutes, for the actual times that a status brings with it.
 */
export function fillDown(
  column: string,
  [from, ...below]: readonly ChapterLine[],
  now: number,
): { readonly act: Act | null; readonly leftOut: number } {
  if (from === undefined || !isScheduled(from)) return { act: null, leftOut: below.length };
  const filled = below.filter(isScheduled).flatMap((line) => filledBy(column, from, line, now));
  const ops = filled.filter((op) => op !== 'same');
  const what = counted(ops.length, 'chapter');
  const label = `${WORDS[column]?.replace(/^./, (letter) => letter.toUpperCase())} of ${from.code} down to ${what}`;
  return { act: ops.length === 0 ? null : { label, ops }, leftOut: below.length - filled.length };
}

function filledBy(column: string, from: Scheduled, to: Scheduled, now: number): readonly (Op | 'same')[] {
  const { planned_start: start, planned_end: end, status, note } = from.schedule;
  const { schedule } = to;
  const endTo = (instant: number): readonly (Op | 'same')[] => {
    if (instant === schedule.planned_end) return ['same'];
    const isTooShort = instant - schedule.planned_start < leastDuration(to);
    return isTooShort ? [] : [resizeEdge(schedule, 'end', instant)];
  };
  switch (column) {
    case 'start':
      return [schedule.planned_start === start ? 'same' : moveTo(schedule, start)];
    case 'end':
      return endTo(end);
    case 'duration':
      return endTo(schedule.planned_start + end - start);
    case 'status':
      if (schedule.status === status) return ['same'];
      return [setFields('chapter_schedules', schedule, reportProgress(schedule, status, now))];
    default:
      return [schedule.note === note ? 'same' : setFields('chapter_schedules', schedule, { note })];
  }
}
