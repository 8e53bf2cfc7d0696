/** What the planner shows: rows in order with their words, the axis' span, and who may change what. Pure. */
import { whyNotPlan, whyNotReport } from '../../store/abilities.ts';
import { lateBy, type ShownStatus, shownStatus, URGENCY } from '../../store/progress.ts';
import type { Chapter, ChapterSchedule, Iteration, Phase } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import { durationText, timeText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { chosenIteration, iterationsInOrder } from '../iteration-choice.ts';

export interface PlannerInput {
  readonly view: PlanView;
  /** Code of the chosen iteration; null for the default. */
  readonly iteration: string | null;
  /** Server time, minutes. */
  readonly now: number;
  readonly collapsed: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
}

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
  readonly note: string;
  readonly isSelected: boolean;
  readonly isFixed: boolean;
  /** How an unsent edit of this row stands; null where the row is as the server has it. */
  readonly pending: string | null;
  readonly willConflict: boolean;
  readonly late: string;
  readonly actual: Span | null;
}

export type PlannerLine = PhaseLine | ChapterLine;

export interface PlannerModel {
  readonly iterations: readonly Iteration[];
  readonly iteration: Iteration | null;
  readonly zone: string;
  readonly now: number;
  readonly axis: Span;
  readonly lines: readonly PlannerLine[];
  readonly unscheduled: number;
  readonly whyNotPlan: string | null;
  readonly whyNotReport: string | null;
  readonly summary: string;
}

export function plannerModel({ view, iteration: code, now, collapsed, selected }: PlannerInput): PlannerModel {
  const zone = view.rows.plans.get(view.planId)?.time_zone ?? 'UTC';
  const iteration = chosenIteration(view, code, now);
  const iterations = iterationsInOrder(view);
  if (iteration === null) return { ...EMPTY, iterations, zone, now };
  const conflicted = rowsToConflict(view);
  const all = [...view.rows.phases.values()].sort(byPosition).flatMap((phase) => {
    const chapters = chaptersOf(view, phase).map((chapter) =>
      chapterLine({ view, zone, iteration, now, chapter, isSelected: selected.has(chapter.id), conflicted }),
    );
    return chapters.length === 0 ? [] : [{ phase, chapters }];
  });
  const lines = all.flatMap(({ phase, chapters }): readonly PlannerLine[] => {
    const isCollapsed = collapsed.has(phase.id);
    return [phaseLine(zone, phase, chapters, isCollapsed), ...(isCollapsed ? [] : chapters)];
  });
  const chapters = all.flatMap((group) => group.chapters);
  return {
    iterations,
    iteration,
    zone,
    now,
    axis: axisSpan(iteration, chapters, now),
    lines,
    unscheduled: chapters.filter(({ schedule }) => schedule === null).length,
    whyNotPlan: whyNotPlan(view, iteration),
    whyNotReport: whyNotReport(view, iteration),
    summary: summaryOf(zone, iteration, chapters),
  };
}

/** The chapter of a row, where it is shown. */
export function chapterLineOf({ lines }: PlannerModel, rowId: string | undefined): ChapterLine | null {
  const line = lines.find(({ kind, id }) => kind === 'chapter' && id === rowId);
  return line?.kind === 'chapter' ? line : null;
}

const EMPTY: PlannerModel = {
  iterations: [],
  iteration: null,
  zone: 'UTC',
  now: 0,
  axis: { start: 0, length: 1440 },
  lines: [],
  unscheduled: 0,
  whyNotPlan: null,
  whyNotReport: null,
  summary: '',
};

function byPosition(a: Phase | Chapter, b: Phase | Chapter): number {
  return a.position - b.position || a.code.localeCompare(b.code);
}

function chaptersOf(view: PlanView, phase: Phase): readonly Chapter[] {
  return (chaptersByPhase(view).get(phase.id) ?? []).toSorted(byPosition);
}

const grouped = new WeakMap<object, ReadonlyMap<string, readonly Chapter[]>>();

/** Grouped once per state of the chapters, not once per phase: a plan may have thousands. */
function chaptersByPhase({ rows: { chapters } }: PlanView): ReadonlyMap<string, readonly Chapter[]> {
  const known = grouped.get(chapters);
  if (known !== undefined) return known;
  const groups = new Map<string, Chapter[]>();
  for (const chapter of chapters.values()) {
    const group = groups.get(chapter.phase_id);
    if (group === undefined) groups.set(chapter.phase_id, [chapter]);
    else group.push(chapter);
  }
  grouped.set(chapters, groups);
  return groups;
}

function rowsToConflict({ queue }: PlanView): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { edit, predicted } of queue) {
    if (predicted.outcome !== 'conflict') continue;
    for (const op of edit.ops) if ('id' in op) ids.add(op.id);
  }
  return ids;
}

interface ChapterInput {
  readonly view: PlanView;
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly chapter: Chapter;
  readonly isSelected: boolean;
  readonly conflicted: ReadonlySet<string>;
}

