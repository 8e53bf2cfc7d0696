/** The lines of an iteration's table, in the order in which a day shows them. The twin of `macroplan.table_items`. */
import { isMoment } from '../../store/chapter-kind.ts';
import { STATUS_WORDS } from '../../store/progress.ts';
import type { Chapter, ChapterSchedule, Phase } from '../../store/rows.ts';
import type { RowMaps } from '../../store/view.ts';

/** Every scheduled chapter, or for leadership: gates, milestones, and each phase as one line. */
export type Variant = 'full' | 'leadership';

export interface TableItem {
  readonly phase: string;
  readonly phasePosition: number;
  readonly phaseCode: string;
  readonly position: number;
  readonly code: string;
  readonly title: string;
  readonly kind: string;
  readonly team: string | null;
  /** The zone of its site. */
  readonly zone: string | null;
  readonly start: number;
  readonly end: number;
  readonly status: string;
  readonly statusText: string;
  readonly actualStart: number | null;
  readonly actualEnd: number | null;
  readonly note: string;
  readonly isChanged: boolean;
}

interface Scheduled {
  readonly schedule: ChapterSchedule;
  readonly chapter: Chapter;
  readonly phase: Phase;
}

export interface ItemOptions {
  readonly iterationId: string;
  readonly variant: Variant;
  readonly since: number | null;
}

export function tableItems(rows: RowMaps, { iterationId, variant, since }: ItemOptions): readonly TableItem[] {
  const scheduled = [...rows.chapter_schedules.values()].flatMap((schedule): Scheduled[] => {
    const chapter = rows.chapters.get(schedule.chapter_id);
    const phase = chapter && rows.phases.get(chapter.phase_id);
    return phase && schedule.iteration_id === iterationId ? [{ schedule, chapter, phase }] : [];
  });
  const isChanged = ({ schedule, chapter }: Scheduled) => since !== null && Math.max(schedule.rev, chapter.rev) > since;
  const chapterItem = (one: Scheduled): TableItem => {
    const { schedule, chapter, phase } = one;
    return {
      phase: phase.name,
      phasePosition: phase.position,
      phaseCode: phase.code,
      position: chapter.position,
      code: chapter.code,
      title: chapter.title,
      kind: chapter.kind,
      team: rows.teams.get(chapter.team_id ?? '')?.code ?? null,
      zone: rows.sites.get(chapter.site_id ?? '')?.time_zone ?? null,
      start: schedule.planned_start,
      end: schedule.planned_end,
      status: schedule.status,
      statusText: STATUS_WORDS[schedule.status],
      actualStart: schedule.actual_start,
      actualEnd: schedule.actual_end,
      note: schedule.note,
      isChanged: isChanged(one),
    };
  };
  const items = scheduled.filter(({ chapter: { kind } }) => variant === 'full' || isMoment(kind)).map(chapterItem);
  if (variant === 'leadership') items.push(...phaseItems(scheduled, isChanged));
  return items.sort((a, b) => a.start - b.start || a.position - b.position || byText(a.code, b.code));
}

function phaseItems(scheduled: readonly Scheduled[], isChanged: (one: Scheduled) => boolean): readonly TableItem[] {
  return [...new Set(scheduled.map(({ phase }) => phase))].map((phase) => {
    const own = scheduled.filter((one) => one.phase === phase);
    const statuses: readonly string[] = own.map(({ schedule }) => schedule.status);
    const done = statuses.filter((status) => status === 'done' || status === 'skipped').length;
    const blocked = statuses.filter((status) => status === 'blocked').length;
    return {
      phase: phase.name,
      phasePosition: phase.position,
      phaseCode: phase.code,
      position: phase.position,
      code: phase.code,
      title: phase.name,
      kind: 'phase',
      team: null,
      zone: null,
      start: Math.min(...own.map(({ schedule }) => schedule.planned_start)),
      end: Math.max(...own.map(({ schedule }) => schedule.planned_end)),
      status: phaseStatus(statuses, done),
      // Who prints without colours reads it too.
      statusText: `${done} of ${own.length} done${blocked > 0 ? `, ${blocked} blocked` : ''}`,
      actualStart: null,
      actualEnd: null,
      note: '',
      isChanged: own.some(isChanged),
    };
  });
}

function phaseStatus(statuses: readonly string[], done: number): string {
  if (statuses.includes('blocked')) return 'blocked';
  if (done === statuses.length) return 'done';
  return statuses.includes('running') || statuses.includes('done') ? 'running' : 'pending';
}

/** By code points, as a database with collation C does. */
export function byText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
