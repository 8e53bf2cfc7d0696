/**
 * What deserves a look in one iteration of a plan. A finding never blocks an edit. Chapters that are done or skipped have
 * none: nobody can act on them. Pure.
 */
import type { Chapter, ChapterSchedule, Iteration } from '../rows.ts';
import { durationText } from '../times-text.ts';
import type { RowMaps } from '../view.ts';
import type { Cycle, Link, Times } from './network.ts';
import { limitsOf, linksOf } from './plan-network.ts';
import { scheduleAmong, scheduledIn } from './scheduled.ts';

/** The order in which they are told. */
export const FINDING_WORDS = {
  cycle: 'Waiting in a circle',
  window: 'Outside the window',
  gate: 'Gate at risk',
  dependency: 'Dependency broken',
  team: 'Team double-booked',
  schedule: 'Without times',
} as const;

export interface Finding {
  readonly kind: keyof typeof FINDING_WORDS;
  readonly chapterId: string;
  /** What is wrong, without the chapter's code: `ends 30m after the window`. */
  readonly text: string;
}

interface Planned {
  readonly chapter: Chapter;
  readonly schedule: ChapterSchedule;
}

export function findingsOf(rows: RowMaps, iteration: Iteration, times: Times | Cycle): readonly Finding[] {
  const scheduled = scheduledIn(rows, iteration);
  const planned = (id: string): Planned | undefined => {
    const [chapter, schedule] = [rows.chapters.get(id), scheduleAmong(scheduled, id)];
    return chapter && schedule && { chapter, schedule };
  };
  const open = scheduled.schedules
    .filter(({ status }) => status !== 'done' && status !== 'skipped')
    .flatMap(({ chapter_id }) => planned(chapter_id) ?? []);
  const found = [
    ...cycles(rows, times),
    ...open.flatMap(({ chapter, schedule }) => limitsMissed(chapter, schedule, iteration, times)),
    ...linksOf(rows).flatMap((link) => brokenLink(link, planned)),
    ...teamOverlaps(open),
    ...Array.from(rows.chapters.values()).flatMap(({ id, kind }): readonly Finding[] =>
      scheduled.index.has(id) || kind === 'buffer'
        ? []
        : [{ kind: 'schedule', chapterId: id, text: `has no times in ${iteration.code}` }],
    ),
  ];
  const kinds = Object.keys(FINDING_WORDS);
  return found.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

function cycles(rows: RowMaps, times: Times | Cycle): readonly Finding[] {
  if (times.kind === 'times') return [];
  const codes = times.ids.map((id) => rows.chapters.get(id)?.code ?? '?');
  return [{ kind: 'cycle', chapterId: times.ids[0] ?? '', text: `waits for itself: ${codes.join(' → ')}` }];
}

function limitsMissed(chapter: Chapter, schedule: ChapterSchedule, iteration: Iteration, times: Times | Cycle) {
  const found: Finding[] = [];
  const add = (kind: Finding['kind'], text: string) => found.push({ kind, chapterId: chapter.id, text });
  const { windowStart, windowEnd, rollbackStart } = limitsOf(iteration);
  const { planned_start, planned_end } = schedule;
  const at = times.kind === 'times' ? times.index.get(chapter.id) : undefined;
  const expected = times.kind === 'times' && at !== undefined ? (times.earliestFinish[at] ?? planned_end) : planned_end;
  if (planned_start < windowStart)
    add('window', `starts ${durationText(windowStart - planned_start)} before the window`);
  if (planned_end > windowEnd) add('window', `ends ${durationText(planned_end - windowEnd)} after the window`);
  else if (expected > windowEnd) add('window', `will be pushed ${durationText(expected - windowEnd)} past the window`);
  if (chapter.kind === 'gate') {
    if (expected > planned_end) add('gate', `cannot be decided in time: ${durationText(expected - planned_end)} late`);
    if (iteration.rollback_minutes > 0 && planned_end > rollbackStart) {
      add(
        'gate',
        `is decided ${durationText(planned_end - rollbackStart)} after a rollback could still fit the window`,
      );
    }
  }
  return found;
}

/** As planned: what is pushed by a slip before it is a finding of that gate or window. */
function brokenLink({ from, to, kind, lag }: Link, planned: (id: string) => Planned | undefined): readonly Finding[] {
  const [before, after] = [planned(from), planned(to)];
  if (
    !before ||
    !after ||
    ['done', 'skipped'].includes(after.schedule.status) ||
    before.schedule.status === 'skipped'
  ) {
    return [];
  }
  const due = (kind === 'SS' ? before.schedule.planned_start : before.schedule.planned_end) + lag;
  const early = due - (kind === 'FF' ? after.schedule.planned_end : after.schedule.planned_start);
  if (early <= 0) return [];
  const what = `${kind === 'FF' ? 'ends' : 'starts'} ${durationText(early)} too early for ${before.chapter.code}`;
  return [{ kind: 'dependency', chapterId: to, text: what }];
}

/** One finding a chapter: the longest time for which its team works on something else that began before it. */
function teamOverlaps(open: readonly Planned[]): readonly Finding[] {
  const found: Finding[] = [];
  const longest = new Map<string, Planned>();
  const work = open.filter(({ chapter: { kind } }) => kind === 'work');
  for (const here of work.sort((a, b) => a.schedule.planned_start - b.schedule.planned_start)) {
    const team = here.chapter.team_id;
    if (team === null) continue;
    const other = longest.get(team);
    const [end, otherEnd] = [here.schedule.planned_end, other?.schedule.planned_end ?? 0];
    const shared = Math.min(end, otherEnd) - here.schedule.planned_start;
    if (other && shared > 0) {
      const text = `shares its team with ${other.chapter.code} for ${durationText(shared)}`;
      found.push({ kind: 'team', chapterId: here.chapter.id, text });
    }
    if (end > otherEnd) longest.set(team, here);
  }
  return found;
}
