/** What changed between two looks at an iteration, in one line for somebody who was away. Pure. */
import type { Standing } from './forecast/standing.ts';
import { newsSince } from './news-since.ts';
import { zoneOf } from './plan-zone.ts';
import { type Iteration, scheduleId } from './rows.ts';
import { durationText, momentText, shiftText } from './times-text.ts';
import type { PlanView } from './view.ts';
import { counted } from './words.ts';

/** What a reader saw; small enough to be kept between visits. */
export interface Look {
  /** Server clock, milliseconds. */
  readonly at: number;
  readonly rev: number;
  readonly iteration: string;
  readonly done: number;
  readonly blocked: number;
  /** Minutes; null: nothing is scheduled. */
  readonly forecastEnd: number | null;
  /** Minutes; null: nothing is scheduled. Absent where an older page kept the look. */
  readonly plannedEnd?: number | null;
}

export interface LookInput {
  readonly view: PlanView;
  readonly iteration: Iteration | null;
  readonly standing: Standing | null;
  readonly now: number;
}

export function lookAt({ view, iteration, standing, now }: LookInput): Look {
  let done = 0;
  let blocked = 0;
  let plannedEnd = Number.NEGATIVE_INFINITY;
  for (const { iteration_id, status, planned_end } of view.base.chapter_schedules.values()) {
    if (iteration_id !== iteration?.id) continue;
    if (status === 'done') done += 1;
    if (status === 'blocked') blocked += 1;
    plannedEnd = Math.max(plannedEnd, planned_end);
  }
  return {
    at: now,
    rev: view.rev,
    iteration: iteration?.id ?? '',
    done,
    blocked,
    forecastEnd: standing?.forecastEnd ?? null,
    plannedEnd: Number.isFinite(plannedEnd) ? plannedEnd : null,
  };
}

/** Of one iteration, those that others changed after this rev: by themselves, or by their times there. */
export function chaptersChanged(view: PlanView, rev: number, iteration: string): number {
  const isNews = newsSince(view, rev);
  const { chapters, chapter_schedules } = view.base;
  let count = 0;
  for (const chapter of chapters.values()) {
    const schedule = chapter_schedules.get(scheduleId(iteration, chapter.id));
    if (isNews(chapter) || (schedule !== undefined && isNews(schedule))) count += 1;
  }
  return count;
}

/** Null: nobody else changed anything, or this device knows of no look before. */
export function digestText(view: PlanView, before: Look | null, after: Look): string | null {
  if (before === null || view.rev <= before.rev) return null;
  const others = view.events.filter(({ rev, actor }) => rev > before.rev && actor !== view.user.key);
  const changes = new Set(others.map(({ rev }) => rev)).size;
  const chapters = chaptersChanged(view, before.rev, after.iteration);
  if (changes + chapters === 0) return null;
  const people = [...new Set(others.map(({ actor_name }) => actor_name))];
  // The view knows the newest events only: where the oldest of them is still news, there may be more.
  const isCut = others.length === view.events.length && (view.events.at(-1)?.rev ?? 0) > before.rev + 1;
  const count = `${isCut ? 'at least ' : ''}${counted(changes, 'change')}`;
  // Of what came as a whole snapshot there are no events.
  const words = changes === 0 ? [] : [`${count} by ${people.length === 1 ? people[0] : `${people.length} people`}`];
  if (chapters > 0) words.push(`${counted(chapters, 'chapter')} changed here`);
  if (before.iteration === after.iteration) {
    const [done, blocked] = [after.done - before.done, after.blocked - before.blocked];
    if (done > 0) words.push(`${done} more done`);
    if (blocked !== 0) words.push(blocked > 0 ? `${blocked} more blocked` : `${-blocked} blocked no more`);
    words.push(...shiftWords('planned end', before.plannedEnd, after.plannedEnd));
    words.push(...shiftWords('forecast end', before.forecastEnd, after.forecastEnd));
  }
  const zone = zoneOf(view);
  const away = durationText(Math.max(0, Math.round((after.at - before.at) / 60_000)));
  return `Since you last looked, ${momentText(zone, before.at)} (${away} ago): ${words.join(' · ')}.`;
}

function shiftWords(what: string, before: number | null | undefined, after: number | null | undefined): string[] {
  const shift = (after ?? 0) - (before ?? 0);
  return before == null || after == null || shift === 0 ? [] : [`${what} ${shiftText(shift)}`];
}
