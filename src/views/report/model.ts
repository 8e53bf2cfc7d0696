/** The report after a run: planned beside actual for every chapter, drift, decisions, time blocked. Pure. */
import { blockedMinutes } from '../../store/blocked-time.ts';
import { forecastOf } from '../../store/forecast/forecast.ts';
import { pointsOf } from '../../store/forecast/points.ts';
import { type Point, standingOf } from '../../store/forecast/standing.ts';
import { sentence } from '../../store/isolated.ts';
import type { LogEvent } from '../../store/log-event.ts';
import { phasesInOrder } from '../../store/plan-order.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { DECISIONS, STATUS_WORDS } from '../../store/progress.ts';
import type { Iteration } from '../../store/rows.ts';
import { datedText, durationText, shiftText, spanText, timeText, windowText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { chosenIteration, iterationsInOrder, noIterationText } from '../iteration-choice.ts';

export interface ReportInput {
  readonly view: PlanView;
  readonly iteration: string | null;
  /** Minutes, server time. */
  readonly now: number;
  /** Newest first; null: the event log could not be read. */
  readonly events: readonly LogEvent[] | null;
}

export interface ReportPart {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Code and title, planned, actual, variance, time blocked, status. */
  readonly rows: readonly (readonly string[])[];
}

export interface ReportModel {
  readonly zone: string;
  readonly iterations: readonly Iteration[];
  readonly iteration: Iteration | null;
  readonly title: string;
  readonly summary: readonly string[];
  readonly parts: readonly ReportPart[];
}

export const COLUMNS = ['Chapter', 'Planned', 'Actual', 'Variance', 'Blocked', 'Status'];

export function reportModel({ view, iteration: code, now, events }: ReportInput): ReportModel {
  const zone = zoneOf(view);
  const iterations = iterationsInOrder(view);
  const iteration = chosenIteration(view, code, now);
  const points = iteration === null ? [] : pointsOf(view, iteration);
  if (iteration === null || points.length === 0) {
    const isUnknown = iteration === null && iterations.length > 0;
    const title = isUnknown ? noIterationText(view, code) : 'There is nothing to report yet.';
    return { zone, iterations, iteration, title, summary: [], parts: [] };
  }
  const forecast = forecastOf(view.rows, iteration, now);
  const blocked = events && blockedMinutes(events, now);
  const told = (own: readonly Point[]) => {
    const { plannedEnd, forecastEnd, variance, drift, reason } = standingOf(own, forecast, { iteration, now });
    const open = own.some(({ schedule }) => schedule.status !== 'done' && schedule.status !== 'skipped');
    return `Planned end ${timeText(zone, plannedEnd)}, ${open ? 'forecast' : 'ended'} ${timeText(zone, forecastEnd)} (${shiftText(variance)}); drift ${shiftText(drift)}; ${reason}.`;
  };
  const stood = points.reduce((sum, { schedule }) => sum + (blocked?.get(schedule.id) ?? 0), 0);
  const done = points.filter(({ schedule }) => schedule.status === 'done').length;
  const phases = phasesInOrder(view.rows);
  return {
    zone,
    iterations,
    iteration,
    title: `${view.rows.plans.get(view.planId)?.name ?? 'Plan'} – ${iteration.code} ${iteration.name}`,
    summary: [
      `Window ${windowText(zone, iteration.window_start, iteration.window_end)}. As of ${datedText(zone, now)} (${zone}), revision ${view.rev}.`,
      told(points),
      `${done} of ${points.length} chapters done; ${blocked ? `${durationText(stood)} blocked in all` : 'time blocked is not known, because the event log cannot be read now'}.`,
      ...decisionsOf(zone, points),
    ],
    parts: phases.flatMap(({ id, name }) => {
      const own = points.filter(({ chapter }) => chapter.phase_id === id);
      return own.length === 0
        ? []
        : [{ id, title: name, summary: told(own), rows: own.map((point) => rowOf(zone, point, blocked)) }];
    }),
  };
}

function decisionsOf(zone: string, points: readonly Point[]): readonly string[] {
  return points.flatMap(({ chapter, schedule }) => {
    if (schedule.decision === null) return [];
    const when = schedule.actual_end === null ? '' : ` at ${timeText(zone, schedule.actual_end)}`;
    return [
      sentence`${chapter.code} ${chapter.title}: ${DECISIONS[schedule.decision]}${when}. ${schedule.note}`.trim(),
    ];
  });
}

function rowOf(
  zone: string,
  { chapter, schedule }: Point,
  blocked: ReadonlyMap<string, number> | null,
): readonly string[] {
  const { planned_start, planned_end, actual_start, actual_end, status } = schedule;
  const actual =
    actual_start === null
      ? ''
      : actual_end === null
        ? `since ${timeText(zone, actual_start)}`
        : spanText(zone, actual_start, actual_end);
  const stood = blocked?.get(schedule.id) ?? 0;
  return [
    `${chapter.code} ${chapter.title}`,
    spanText(zone, planned_start, planned_end),
    actual,
    actual_end === null ? '' : shiftText(actual_end - planned_end),
    stood === 0 ? '' : durationText(stood),
    STATUS_WORDS[status],
  ];
}
