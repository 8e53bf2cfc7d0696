/** The scheduled chapters of one iteration with all that belongs to them: what every export writes, in the plan's order. */
import type { Chapter, ChapterSchedule, Dependency, Phase, Site, Team } from '../rows.ts';
import type { RowMaps } from '../view.ts';

export interface PlanLink {
  readonly predecessor: Chapter;
  readonly kind: Dependency['kind'];
  /** Minutes, signed. */
  readonly lag: number;
}

export interface PlanLine {
  readonly schedule: ChapterSchedule;
  readonly chapter: Chapter;
  readonly phase: Phase;
  readonly team: Team | null;
  readonly site: Site | null;
  /** What it waits for, scheduled in this iteration or not. */
  readonly links: readonly PlanLink[];
}

/** By phase, position and code. A schedule whose chapter or phase is not here yet is left out. */
export function planLines(rows: RowMaps, iterationId: string): readonly PlanLine[] {
  const links = linksBySuccessor(rows);
  const lines: PlanLine[] = [];
  for (const schedule of rows.chapter_schedules.values()) {
    const chapter = rows.chapters.get(schedule.chapter_id);
    const phase = chapter && rows.phases.get(chapter.phase_id);
    if (!phase || schedule.iteration_id !== iterationId) continue;
    lines.push({
      schedule,
      chapter,
      phase,
      team: rows.teams.get(chapter.team_id ?? '') ?? null,
      site: rows.sites.get(chapter.site_id ?? '') ?? null,
      links: links.get(chapter.id) ?? [],
    });
  }
  return lines.sort(
    (a, b) =>
      a.phase.position - b.phase.position ||
      byText(a.phase.code, b.phase.code) ||
      a.chapter.position - b.chapter.position ||
      byText(a.chapter.code, b.chapter.code),
  );
}

function linksBySuccessor(rows: RowMaps): ReadonlyMap<string, readonly PlanLink[]> {
  const links = new Map<string, PlanLink[]>();
  for (const { predecessor_id, successor_id, kind, lag_minutes } of rows.dependencies.values()) {
    const predecessor = rows.chapters.get(predecessor_id);
    if (!predecessor) continue;
    const known = links.get(successor_id) ?? [];
    links.set(successor_id, [...known, { predecessor, kind, lag: lag_minutes }]);
  }
  for (const known of links.values()) known.sort((a, b) => byText(a.predecessor.code, b.predecessor.code));
  return links;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
