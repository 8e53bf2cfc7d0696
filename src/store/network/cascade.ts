/**
 * What a change of times does to whatever comes after it, told before it is done. A start that is fixed moves for nobody:
 * it is missed, and said to be. A dependency that was broken before may stay as broken, not more. Pure; fast enough to be
 * asked at every move of a pointer.
 */
import type { Chapter, ChapterSchedule, Dependency, Iteration } from '../rows.ts';
import type { RowMaps } from '../view.ts';
import { type Ground, groundOf } from './cascade-ground.ts';
import { type Forbidden, forbiddenBy, noStartWindowsIn } from './no-start.ts';
import { scheduleAmong, scheduledIn } from './scheduled.ts';

/**
 * - `only`: nothing else moves. `push`: what comes after moves as far as it must, and no further.
 * - `keep`: what comes after moves along, so that the distances stay.
 */
export type CascadeMode = 'only' | 'push' | 'keep';

export interface Retimed {
  readonly chapterId: string;
  readonly start: number;
  readonly end: number;
  /** When it must be over, where the same edit sets that; null: nobody minds any more. Absent: as the plan has it. */
  readonly mustFinishBy?: number | null;
}

export interface Cascade {
  /** What else moves, and by how many minutes; what comes first is first. */
  readonly slips: readonly { readonly schedule: ChapterSchedule; readonly by: number }[];
  /** Chapters that would begin, or end, before they may. */
  readonly missed: readonly Chapter[];
  /** What of all that moves would start or end in a no-start window. */
  readonly forbidden: readonly ForbiddenChapter[];
  /** What of all that moves would end after it must finish, and later than it is planned to now. */
  readonly overdue: readonly OverdueChapter[];
  /** Minutes by which the last of all that moves ends after the window; 0 where it does not. */
  readonly pastWindow: number;
  /** Minutes by which the first of all that moves starts before the window; 0 where it does not. */
  readonly beforeWindow: number;
}

export interface ForbiddenChapter extends Forbidden {
  readonly chapter: Chapter;
}

export interface OverdueChapter {
  readonly chapter: Chapter;
  readonly minutes: number;
}

interface Times {
  readonly start: number;
  readonly end: number;
}

/** Costs what the moved chapters, and those that move for them, have links: a plan around them of any size is not looked at. */
export function cascade(rows: RowMaps, iteration: Iteration, moved: readonly Retimed[], mode: CascadeMode): Cascade {
  const slips: { schedule: ChapterSchedule; by: number }[] = [];
  const missed: Chapter[] = [];
  const ground = groundOf(rows, iteration);
  if (ground === null) {
    return { slips, missed, ...amiss(rows, iteration, moved) };
  }
  const { chains, places, schedules, isHeld, isOver } = ground;
  const { order, index, first, to } = chains;
  // By place in the order: before a chapter's turn comes, all that it waits for has had its own.
  const hasTurn = new Uint8Array(order.length);
  const elsewhere = new Map<number, Times>();
  for (const { chapterId, start, end } of moved) {
    const at = index.get(chapterId);
    if (at === undefined) continue;
    elsewhere.set(at, { start, end });
    hasTurn[places[at] as number] = 1;
  }
  for (let place = hasTurn.indexOf(1); place >= 0; place = hasTurn.indexOf(1, place + 1)) {
    const at = order[place] as number;
    const schedule = schedules[at] as ChapterSchedule;
    const { planned_start, planned_end } = schedule;
    const { due, along } = feltBy(ground, elsewhere, at);
    if (!elsewhere.has(at) && isHeld[at] === 0 && mode !== 'only') {
      const base = mode === 'keep' && along > Number.NEGATIVE_INFINITY ? along : planned_start;
      const by = Math.max(base, due) - planned_start;
      if (by !== 0) {
        elsewhere.set(at, { start: planned_start + by, end: planned_end + by });
        slips.push({ schedule, by });
      }
    }
    if (due > (elsewhere.get(at)?.start ?? planned_start) && isOver[at] === 0) {
      const chapter = rows.chapters.get(schedule.chapter_id);
      if (chapter) missed.push(chapter);
    }
    if (!elsewhere.has(at)) continue;
    for (let link = first[at] as number; link < (first[at + 1] as number); link += 1) {
      hasTurn[places[to[link] as number] as number] = 1;
    }
  }
  const pushed = slips.map(({ schedule: { chapter_id, planned_start, planned_end }, by }) => {
    return { chapterId: chapter_id, start: planned_start + by, end: planned_end + by };
  });
  return { slips, missed, ...amiss(rows, iteration, [...moved, ...pushed]) };
}

