/** What the live dashboard shows of one iteration at one minute. Pure. */
import { whyNotReport } from '../../store/abilities.ts';
import { lateBy, type ShownStatus, STATUS_WORDS, shownStatus, URGENCY, variance } from '../../store/progress.ts';
import type { Chapter, ChapterSchedule, Iteration } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import { ageText, clockText, durationText, shiftText, spanText, timeText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { chosenIteration, iterationsInOrder } from '../iteration-choice.ts';

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
  readonly word: string;
  readonly count: number;
  readonly isChosen: boolean;
}

export interface Line {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly team: string;
  readonly schedule: ChapterSchedule;
  readonly status: ShownStatus;
  readonly planned: string;
  /** "began 08:40 (+10m)" */
  readonly actual: string;
  /** "40m late", "in 1h10" */
  readonly lateness: string;
  readonly tone: 'late' | 'early' | 'calm';
  readonly note: string;
  readonly isPending: boolean;
}

export interface GateLine {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly countdown: string;
  readonly status: ShownStatus;
}

export interface PhaseLine {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly status: ShownStatus;
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
  readonly headline: string;
  readonly detail: string;
  /** How much of the window has passed, 0 to 1. */
  readonly elapsed: number;
  readonly counters: readonly Counter[];
  readonly listTitle: string;
  readonly lines: readonly Line[];
  readonly gates: readonly GateLine[];
  readonly phases: readonly PhaseLine[];
  readonly feed: readonly FeedLine[];
  readonly whyNotReport: string | null;
}

const COUNTED: readonly ShownStatus[] = ['blocked', 'late', 'running', 'ready', 'pending', 'done'];
const NEXT_SHOWN = 6;
const GATES_SHOWN = 4;
const FEED_SHOWN = 12;

export function dashboardModel({ view, iteration: code, now: milliseconds, show }: DashboardInput): DashboardModel {
  const now = Math.floor(milliseconds / 60_000);
  const zone = view.rows.plans.get(view.planId)?.time_zone ?? 'UTC';
  const iterations = iterationsInOrder(view);
  const iteration = chosenIteration(view, code, now);
  const feed = feedOf(view, milliseconds);
  if (iteration === null) return { ...EMPTY, iterations, zone, feed };
  const lines = linesOf(view, zone, iteration, now);
  const chosen = COUNTED.find((status) => status === show) ?? null;
  return {
    iterations,
    iteration,
    zone,
    ...headlineOf(zone, iteration, lines, now),
    counters: COUNTED.map((status) => ({
      status,
      word: STATUS_WORDS[status],
      count: lines.filter((line) => line.status === status).length,
      isChosen: status === chosen,
    })),
    listTitle: chosen === null ? 'Now and next' : STATUS_WORDS[chosen],
    lines: chosen === null ? nowAndNext(lines) : lines.filter(({ status }) => status === chosen),
    gates: gatesOf(view, zone, lines, now),
    phases: phasesOf(view, lines),
    feed,
    whyNotReport: whyNotReport(view, iteration),
  };
}

const EMPTY: DashboardModel = {
  iterations: [],
  iteration: null,
  zone: 'UTC',
  headline: '',
  detail: 'This plan has no iteration yet.',
  elapsed: 0,
  counters: [],
  listTitle: '',
  lines: [],
  gates: [],
  phases: [],
  feed: [],
  whyNotReport: null,
};

function linesOf(view: PlanView, zone: string, iteration: Iteration, now: number): readonly Line[] {
  const lines: Line[] = [];
  for (const chapter of view.rows.chapters.values()) {
    const schedule = view.rows.chapter_schedules.get(scheduleId(iteration.id, chapter.id));
    if (schedule !== undefined) lines.push(lineOf({ view, zone, iteration, now, chapter, schedule }));
  }
  return lines.sort((a, b) => a.schedule.planned_start - b.schedule.planned_start || a.code.localeCompare(b.code));
}

interface LineInput {
  readonly view: PlanView;
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly chapter: Chapter;
  readonly schedule: ChapterSchedule;
}

