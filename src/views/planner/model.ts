/** What the planner shows: rows in order with their words, the axis' span, and who may change what. Pure. */
import { whyNotPlan, whyNotReport } from '../../store/abilities.ts';
import type { Chapter, Iteration, Phase } from '../../store/rows.ts';
import { durationText, timeText } from '../../store/times-text.ts';
import type { PlanView } from '../../store/view.ts';
import { chosenIteration, iterationsInOrder } from '../iteration-choice.ts';
import { type ChapterLine, chapterLine, type PlannerLine, phaseLine, type Span } from './lines.ts';

export interface PlannerInput {
  readonly view: PlanView;
  /** Code of the chosen iteration; null for the default. */
  readonly iteration: string | null;
  /** Server time, minutes. */
  readonly now: number;
  readonly collapsed: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
}

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
