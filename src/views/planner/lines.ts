/** The lines of the planner: a chapter of one iteration, or a phase over its chapters, in words and spans. Pure. */
import { wordsOf } from '../../store/labels.ts';
import type { Times } from '../../store/network/network.ts';
import { lateBy, type ShownStatus, shownStatus, URGENCY, variance } from '../../store/progress.ts';
import type { Chapter, ChapterSchedule, Iteration } from '../../store/rows.ts';
import { durationText, shiftText, timeText } from '../../store/times-text.ts';
import { offsetAt, zoneName } from '../../store/zone.ts';
import type { Dispute } from './disputes.ts';
import type { ChapterRow, PhaseRow } from './outline.ts';

export interface Span {
  readonly start: number;
  readonly length: number;
}

interface Line {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly duration: string;
  readonly bar: Span | null;
  readonly status: ShownStatus | null;
}

export interface PhaseLine extends Line {
  readonly kind: 'phase';
  readonly isCollapsed: boolean;
  readonly progress: string;
}

export interface ChapterLine extends Line {
  readonly kind: 'chapter';
  readonly chapterKind: Chapter['kind'];
  readonly scheduleId: string;
  readonly schedule: ChapterSchedule | null;
  readonly team: string;
  /** `#backup #go-live`; '' where it has none. */
  readonly labels: string;
  readonly note: string;
  readonly isSelected: boolean;
  readonly isFixed: boolean;
  /** When it must be over; null where nobody minds. */
  readonly deadline: number | null;
  /** Whether the axis reaches so far. */
  readonly isDeadlineOnAxis: boolean;
  /** The same in words: `Must finish by Sat 28 Nov 22:15`; '' where nobody minds. */
  readonly deadlineMeaning: string;
  readonly isCritical: boolean;
  /** How far it can slip: `1h30`, `−20m`; '' where it has no times or the network has a cycle. */
  readonly slack: string;
  /** Minutes to draw after the bar; 0 for none. */
  readonly slackLength: number;
  /** The same in a sentence. */
  readonly slackMeaning: string;
  /** The start on the clock of the chapter's own site; '' where that is the plan's clock. */
  readonly siteTime: string;
  /** How an unsent edit of this row stands; null where the row is as the server has it. */
  readonly pending: string | null;
  readonly isKept: boolean;
  /** What of it waits for a decision. */
  readonly dispute: Dispute | null;
  /** Who else changed it lately; '' for nobody. */
  readonly changed: string;
  readonly finding: string;
  readonly late: string;
  readonly actual: Span | null;
  /** Where the baseline or the other iteration has it; null where none is compared with, or it has it not. */
  readonly ghost: Span | null;
  /** How much later it is planned to end than there: `+30m`; '' where it does not differ. */
  readonly replanned: string;
  /** The same in a sentence. */
  readonly replannedMeaning: string;
  /** How much later it was, or is planned, than it should be: `+30m`, `−5m`, `±0m`; '' where nothing is known to differ from. */
  readonly variance: string;
  /** The same in a sentence. */
  readonly varianceMeaning: string;
  readonly isBehind: boolean;
}

export type PlannerLine = PhaseLine | ChapterLine;

/** What a line is made of besides its row. */
export interface LineContext {
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly team: string;
  readonly siteZone: string;
  readonly isSelected: boolean;
  readonly isPending: boolean;
  /** False in the moment before a pending edit is durable. */
  readonly isKept: boolean;
  readonly dispute: Dispute | null;
  readonly changed: string;
  readonly finding: string;
  readonly baseline: readonly [start: number, end: number] | null;
  /** `in the baseline`, `in RUN3`. */
  readonly than: string;
  readonly axisStart: number;
  readonly axisEnd: number;
  readonly slack: number | null;
  readonly freeSlack: number | null;
  readonly isCritical: boolean;
}

/** The same line as last time where nothing that it is made of has changed, so that its row need not be touched. */
export function chapterLine(row: ChapterRow, context: LineContext): ChapterLine {
  const { schedule } = row;
  const minute = context.iteration.state === 'live' || isUnderWay(schedule) ? context.now : 0;
  const inputs = [schedule, ...Object.values({ ...context, now: minute })];
  const known = lines.get(row.chapter);
  if (known?.inputs.every((input, index) => input === inputs[index])) return known.line;
  const line = makeLine(row, context);
  // The newest is the last.
  lines.delete(row.chapter);
  lines.set(row.chapter, { inputs, line });
  for (const oldest of lines.keys()) {
    if (lines.size <= LINES_KEPT) break;
    lines.delete(oldest);
  }
  return line;
}