/** What is wrong with where they would stand, whatever they wait for. */
function amiss(rows: RowMaps, iteration: Iteration, all: readonly Retimed[]) {
  return {
    forbidden: forbiddenAmong(rows, iteration, all),
    overdue: overdueAmong(rows, iteration, all),
    ...outside(iteration, all),
  };
}

/** How far they reach out of the window, at either end. */
function outside({ window_start, window_end }: Iteration, all: readonly Retimed[]) {
  const first = all.reduce((least, { start }) => Math.min(least, start), window_start);
  const last = all.reduce((most, { end }) => Math.max(most, end), window_end);
  return { beforeWindow: window_start - first, pastWindow: last - window_end };
}

function forbiddenAmong(rows: RowMaps, iteration: Iteration, moved: readonly Retimed[]): readonly ForbiddenChapter[] {
  const windows = noStartWindowsIn(rows);
  if (windows.length === 0) return [];
  const scheduled = scheduledIn(rows, iteration);
  return moved.flatMap(({ chapterId, ...times }) => {
    const chapter = rows.chapters.get(chapterId);
    if (chapter === undefined) return [];
    const hasBegun = (scheduleAmong(scheduled, chapterId)?.actual_start ?? null) !== null;
    return forbiddenBy(windows, chapter, { ...times, hasBegun }).map((found) => ({ ...found, chapter }));
  });
}

function overdueAmong(rows: RowMaps, iteration: Iteration, moved: readonly Retimed[]): readonly OverdueChapter[] {
  const scheduled = scheduledIn(rows, iteration);
  return moved.flatMap(({ chapterId, end, mustFinishBy }) => {
    const schedule = scheduleAmong(scheduled, chapterId);
    const due = mustFinishBy === undefined ? (schedule?.must_finish_by ?? null) : mustFinishBy;
    if (due === null || end <= due || (schedule && isOver(schedule))) return [];
    const isNoWorse = schedule !== undefined && schedule.must_finish_by === due && end <= schedule.planned_end;
    const chapter = rows.chapters.get(chapterId);
    return isNoWorse || chapter === undefined ? [] : [{ chapter, minutes: end - due }];
  });
}

function isOver({ status, actual_end }: ChapterSchedule): boolean {
  return actual_end !== null || status === 'done' || status === 'skipped';
}

function timesOf({ schedules }: Ground, elsewhere: ReadonlyMap<number, Times>, at: number): Times {
  const { planned_start: start, planned_end: end } = schedules[at] as ChapterSchedule;
  return elsewhere.get(at) ?? { start, end };
}

/** The earliest start that its dependencies leave, and the start at which the distances to what moves stay as they are. */
function feltBy(ground: Ground, elsewhere: ReadonlyMap<number, Times>, at: number): { due: number; along: number } {
  const { chains, dependencies, schedules, waits } = ground;
  const { start, end } = timesOf(ground, elsewhere, at);
  const was = (schedules[at] as ChapterSchedule).planned_start;
  let due = Number.NEGATIVE_INFINITY;
  let along = Number.NEGATIVE_INFINITY;
  for (let i = waits.first[at] as number; i < (waits.first[at + 1] as number); i += 1) {
    const link = waits.links[i] as number;
    const from = waits.from[link] as number;
    const { kind, lag_minutes } = dependencies[chains.which[link] as number] as Dependency;
    const { planned_start, planned_end } = schedules[from] as ChapterSchedule;
    const before = timesOf(ground, elsewhere, from);
    const wanted = (kind === 'SS' ? before.start : before.end) + lag_minutes - (kind === 'FF' ? end - start : 0);
    const brokenBefore = Math.max(0, planned_start + (chains.distance[link] as number) - was);
    due = Math.max(due, wanted - brokenBefore);
    const felt = kind === 'SS' ? before.start - planned_start : before.end - planned_end;
    if (felt !== 0) along = Math.max(along, was + felt);
  }
  return { due, along };
}
