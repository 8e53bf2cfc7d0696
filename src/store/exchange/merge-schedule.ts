/** What a line says about times and progress in one iteration, as far as the iteration and the role allow. */
import { whyNotPlan, whyNotReport } from '../abilities.ts';
import { isMoment } from '../chapter-kind.ts';
import { type Changes, insertRow, setFields } from '../ops.ts';
import { zoneOf } from '../plan-zone.ts';
import type { Chapter, ChapterSchedule } from '../rows.ts';
import { scheduleId } from '../rows.ts';
import { durationText } from '../times-text.ts';
import { checkFields, withDefaults } from '../values.ts';
import { differing, tell } from './differences.ts';
import type { ImportedChapter } from './imported.ts';
import { fileTime } from './local-time.ts';
import type { LineContext } from './merge-line.ts';
import { scheduleFault } from './schedule-fault.ts';

interface ChapterOfLine {
  readonly id: string;
  readonly kind: Chapter['kind'];
}

export function mergeSchedule(imported: ImportedChapter, chapter: ChapterOfLine, context: LineContext): void {
  const { view, iteration, ops, problems } = context;
  const progress = progressFields(imported);
  const hasTimes = imported.start !== undefined || imported.end !== undefined || imported.duration !== undefined;
  const limits = limitFields(imported);
  if (!hasTimes && Object.keys(progress).length === 0 && Object.keys(limits).length === 0) return;
  if (iteration === null) {
    problems.push('No iteration is chosen, or there is none yet: its times are left out.');
    return;
  }
  const id = scheduleId(iteration.id, chapter.id);
  const schedule = view.rows.chapter_schedules.get(id);
  const times = hasTimes ? timesOf(imported, chapter.kind, schedule) : NO_TIMES;
  if (typeof times === 'string') {
    problems.push(times);
    return;
  }
  if (times !== NO_TIMES) problems.push(...misfit(imported.duration, times));
  const planned = { ...times, ...limits };
  if (schedule === undefined) {
    addSchedule({ id, chapter_id: chapter.id, iteration_id: iteration.id }, { ...planned, ...progress }, context);
    return;
  }
  const changed = {
    ...allowed(differing(planned, schedule, context), whyNotPlan(view, iteration), problems),
    ...allowed(differing(progress, schedule, context), whyNotReport(view, iteration), problems),
  };
  if (Object.keys(changed).length === 0) return;
  const wrong = scheduleProblem({ ...schedule, ...changed }, schedule);
  if (wrong !== null) {
    problems.push(wrong);
    return;
  }
  ops.push(setFields('chapter_schedules', schedule, changed));
  tell(changed, schedule, context);
}

function addSchedule(
  { id, ...keys }: { readonly id: string; readonly chapter_id: string; readonly iteration_id: string },
  fields: Changes<'chapter_schedules'>,
  context: LineContext,
): void {
  const { view, iteration, ops, changes, problems } = context;
  if (fields.planned_start === undefined || iteration === null) {
    problems.push('It has no times in this iteration, so there is nothing to report on.');
    return;
  }
  const reason = whyNotPlan(view, iteration);
  const row = { ...keys, ...fields };
  const wrong =
    reason ??
    checkFields('chapter_schedules', withDefaults('chapter_schedules', row as never))?.message ??
    scheduleProblem(row as unknown as ChapterSchedule, null);
  if (wrong !== null) {
    problems.push(wrong);
    return;
  }
  ops.push(insertRow('chapter_schedules', id, row));
  const times = [fields.planned_start, fields.planned_end ?? 0].map((instant) => fileTime(zoneOf(view), instant));
  changes.push({ what: 'planned times', from: '', to: times.join(' to ') });
}

/** What an iteration does not allow is left out with the reason, said once. */
function allowed<T extends object>(changes: T, reason: string | null, problems: string[]): Partial<T> {
  if (reason === null || Object.keys(changes).length === 0) return changes;
  if (!problems.includes(reason)) problems.push(reason);
  return {};
}

/** What holds its times from outside. */
function limitFields({ fixed_start, must_finish_by }: ImportedChapter): Changes<'chapter_schedules'> {
  return {
    ...(fixed_start === undefined ? {} : { fixed_start }),
    ...(must_finish_by === undefined ? {} : { must_finish_by }),
  };
}

function progressFields({ status, actual_start, actual_end, decision, note }: ImportedChapter) {
  return Object.fromEntries(
    Object.entries({ status, actual_start, actual_end, decision, note }).filter(([, value]) => value !== undefined),
  ) as Changes<'chapter_schedules'>;
}

type Planned = Pick<ChapterSchedule, 'planned_start' | 'planned_end'>;

/** A line that says nothing about times. */
const NO_TIMES: Partial<Planned> = {};

/** Where a line says three things that do not agree, its two times count. */
function misfit(
  duration: number | undefined,
  { planned_start = 0, planned_end = 0 }: Partial<Planned>,
): readonly string[] {
  const minutes = planned_end - planned_start;
  if (duration === undefined || duration === minutes) return [];
  const words = `${durationText(duration)} does not fit start and end, which are ${durationText(minutes)} apart`;
  return [`Its duration of ${words}: it is left out.`];
}

/** Two of three; with one, what is planned already says the rest. Where all three are given, the two times count. */
function timesOf(
  imported: ImportedChapter,
  kind: Chapter['kind'],
  schedule: ChapterSchedule | undefined,
): Planned | string {
  const { start, end, duration } = imported;
  const stood = schedule && schedule.planned_end - schedule.planned_start;
  const usual = duration ?? stood ?? (isMoment(kind) ? 0 : undefined);
  if (start !== undefined && end !== undefined) {
    return end < start
      ? 'It would end before it starts: its times are left out.'
      : { planned_start: start, planned_end: end };
  }
  if (start !== undefined) {
    return usual === undefined
      ? 'It has a start, but neither an end nor a duration: its times are left out.'
      : { planned_start: start, planned_end: start + usual };
  }
  if (end !== undefined) {
    if (duration !== undefined) return { planned_start: end - duration, planned_end: end };
    if (schedule === undefined) return 'It has an end, but neither a start nor a duration: its times are left out.';
    return end < schedule.planned_start
      ? 'It would end before it starts: its times are left out.'
      : { planned_start: schedule.planned_start, planned_end: end };
  }
  if (schedule === undefined) return 'It has a duration, but neither a start nor an end: its times are left out.';
  return { planned_start: schedule.planned_start, planned_end: schedule.planned_start + (duration ?? 0) };
}

/** A line with such a fault is left out in the part that is at fault. */
function scheduleProblem(row: ChapterSchedule, before: ChapterSchedule | null): string | null {
  const fault = scheduleFault(row, before);
  return fault && `${fault.words}: ${fault.about === 'times' ? 'its times are left out' : 'left out'}.`;
}