/** More than any screen has rows: the lines of all that was ever scrolled past would weigh more than the plan. */
const LINES_KEPT = 150;
const lines = new Map<Chapter, { readonly inputs: readonly unknown[]; readonly line: ChapterLine }>();

function isUnderWay(schedule: ChapterSchedule | null): boolean {
  return schedule !== null && schedule.actual_start !== null && schedule.actual_end === null;
}

function makeLine({ chapter, scheduleId, schedule }: ChapterRow, context: LineContext): ChapterLine {
  const { zone, iteration, now, slack, isPending } = context;
  const late = schedule === null ? 0 : lateBy(schedule, iteration, now);
  return {
    kind: 'chapter',
    id: chapter.id,
    scheduleId,
    schedule,
    code: chapter.code,
    title: chapter.title,
    chapterKind: chapter.kind,
    team: context.team,
    ...timesOf(zone, schedule === null ? null : { start: schedule.planned_start, end: schedule.planned_end }),
    status: schedule === null ? null : shownStatus(schedule, iteration, now),
    labels: wordsOf(chapter.labels)
      .map((label) => `#${label}`)
      .join(' '),
    note: schedule?.note ?? '',
    isSelected: context.isSelected,
    isFixed: schedule?.fixed_start ?? false,
    ...deadlineOf(schedule, context),
    isCritical: context.isCritical,
    slack: slack === null ? '' : durationText(slack),
    slackLength: Math.max(0, slack ?? 0),
    slackMeaning: slack === null ? '' : slackMeaning(context, slack),
    siteTime: schedule === null ? '' : siteTime(context, schedule.planned_start),
    pending: !isPending ? null : context.isKept ? 'kept on this device' : 'being kept',
    isKept: context.isKept,
    dispute: context.dispute,
    changed: context.changed,
    finding: context.finding,
    late: late > 0 ? `${durationText(late)} late` : '',
    actual: actualOf(schedule, now),
    ...comparedOf(schedule, context),
    ...varianceOf(schedule, context),
  };
}

function deadlineOf(
  schedule: ChapterSchedule | null,
  { zone, axisStart, axisEnd }: LineContext,
): Pick<ChapterLine, 'deadline' | 'isDeadlineOnAxis' | 'deadlineMeaning'> {
  const deadline = schedule?.must_finish_by ?? null;
  if (deadline === null) return { deadline, isDeadlineOnAxis: false, deadlineMeaning: '' };
  const isDeadlineOnAxis = deadline >= axisStart && deadline <= axisEnd;
  return { deadline, isDeadlineOnAxis, deadlineMeaning: `Must finish by ${timeText(zone, deadline)}` };
}

function comparedOf(
  schedule: ChapterSchedule | null,
  { baseline, than }: LineContext,
): Pick<ChapterLine, 'ghost' | 'replanned' | 'replannedMeaning'> {
  if (baseline === null) return { ghost: null, replanned: '', replannedMeaning: '' };
  const [start, end] = baseline;
  const ghost = { start, length: end - start };
  const later = schedule === null ? 0 : schedule.planned_end - end;
  if (later === 0) return { ghost, replanned: '', replannedMeaning: '' };
  return { ghost, replanned: shiftText(later), replannedMeaning: `Planned to end ${amountText(later)} than ${than}` };
}

const amountText = (minutes: number) => `${durationText(Math.abs(minutes))} ${minutes > 0 ? 'later' : 'earlier'}`;

/**
 * The last that is known of a chapter – its actual end, else its actual start – beside the plan, or beside the baseline
 * where one is compared with; then also a chapter that has not begun differs, by its planned end.
 */
