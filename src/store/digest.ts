/** What changed between two looks at an iteration, in one line for somebody who was away. Pure. */
import type { Standing } from './forecast/standing.ts';
import { zoneOf } from './plan-zone.ts';
import { durationText, momentText, shiftText } from './times-text.ts';
import type { PlanView } from './view.ts';

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
}

export interface LookInput {
  readonly view: PlanView;
  readonly iteration: string;
  readonly standing: Standing | null;
  readonly now: number;
}

export function lookAt({ view, iteration, standing, now }: LookInput): Look {
  let done = 0;
  let blocked = 0;
  for (const { iteration_id, status } of view.rows.chapter_schedules.values()) {
    if (iteration_id !== iteration) continue;
    if (status === 'done') done += 1;
    if (status === 'blocked') blocked += 1;
  }
  return { at: now, rev: view.rev, iteration, done, blocked, forecastEnd: standing?.forecastEnd ?? null };
}

/** Null: nobody else changed anything, or this device knows of no look before. */
export function digestText(view: PlanView, before: Look | null, after: Look): string | null {
  if (before === null || view.rev <= before.rev) return null;
  const others = view.events.filter(({ rev, actor }) => rev > before.rev && actor !== view.user.key);
  const changes = new Set(others.map(({ rev }) => rev)).size;
  if (changes === 0) return null;
  const people = [...new Set(others.map(({ actor_name }) => actor_name))];
  // The view knows the newest events only: where the oldest of them is still news, there may be more.
  const isCut = others.length === view.events.length && (view.events.at(-1)?.rev ?? 0) > before.rev + 1;
  const count = `${isCut ? 'at least ' : ''}${changes} ${changes === 1 ? 'change' : 'changes'}`;
  const words = [`${count} by ${people.length === 1 ? people[0] : `${people.length} people`}`];
  if (before.iteration === after.iteration) {
    const [done, blocked] = [after.done - before.done, after.blocked - before.blocked];
    if (done > 0) words.push(`${done} more done`);
    if (blocked !== 0) words.push(blocked > 0 ? `${blocked} more blocked` : `${-blocked} blocked no more`);
    const shift = (after.forecastEnd ?? 0) - (before.forecastEnd ?? 0);
    if (before.forecastEnd !== null && after.forecastEnd !== null && shift !== 0) {
      words.push(`forecast end ${shiftText(shift)}`);
    }
  }
  const zone = zoneOf(view);
  const away = durationText(Math.max(0, Math.round((after.at - before.at) / 60_000)));
  return `Since you last looked, ${momentText(zone, before.at)} (${away} ago): ${words.join(' · ')}.`;
}
