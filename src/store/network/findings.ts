/**
 * What deserves a look in one iteration of a plan. A finding never blocks an edit. Chapters that are done or skipped have
 * none: nobody can act on them. Pure.
 */
import { sentence } from '../isolated.ts';
import type { Chapter, ChapterSchedule, Iteration } from '../rows.ts';
import { durationText } from '../times-text.ts';
import type { RowMaps } from '../view.ts';
import type { Cycle, Link, Times } from './network.ts';
import { forbiddenBy, noStartWindowsIn } from './no-start.ts';
import { limitsOf, linksOf } from './plan-network.ts';
import { scheduleAmong, scheduledIn } from './scheduled.ts';

/** The order in which they are told. */
export const FINDING_WORDS = {
  cycle: 'Waiting in a circle',
  deadline: 'After it must finish',
  window: 'Outside the window',
  no_start: 'In a no-start window',
  gate: 'Gate at risk',
  dependency: 'Dependency broken',
  team: 'Team double-booked',
  schedule: 'Without times',
} as const;

export type FindingKind = keyof typeof FINDING_WORDS;

export interface Finding {
  readonly chapterId: string;
  readonly says: keyof typeof SAYINGS;
  /** How long; 0 where that is not said. */
  readonly minutes: number;
  /** The code or name that it says besides, or codes; '' for none. */
  readonly other: string;
}

const SAYINGS = {
  circle: ['cycle', (_length, codes) => `waits for itself: ${codes}`],
  overdue: ['deadline', (length) => `ends ${length} after it must finish`],
  will_be_overdue: ['deadline', (length) => `will be pushed to end ${length} after it must finish`],
  before: ['window', (length) => `starts ${length} before the window`],
  after: ['window', (length) => `ends ${length} after the window`],
  pushed: ['window', (length) => `will be pushed ${length} past the window`],
  no_start: ['no_start', (length, name) => sentence`starts ${length} before “${name}” is over`],
  no_end: ['no_start', (length, name) => sentence`ends ${length} before “${name}” is over`],
  undecided: ['gate', (length) => `cannot be decided in time: ${length} late`],
  no_rollback: ['gate', (length) => `is decided ${length} after a rollback could still fit the window`],
  starts: ['dependency', (length, code) => `starts ${length} too early for ${code}`],
  ends: ['dependency', (length, code) => `ends ${length} too early for ${code}`],
  shared: ['team', (length, code) => `shares its team with ${code} for ${length}`],
  untimed: ['schedule', (_length, code) => `has no times in ${code}`],
} as const satisfies { readonly [says: string]: readonly [FindingKind, (length: string, other: string) => string] };

export function kindOf({ says }: Finding): FindingKind {
  return SAYINGS[says][0];
}

/** What is wrong, without the chapter's code: `ends 30m after the window`. Made when somebody reads it: there may be thousands. */
export function findingText({ says, minutes, other }: Finding): string {
  return SAYINGS[says][1](durationText(minutes), other);
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
    ...forbidden(rows, open),
    ...linksOf(rows).flatMap((link) => brokenLink(link, planned)),
    ...teamOverlaps(open),
    ...Array.from(rows.chapters.values()).flatMap(({ id, kind }): readonly Finding[] =>
      scheduled.index.has(id) || kind === 'buffer'
        ? []
        : [{ chapterId: id, says: 'untimed', minutes: 0, other: iteration.code }],
    ),
  ];
  const kinds = Object.keys(FINDING_WORDS);
  return found.sort((a, b) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)));
}

function cycles(rows: RowMaps, times: Times | Cycle): readonly Finding[] {
  if (times.kind === 'times') return [];
  const codes = times.ids.map((id) => rows.chapters.get(id)?.code ?? '?');
  return [{ chapterId: times.ids[0] ?? '', says: 'circle', minutes: 0, other: codes.join(' → ') }];
}

function limitsMissed(chapter: Chapter, schedule: ChapterSchedule, iteration: Iteration, times: Times | Cycle) {
  const found: Finding[] = [];
  const add = (says: Finding['says'], minutes: number) =>
    found.push({ chapterId: chapter.id, says, minutes, other: '' });
  const { windowStart, windowEnd, rollbackStart } = limitsOf(iteration);
  const { planned_start, planned_end, must_finish_by } = schedule;
  const at = times.kind === 'times' ? times.index.get(chapter.id) : undefined;
  const expected = times.kind === 'times' && at !== undefined ? (times.earliestFinish[at] ?? planned_end) : planned_end;
  if (must_finish_by !== null) {
    if (planned_end > must_finish_by) add('overdue', planned_end - must_finish_by);
    else if (expected > must_finish_by) add('will_be_overdue', expected - must_finish_by);
  }
  if (planned_start < windowStart) add('before', windowStart - planned_start);
  if (planned_end > windowEnd) add('after', planned_end - windowEnd);
  else if (expected > windowEnd) add('pushed', expected - windowEnd);
  if (chapter.kind === 'gate') {
    if (expected > planned_end) add('undecided', expected - planned_end);
    if (iteration.rollback_minutes > 0 && planned_end > rollbackStart) add('no_rollback', planned_end - rollbackStart);
  }
  return found;
}

function forbidden(rows: RowMaps, open: readonly Planned[]): readonly Finding[] {
  const windows = noStartWindowsIn(rows);
  if (windows.length === 0) return [];
  return open.flatMap(({ chapter, schedule }) => {
    const { planned_start: start, planned_end: end, actual_start } = schedule;
    const hasBegun = actual_start !== null;
    return forbiddenBy(windows, chapter, { start, end, hasBegun }).map(({ window, edge }): Finding => {
      const [says, at] = edge === 'start' ? (['no_start', start] as const) : (['no_end', end] as const);
      return { chapterId: chapter.id, says, minutes: window.window_end - at, other: window.name };
    });
  });
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
  const minutes = due - (kind === 'FF' ? after.schedule.planned_end : after.schedule.planned_start);
  if (minutes <= 0) return [];
  const says = kind === 'FF' ? 'ends' : 'starts';
  return [{ chapterId: to, says, minutes, other: before.chapter.code }];
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
      const [chapterId, { code }] = [here.chapter.id, other.chapter];
      found.push({ chapterId, says: 'shared', minutes: shared, other: code });
    }
    if (end > otherEnd) longest.set(team, here);
  }
  return found;
}