function lineOf({ view, zone, iteration, now, chapter, schedule }: LineInput): Line {
  return {
    id: chapter.id,
    code: chapter.code,
    title: chapter.title,
    team: chapter.team_id === null ? '' : (view.rows.teams.get(chapter.team_id)?.name ?? ''),
    schedule,
    status: shownStatus(schedule, iteration, now),
    planned: spanText(zone, schedule.planned_start, schedule.planned_end),
    actual: actualText(zone, schedule),
    ...latenessOf(schedule, iteration, now),
    note: schedule.note,
    isPending: view.pendingRows.has(schedule.id),
  };
}

function actualText(zone: string, { actual_start, actual_end, planned_start, planned_end }: ChapterSchedule): string {
  if (actual_end !== null) return `ended ${clockText(zone, actual_end)} (${shiftText(actual_end - planned_end)})`;
  if (actual_start !== null)
    return `began ${clockText(zone, actual_start)} (${shiftText(actual_start - planned_start)})`;
  return '';
}

function latenessOf(schedule: ChapterSchedule, iteration: Iteration, now: number): Pick<Line, 'lateness' | 'tone'> {
  const late = lateBy(schedule, iteration, now);
  if (late > 0) return { lateness: `${durationText(late)} late`, tone: 'late' };
  const ended = schedule.actual_end === null ? null : variance(schedule);
  if (ended !== null) return { lateness: shiftText(ended), tone: ended > 0 ? 'late' : 'early' };
  if (iteration.state !== 'live') return { lateness: '', tone: 'calm' };
  if (schedule.status === 'blocked')
    return { lateness: `due in ${durationText(schedule.planned_end - now)}`, tone: 'calm' };
  if (schedule.actual_start !== null)
    return { lateness: `${durationText(schedule.planned_end - now)} left`, tone: 'calm' };
  if (schedule.planned_start < now) return { lateness: '', tone: 'calm' };
  return { lateness: `in ${durationText(schedule.planned_start - now)}`, tone: 'calm' };
}

/** Most urgent first, then the next to begin. */
function nowAndNext(lines: readonly Line[]): readonly Line[] {
  const urgent = ['blocked', 'late', 'running'].flatMap((status) => lines.filter((line) => line.status === status));
  const next = lines.filter(({ status }) => status === 'ready' || status === 'pending').slice(0, NEXT_SHOWN);
  return [...urgent, ...next];
}

function gatesOf(view: PlanView, zone: string, lines: readonly Line[], now: number): readonly GateLine[] {
  const isPoint = ({ id }: Line) => {
    const kind = view.rows.chapters.get(id)?.kind;
    return kind === 'gate' || kind === 'milestone';
  };
  return lines
    .filter((line) => isPoint(line) && line.status !== 'done' && line.status !== 'skipped')
    .slice(0, GATES_SHOWN)
    .map(({ id, title, schedule, status }) => {
      const left = schedule.planned_end - now;
      return {
        id,
        title,
        at: timeText(zone, schedule.planned_end),
        countdown: left >= 0 ? `in ${durationText(left)}` : `${durationText(-left)} ago`,
        status,
      };
    });
}

function phasesOf(view: PlanView, lines: readonly Line[]): readonly PhaseLine[] {
  const phases = [...view.rows.phases.values()].sort((a, b) => a.position - b.position);
  return phases.flatMap(({ id, name }) => {
    const own = lines.filter((line) => view.rows.chapters.get(line.id)?.phase_id === id);
    if (own.length === 0) return [];
    const count = (status: ShownStatus) => own.filter((line) => line.status === status).length;
    const done = count('done') + count('skipped');
    const shown = (['done', 'running', 'late', 'blocked'] as const).map((status) => ({
      status,
      part: (status === 'done' ? done : count(status)) / own.length,
    }));
    const status = URGENCY.find((candidate) => count(candidate) > 0) ?? 'pending';
    return [{ id, name, words: `${done} of ${own.length}`, status, parts: shown.filter(({ part }) => part > 0) }];
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
