/** Chapters of the iteration as lines: what is planned, what happened, what will. Pure. */
import type { Forecast } from '../../store/forecast/forecast.ts';
import type { Point } from '../../store/forecast/standing.ts';
import { lateBy, type ShownStatus, shownStatus, variance } from '../../store/progress.ts';
import type { ChapterSchedule, Iteration } from '../../store/rows.ts';
import { durationText, exactClockText, shiftText, spanText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';

export interface Line {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly team: string;
  readonly schedule: ChapterSchedule;
  readonly status: ShownStatus;
  readonly planned: string;
  /** "began 08:40 (+10m) · forecast 12:10 (+40m)" */
  readonly actual: string;
  /** "40m late", "in 1h10" */
  readonly lateness: string;
  readonly tone: 'late' | 'early' | 'calm';
  readonly note: string;
  readonly isPending: boolean;
}

export interface LinesInput {
  readonly view: PlanView;
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly points: readonly Point[];
  readonly forecast: Forecast;
}

/** In planned order. */
export function linesOf(input: LinesInput): readonly Line[] {
  return input.points.map((point) => lineOf(input, point));
}

function lineOf({ view, zone, iteration, now, forecast }: LinesInput, { chapter, schedule }: Point): Line {
  return {
    id: chapter.id,
    code: chapter.code,
    title: chapter.title,
    team: view.rows.teams.get(chapter.team_id ?? '')?.name ?? '',
    schedule,
    status: shownStatus(schedule, iteration, now),
    planned: spanText(zone, schedule.planned_start, schedule.planned_end),
    actual: actualText(zone, schedule, forecast.get(chapter.id)?.end ?? schedule.planned_end),
    ...latenessOf(schedule, iteration, now),
    note: schedule.note,
    isPending: view.pendingRows.has(schedule.id),
  };
}

function actualText(zone: string, schedule: ChapterSchedule, forecastEnd: number): string {
  const { actual_end, actual_start, planned_start, planned_end, status } = schedule;
  if (actual_end !== null) return `ended ${exactClockText(zone, actual_end)} (${shiftText(actual_end - planned_end)})`;
  const words: string[] = [];
  if (actual_start !== null)
    words.push(`began ${exactClockText(zone, actual_start)} (${shiftText(actual_start - planned_start)})`);
  const later = forecastEnd - planned_end;
  if (later !== 0 && status !== 'done' && status !== 'skipped') {
    words.push(`forecast ${exactClockText(zone, forecastEnd)} (${shiftText(later)})`);
  }
  return words.join(' · ');
}

function latenessOf(schedule: ChapterSchedule, iteration: Iteration, now: number): Pick<Line, 'lateness' | 'tone'> {
  const late = lateBy(schedule, iteration, now);
  if (late > 0) return { lateness: `${durationText(late)} late`, tone: 'late' };
  const ended = schedule.actual_end === null ? null : variance(schedule);
  if (ended !== null) return { lateness: shiftText(ended), tone: ended > 0 ? 'late' : 'early' };
  if (iteration.state !== 'live') return { lateness: '', tone: 'calm' };
  const left = durationText(schedule.planned_end - now);
  if (schedule.status === 'blocked') return { lateness: `due in ${left}`, tone: 'calm' };
  if (schedule.actual_start !== null) return { lateness: `${left} left`, tone: 'calm' };
  if (schedule.planned_start < now) return { lateness: '', tone: 'calm' };
  return { lateness: `in ${durationText(schedule.planned_start - now)}`, tone: 'calm' };
}
