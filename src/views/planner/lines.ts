/** The lines of the planner: a chapter of one iteration, or a phase over its chapters, in words and spans. Pure. */
import { lateBy, type ShownStatus, shownStatus, URGENCY } from '../../store/progress.ts';
import type { Chapter, ChapterSchedule, Iteration, Phase } from '../../store/rows.ts';
import { scheduleId } from '../../store/rows.ts';
import { durationText, timeText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';

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

export interface ChapterInput {
  readonly view: PlanView;
  readonly zone: string;
  readonly iteration: Iteration;
  readonly now: number;
  readonly chapter: Chapter;
  readonly isSelected: boolean;
  readonly conflicted: ReadonlySet<string>;
}

/** The same line as last time where nothing that it is made of has changed, so that its row need not be touched. */
export function chapterLine({
  view,
  zone,
  iteration,
  now,
  chapter,
  isSelected,
  conflicted,
}: ChapterInput): ChapterLine {
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

export function phaseLine(
  zone: string,
  phase: Phase,
  chapters: readonly ChapterLine[],
  isCollapsed: boolean,
): PhaseLine {
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