/** The same line as last time where nothing that it is made of has changed, so that its row need not be touched. */
function chapterLine({ view, zone, iteration, now, chapter, isSelected, conflicted }: ChapterInput): ChapterLine {
  const id = scheduleIdOf(iteration, chapter);
  const schedule = view.rows.chapter_schedules.get(id) ?? null;
  const isPending = view.pendingRows.has(id) || view.pendingRows.has(chapter.id);
  const team = chapter.team_id === null ? '' : (view.rows.teams.get(chapter.team_id)?.code ?? '');
  const minute = iteration.state === 'live' || isUnderWay(schedule) ? now : 0;
  const inputs = [zone, iteration, schedule, team, minute, isSelected, isPending, conflicted.has(id)];
  const known = lines.get(chapter);
  if (known?.inputs.every((input, index) => input === inputs[index])) return known.line;
  const pending = conflicted.has(id) ? WILL_CONFLICT : isPending ? 'kept on this device' : null;
  const line = makeLine({ zone, iteration, now, chapter, id, schedule, team, isSelected, pending });
  lines.set(chapter, { inputs, line });
  return line;
}

const lines = new WeakMap<Chapter, { readonly inputs: readonly unknown[]; readonly line: ChapterLine }>();
const scheduleIds = new WeakMap<Iteration, Map<string, string>>();

function scheduleIdOf(iteration: Iteration, { id: chapterId }: Chapter): string {
  const ids = scheduleIds.get(iteration) ?? new Map<string, string>();
  scheduleIds.set(iteration, ids);
  const id = ids.get(chapterId) ?? scheduleId(iteration.id, chapterId);
  ids.set(chapterId, id);
  return id;
}

function isUnderWay(schedule: ChapterSchedule | null): boolean {
  return schedule !== null && schedule.actual_start !== null && schedule.actual_end === null;
}

interface LineInput {
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly chapter: Chapter;
  readonly id: string;
  readonly schedule: ChapterSchedule | null;
  readonly team: string;
  readonly isSelected: boolean;
  readonly pending: string | null;
}

function makeLine({ zone, iteration, now, chapter, id, schedule, team, isSelected, pending }: LineInput): ChapterLine {
  const late = schedule === null ? 0 : lateBy(schedule, iteration, now);
  return {
    kind: 'chapter',
    id: chapter.id,
    scheduleId: id,
    schedule,
    code: chapter.code,
    title: chapter.title,
    chapterKind: chapter.kind,
    team,
    ...timesOf(zone, schedule === null ? null : { start: schedule.planned_start, end: schedule.planned_end }),
    status: schedule === null ? null : shownStatus(schedule, iteration, now),
    note: schedule?.note ?? '',
    isSelected,
    isFixed: schedule?.fixed_start ?? false,
    pending,
    willConflict: pending === WILL_CONFLICT,
    late: late > 0 ? `${durationText(late)} late` : '',
    actual: actualOf(schedule, now),
  };
}

const WILL_CONFLICT = 'kept on this device; it will need a decision once sent';

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

function phaseLine(zone: string, phase: Phase, chapters: readonly ChapterLine[], isCollapsed: boolean): PhaseLine {
  const schedules = chapters.flatMap(({ schedule }) => (schedule === null ? [] : [schedule]));
  const span =
    schedules.length === 0
      ? null
      : {
          start: schedules.reduce(
            (least, { planned_start }) => Math.min(least, planned_start),
            Number.POSITIVE_INFINITY,
          ),
          end: schedules.reduce((most, { planned_end }) => Math.max(most, planned_end), 0),
        };
  const done = schedules.filter(({ status }) => status === 'done' || status === 'skipped').length;
  return {
    kind: 'phase',
    id: phase.id,
    code: phase.code,
    title: phase.name,
    ...timesOf(zone, span),
    status: URGENCY.find((status) => chapters.some((chapter) => chapter.status === status)) ?? null,
    isCollapsed,
    progress: `${done} of ${chapters.length} done`,
  };
}

/** The window and every bar, with room at both ends, so that nothing planned lies outside what can be scrolled to. */
function axisSpan(iteration: Iteration, chapters: readonly ChapterLine[], now: number): Span {
  let start = iteration.window_start;
  let end = iteration.window_end;
  for (const { bar, actual } of chapters) {
    for (const span of [bar, actual]) {
      if (span === null) continue;
      start = Math.min(start, span.start);
      end = Math.max(end, span.start + span.length);
    }
  }
  if (iteration.state === 'live') end = Math.max(end, now);
  const room = Math.max(60, Math.round((end - start) * 0.02));
  const from = Math.floor((start - room) / 60) * 60;
  return { start: from, length: Math.ceil((end + room - from) / 60) * 60 };
}

function summaryOf(zone: string, iteration: Iteration, chapters: readonly ChapterLine[]): string {
  const { window_start, window_end } = iteration;
  const last = chapters.reduce((most, { schedule }) => Math.max(most, schedule?.planned_end ?? 0), 0);
  const window = `${timeText(zone, window_start)} → ${timeText(zone, window_end)}`;
  if (last === 0) return window;
  const slack = window_end - last;
  return `${window} · ${slack >= 0 ? `${durationText(slack)} spare at the end` : `${durationText(-slack)} past the window`}`;
}
