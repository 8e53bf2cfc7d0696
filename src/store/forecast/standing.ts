/**
 * Planned, actual and forecast of a group of chapters – a phase, or the whole iteration – with its colour and the reason
 * for it in words. Pure; minutes.
 */
import { lateBy } from '../progress.ts';
import type { Chapter, ChapterSchedule, Iteration } from '../rows.ts';
import { durationText } from '../times-text.ts';
import type { Forecast, Outlook } from './forecast.ts';

/** `grey`: not begun. `amber`: late, but nothing breaks yet. `red`: a gate, a deadline or the window breaks, or the critical path stands still. */
export type Rag = 'grey' | 'green' | 'amber' | 'red';

/** A scheduled chapter. */
export interface Point {
  readonly chapter: Chapter;
  readonly schedule: ChapterSchedule;
}

export interface Standing {
  readonly rag: Rag;
  readonly reason: string;
  readonly plannedStart: number;
  readonly plannedEnd: number;
  readonly forecastEnd: number;
  /** Forecast after plan (+) or before it (−). */
  readonly variance: number;
  /** Minutes by which the work done so far took longer (+) or shorter (−) than planned, added up. */
  readonly drift: number;
}

/** Below this part of the margin that was planned at the end of the window, what is left is little. */
const LITTLE_MARGIN = 0.25;

/** `all` is not empty. `now`: minutes, server time. */
export function standingOf(
  all: readonly Point[],
  forecast: Forecast,
  { iteration, now }: { readonly iteration: Iteration; readonly now: number },
): Standing {
  const taken = all.filter(({ schedule }) => schedule.status !== 'skipped');
  const points = taken.length === 0 ? all : taken;
  const open = points.filter(({ schedule }) => isOpen(schedule));
  const outlook = ({ schedule }: Point) => forecast.get(schedule.chapter_id) as Outlook;
  const plannedEnd = Math.max(...points.map(({ schedule }) => schedule.planned_end));
  const forecastEnd = Math.max(...points.map((point) => outlook(point).end));
  const measured = {
    plannedStart: Math.min(...points.map(({ schedule }) => schedule.planned_start)),
    plannedEnd,
    forecastEnd,
    variance: forecastEnd - plannedEnd,
    drift: points.reduce((sum, { schedule }) => sum + overrun(schedule), 0),
  };
  const say = (rag: Rag, reason: string): Standing => ({ rag, reason, ...measured });

  const refused = points.find(({ schedule }) => schedule.decision === 'no_go');
  if (refused) return say('red', `${refused.chapter.code} was decided: no go`);
  const blocked = open.find((point) => point.schedule.status === 'blocked' && outlook(point).isCritical);
  if (blocked) return say('red', `${blocked.chapter.code} is blocked on the critical path`);
  const gate = open
    .filter((point) => point.chapter.kind === 'gate' && outlook(point).end > point.schedule.planned_end)
    .sort((a, b) => a.schedule.planned_end - b.schedule.planned_end)[0];
  if (gate) {
    return say(
      'red',
      `${gate.chapter.code} would be decided ${durationText(outlook(gate).end - gate.schedule.planned_end)} late`,
    );
  }
  const promised = open
    .flatMap((point) => {
      const due = point.schedule.must_finish_by;
      const { end } = outlook(point);
      return due === null || end <= due ? [] : [{ code: point.chapter.code, by: end - due }];
    })
    .sort((a, b) => b.by - a.by)[0];
  if (promised) return say('red', `${promised.code} would end ${durationText(promised.by)} after it must finish`);
  const margin = iteration.window_end - forecastEnd;
  if (margin < 0 && open.length > 0) return say('red', `ends ${durationText(-margin)} after the window`);

  const stopped = open.find(({ schedule }) => schedule.status === 'blocked');
  if (stopped) return say('amber', `${stopped.chapter.code} is blocked; nothing breaks yet`);
  const late = open
    .map(({ chapter, schedule }) => ({ code: chapter.code, by: lateBy(schedule, iteration, now) }))
    .sort((a, b) => b.by - a.by)[0];
  if (late && late.by > 0) return say('amber', `${late.code} is ${durationText(late.by)} late; nothing breaks yet`);
  if (forecastEnd > plannedEnd && margin < LITTLE_MARGIN * (iteration.window_end - plannedEnd)) {
    return say('amber', `only ${durationText(margin)} of margin left`);
  }
  if (measured.variance > 0 && open.length > 0) {
    return say('amber', `forecast ${durationText(measured.variance)} later than planned; nothing breaks yet`);
  }
  if (open.length === 0) return say('green', 'all done');
  const hasBegun = points.some(({ schedule }) => schedule.actual_start !== null);
  return hasBegun ? say('green', 'on plan') : say('grey', 'not begun');
}

export function isOpen({ status }: ChapterSchedule): boolean {
  return status !== 'done' && status !== 'skipped';
}

function overrun({ planned_start, planned_end, actual_start, actual_end }: ChapterSchedule): number {
  return actual_start === null || actual_end === null ? 0 : actual_end - actual_start - (planned_end - planned_start);
}