function varianceOf(
  schedule: ChapterSchedule | null,
  { baseline, than: inOther }: LineContext,
): Pick<ChapterLine, 'variance' | 'varianceMeaning' | 'isBehind'> {
  if (schedule === null) return NO_VARIANCE;
  const { actual_start, actual_end, planned_end } = schedule;
  const minutes = variance(schedule, baseline ?? undefined) ?? (baseline && planned_end - baseline[1]);
  if (minutes === null) return NO_VARIANCE;
  const what = actual_end !== null ? 'Ended' : actual_start !== null ? 'Began' : 'Planned to end';
  const than = baseline === null ? 'planned' : inOther;
  return {
    variance: shiftText(minutes),
    varianceMeaning:
      (minutes === 0 ? `${what} as ${than}` : `${what} ${amountText(minutes)} than ${than}`) +
      longerWords(schedule, baseline),
    isBehind: minutes > 0,
  };
}

/** `; takes 30m longer`: a chapter that is where it was may still take another time. */
function longerWords(schedule: ChapterSchedule, baseline: LineContext['baseline']): string {
  if (baseline === null) return '';
  const { planned_start, planned_end, actual_start, actual_end } = schedule;
  const hasEnded = actual_start !== null && actual_end !== null;
  const length = hasEnded ? actual_end - actual_start : planned_end - planned_start;
  const longer = length - (baseline[1] - baseline[0]);
  if (longer === 0) return '';
  return `; ${hasEnded ? 'took' : 'takes'} ${durationText(Math.abs(longer))} ${longer > 0 ? 'longer' : 'less'}`;
}

const NO_VARIANCE = { variance: '', varianceMeaning: '', isBehind: false };

function slackMeaning({ isCritical, freeSlack }: LineContext, slack: number): string {
  const critical = isCritical ? ' On the critical path: a slip moves the end of the plan.' : '';
  if (slack < 0)
    return `${durationText(-slack)} too late for the window, a fixed start or what must finish by then.${critical}`;
  return `Can slip ${durationText(slack)}; ${durationText(Math.max(0, freeSlack ?? 0))} before others move.${critical}`;
}

function siteTime({ zone, siteZone }: LineContext, start: number): string {
  const isSame = offsetAt(siteZone, start) === offsetAt(zone, start);
  return isSame ? '' : `${timeText(siteZone, start)} ${zoneName(siteZone, start)}`;
}

function timesOf(zone: string, span: { readonly start: number; readonly end: number } | null) {
  if (span === null) return { start: '', end: '', duration: '', bar: null };
  const { start, end } = span;
  return {
    start: timeText(zone, start),
    end: timeText(zone, end),
    duration: durationText(end - start),
    bar: { start, length: end - start },
  };
}

function actualOf(schedule: ChapterSchedule | null, now: number): Span | null {
  if (schedule === null || schedule.actual_start === null) return null;
  const end = schedule.actual_end ?? Math.max(now, schedule.actual_start);
  return { start: schedule.actual_start, length: end - schedule.actual_start };
}

export interface PhaseContext {
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly isCollapsed: boolean;
}

export function phaseLine(
  { phase, chapters }: PhaseRow,
  { zone, iteration, now, isCollapsed }: PhaseContext,
): PhaseLine {
  let [start, end, done] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const statuses = new Set<ShownStatus>();
  for (const { schedule } of chapters) {
    if (schedule === null) continue;
    start = Math.min(start, schedule.planned_start);
    end = Math.max(end, schedule.planned_end);
    statuses.add(shownStatus(schedule, iteration, now));
    if (schedule.status === 'done' || schedule.status === 'skipped') done += 1;
  }
  return {
    kind: 'phase',
    id: phase.id,
    code: phase.code,
    title: phase.name,
    ...timesOf(zone, end < start ? null : { start, end }),
    status: URGENCY.find((status) => statuses.has(status)) ?? null,
    isCollapsed,
    progress: `${done} of ${chapters.length} done`,
  };
}

export type Slacks = Pick<Times, 'index' | 'totalSlack' | 'freeSlack' | 'isCritical'>;

/** How a chapter stands in the network; nulls where it has no part in it, or none any more. */
export function slackOf(
  times: Slacks | null,
  { id, schedule }: ChapterRow,
): Pick<LineContext, 'slack' | 'freeSlack' | 'isCritical'> {
  const at = times?.index.get(id);
  if (!times || at === undefined || schedule === null || ['done', 'skipped'].includes(schedule.status)) {
    return { slack: null, freeSlack: null, isCritical: false };
  }
  return {
    slack: times.totalSlack[at] ?? null,
    freeSlack: times.freeSlack[at] ?? null,
    isCritical: times.isCritical[at] === 1,
  };
}
