/** What the live dashboard shows of one iteration at one minute. Pure. */
import { whyNotReport } from '../../store/abilities.ts';
import { forecastOf } from '../../store/forecast/forecast.ts';
import { pointsOf } from '../../store/forecast/points.ts';
import { type Reserves, reservesOf } from '../../store/forecast/reserves.ts';
import { type Rag, type Standing, standingOf } from '../../store/forecast/standing.ts';
import { phasesInOrder } from '../../store/plan-order.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { lateBy, type ShownStatus, STATUS_WORDS } from '../../store/progress.ts';
import type { Iteration } from '../../store/rows.ts';
import { ageText, durationText, shiftText, spanText, timeText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { chosenIteration, iterationsInOrder, noIterationText } from '../iteration-choice.ts';
import { type GateLine, gatesOf, rollbackOf } from './gates.ts';
import { type Line, linesOf } from './lines.ts';

export interface DashboardInput {
  readonly view: PlanView;
  readonly iteration: string | null;
  /** Server time, milliseconds. */
  readonly now: number;
  /** The counter that filters the list; null shows what needs eyes now. */
  readonly show: string | null;
}

export interface Counter {
  readonly status: ShownStatus;
  readonly count: number;
  readonly isChosen: boolean;
}

/** A figure under the headline. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly isLate: boolean;
}

export interface PhaseLine {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly rag: Rag;
  readonly reason: string;
  /** "ends Sat 16 Jan 22:20 (+20m) · drift +10m" */
  readonly forecast: string;
  /** Parts of 1 in the order done, running, late, blocked. */
  readonly parts: readonly { readonly status: ShownStatus; readonly part: number }[];
}

export interface FeedLine {
  readonly id: string;
  readonly who: string;
  readonly what: string;
  readonly when: string;
}

export interface DashboardModel {
  readonly iterations: readonly Iteration[];
  readonly iteration: Iteration | null;
  readonly zone: string;
  /** Null where nothing is scheduled. */
  readonly standing: Standing | null;
  readonly headline: string;
  readonly detail: string;
  /** How much of the window has passed, 0 to 1. */
  readonly elapsed: number;
  readonly figures: readonly Figure[];
  readonly counters: readonly Counter[];
  readonly listTitle: string;
  readonly lines: readonly Line[];
  readonly emptyText: string;
  readonly gates: readonly GateLine[];
  readonly phases: readonly PhaseLine[];
  readonly feed: readonly FeedLine[];
  readonly whyNotReport: string | null;
}

const COUNTED: readonly ShownStatus[] = ['blocked', 'late', 'running', 'ready', 'pending', 'done'];
const NEXT_SHOWN = 6;
const FEED_SHOWN = 12;

export function dashboardModel({ view, iteration: code, now: milliseconds, show }: DashboardInput): DashboardModel {
  const now = Math.floor(milliseconds / 60_000);
  const zone = zoneOf(view);
  const iterations = iterationsInOrder(view);
  const iteration = chosenIteration(view, code, now);
  const feed = feedOf(view, milliseconds);
  if (iteration === null) {
    const emptyText = iterations.length === 0 ? EMPTY.emptyText : '';
    return { ...EMPTY, iterations, zone, feed, detail: noIterationText(view, code), emptyText };
  }
  const points = pointsOf(view, iteration);
  const forecast = forecastOf(view.rows, iteration, now);
  const input = { view, zone, iteration, now, points, forecast };
  const lines = linesOf(input);
  const standing = points.length === 0 ? null : standingOf(points, forecast, { iteration, now });
  const chosen = COUNTED.find((status) => status === show) ?? null;
  const shown = chosen === null ? nowAndNext(lines) : lines.filter(({ status }) => status === chosen);
  return {
    iterations,
    iteration,
    zone,
    standing,
    ...headlineOf(zone, iteration, lines, now),
    figures:
      standing === null
        ? []
        : [
            ...figuresOf(zone, iteration, standing),
            ...reserveOf(reservesOf(view.rows, points, forecast)),
            rollbackOf(zone, iteration, now),
          ],
    counters: COUNTED.map((status) => ({
      status,
      count: lines.filter((line) => line.status === status).length,
      isChosen: status === chosen,
    })),
    listTitle: chosen === null ? 'Now and next' : STATUS_WORDS[chosen],
    lines: shown,
    emptyText: emptyTextOf(iteration, lines, chosen),
    gates: gatesOf(input, lines),
    phases: phasesOf(input, lines),
    feed,
    whyNotReport: whyNotReport(view, iteration),
  };
}

const EMPTY: DashboardModel = {
  iterations: [],
  iteration: null,
  zone: 'UTC',
  standing: null,
  headline: '',
  detail: '',
  elapsed: 0,
  figures: [],
  counters: [],
  listTitle: 'Now and next',
  lines: [],
  emptyText: 'A lead adds iterations and chapters; then the night is shown here.',
  gates: [],
  phases: [],
  feed: [],
  whyNotReport: null,
};

