/** A new iteration made of an earlier one: the same chapters, re-anchored at another start of the window. Pure. */
import { type LearnedMode, learnedTimes } from './network/learned-times.ts';
import { insertRow } from './ops.ts';
import { placeAt } from './positions.ts';
import type { NamedOps, Problem } from './row-edits.ts';
import type { ChapterSchedule, Iteration } from './rows.ts';
import { scheduleId } from './rows.ts';
import { LIMITS } from './schema.ts';
import { type DurationsFrom, plannedDuration, takenDurations } from './taken-durations.ts';
import type { RowMaps } from './view.ts';
import { clockMinutes, localOf, toInstant, toLocal } from './zone.ts';

export interface CloneWish {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: Iteration['kind'];
  /** The new start of the window, T0, in minutes. */
  readonly start: number;
  readonly durations: DurationsFrom;
  /** How other durations move what comes after them. */
  readonly mode: LearnedMode;
}

export interface Clone extends NamedOps {
  /** Chapters with times. */
  readonly chapters: number;
  /** Those of them whose duration is what it really took, here or elsewhere, and differs from what was planned. */
  readonly learned: number;
}

/** What was reported – statuses, actual times, notes, decisions – stays with the source. */
export function cloneIteration(rows: RowMaps, source: Iteration, wish: CloneWish): Clone {
  const schedules = schedulesOf(rows, source);
  const durationOf = takenDurations(rows, wish.durations);
  const times = learnedTimes(rows, schedules, { durationOf, mode: wish.mode });
  const shift = wish.start - source.window_start;
  const { id, code, name, kind, start } = wish;
  const last = [...rows.iterations.values()].sort((a, b) => a.position - b.position);
  const iteration = insertRow('iterations', id, {
    code,
    name,
    kind,
    window_start: start,
    window_end: start + source.window_end - source.window_start,
    rollback_minutes: source.rollback_minutes,
    position: placeAt(last, last.length).position,
  });
  return {
    label: `Clone ${source.code} as ${code}`,
    ops: [
      iteration,
      ...times.map(({ schedule, start: from, end }) =>
        insertRow('chapter_schedules', scheduleId(id, schedule.chapter_id), {
          chapter_id: schedule.chapter_id,
          iteration_id: id,
          planned_start: from + shift,
          planned_end: end + shift,
          fixed_start: schedule.fixed_start,
          must_finish_by: schedule.must_finish_by === null ? null : schedule.must_finish_by + shift,
        }),
      ),
    ],
    chapters: schedules.length,
    learned: schedules.filter((schedule) => durationOf(schedule) !== plannedDuration(schedule)).length,
  };
}

/** The same weekday and clock time as `start`, one or more weeks later: the first that is still to come at `now`. */
export function weeksLater(zone: string, start: number, now: number): number {
  const clock = clockMinutes(toLocal(zone, start));
  for (let weeks = Math.max(1, Math.floor((now - start) / WEEK)); ; weeks += 1) {
    const found = toInstant(zone, localOf(clock + weeks * WEEK));
    const instant = found.kind === 'ok' ? found.instant : found.kind === 'gap' ? found.after : found.first;
    if (instant > now) return instant;
  }
}

const WEEK = 7 * 1440;

/** An edit has room for so many chapters; null where it has. */
export function tooManyFor({ ops }: NamedOps): Problem | null {
  if (ops.length <= LIMITS.ops_per_edit) return null;
  return {
    field: null,
    message: `One edit holds ${LIMITS.ops_per_edit - 1} chapters; this would be ${ops.length - 1}.`,
  };
}

function schedulesOf(rows: RowMaps, { id }: Iteration): readonly ChapterSchedule[] {
  return [...rows.chapter_schedules.values()].filter(
    ({ iteration_id, chapter_id }) => iteration_id === id && rows.chapters.has(chapter_id),
  );
}