/** Most urgent first, then the next to begin. */
function nowAndNext(lines: readonly Line[]): readonly Line[] {
  const urgent = ['blocked', 'late', 'running'].flatMap((status) => lines.filter((line) => line.status === status));
  const next = lines.filter(({ status }) => status === 'ready' || status === 'pending').slice(0, NEXT_SHOWN);
  return [...urgent, ...next];
}

function emptyTextOf({ code }: Iteration, lines: readonly Line[], chosen: ShownStatus | null): string {
  if (lines.length === 0) return `Nothing is scheduled in ${code} yet. Set times in the planner.`;
  if (chosen === null) return 'All is done.';
  return `No chapter stands here now; press ${STATUS_WORDS[chosen]} again for the others.`;
}

function figuresOf(zone: string, { window_end }: Iteration, standing: Standing): readonly Figure[] {
  const { forecastEnd, plannedEnd, variance, drift } = standing;
  const margin = window_end - forecastEnd;
  const inside =
    margin < 0 ? `${durationText(-margin)} after the window` : `${durationText(margin)} before the window closes`;
  return [
    {
      label: 'Forecast end',
      value: timeText(zone, forecastEnd),
      note: `planned ${timeText(zone, plannedEnd)} (${shiftText(variance)}), ${inside}`,
      isLate: variance > 0,
    },
    {
      label: 'Drift so far',
      value: shiftText(drift),
      note: `work done so far, ${drift === 0 ? 'as' : drift < 0 ? 'shorter than' : 'longer than'} planned`,
      isLate: drift > 0,
    },
  ];
}

/** Late: more of it is used up than of the work is done. */
function reserveOf(reserves: Reserves | null): readonly Figure[] {
  if (reserves === null) return [];
  const { planned, used, workDone } = reserves;
  const percent = (part: number) => `${Math.round(100 * part)} %`;
  return [
    {
      label: 'Reserve left',
      value: durationText(planned - used),
      note: `of ${durationText(planned)}; ${percent(used / planned)} used, ${percent(workDone)} of the work done`,
      isLate: used / planned > workDone,
    },
  ];
}

function phasesOf(
  { view, zone, iteration, now, points, forecast }: Parameters<typeof gatesOf>[0],
  lines: readonly Line[],
): readonly PhaseLine[] {
  const phases = phasesInOrder(view.rows);
  return phases.flatMap(({ id, name }) => {
    const own = points.filter(({ chapter }) => chapter.phase_id === id);
    if (own.length === 0) return [];
    const ids = new Set(own.map(({ chapter }) => chapter.id));
    const statuses = lines
      .filter((line) => ids.has(line.id))
      .map(({ status }) => (status === 'skipped' ? 'done' : status));
    const part = (status: ShownStatus) => statuses.filter((each) => each === status).length / own.length;
    const { rag, reason, forecastEnd, variance, drift } = standingOf(own, forecast, { iteration, now });
    return [
      {
        id,
        name,
        words: `${Math.round(part('done') * own.length)} of ${own.length}`,
        rag,
        reason,
        forecast: `ends ${timeText(zone, forecastEnd)} (${shiftText(variance)})${drift === 0 ? '' : ` · drift ${shiftText(drift)}`}`,
        parts: (['done', 'running', 'late', 'blocked'] as const)
          .map((status) => ({ status, part: part(status) }))
          .filter((each) => each.part > 0),
      },
    ];
  });
}

function headlineOf(zone: string, iteration: Iteration, lines: readonly Line[], now: number) {
  const { window_start, window_end, state } = iteration;
  const elapsed = Math.min(1, Math.max(0, (now - window_start) / Math.max(1, window_end - window_start)));
  const done = lines.filter(({ status }) => status === 'done' || status === 'skipped').length;
  const window = spanText(zone, window_start, window_end);
  const worst = lines.reduce((most, line) => Math.max(most, lateBy(line.schedule, iteration, now)), 0);
  const detail = [window, `${done} of ${lines.length} done`];
  if (worst > 0) detail.push(`furthest behind: ${durationText(worst)}`);
  if (state !== 'live')
    return { headline: window, detail: detail.slice(1).join(' · '), elapsed: state === 'done' ? 1 : 0 };
  const side = now < window_start ? `T−${durationText(window_start - now)}` : `T+${durationText(now - window_start)}`;
  const left = window_end >= now ? `${durationText(window_end - now)} left` : `${durationText(now - window_end)} over`;
  return { headline: `${side} · ${left}`, detail: detail.join(' · '), elapsed };
}

function feedOf(view: PlanView, now: number): readonly FeedLine[] {
  // Events of one edit share its label: one line tells them all.
  const seen = new Set<number>();
  const first = view.events.filter(({ rev }) => !seen.has(rev) && seen.add(rev));
  return first.slice(0, FEED_SHOWN).map(({ rev, actor_name, label, at }) => ({
    id: String(rev),
    who: actor_name,
    what: label,
    when: now - at < 60_000 ? 'just now' : `${ageText(now - at)} ago`,
  }));
}
