/**
 * When the demo plan's iterations take place, seen from `now`: three rehearsals over, one in the middle of its second
 * weekend, two dress rehearsals and the cutover ahead, whose second weekend holds the next change of the clocks that is
 * at least eight weeks away. Local times are those of the plan's zone.
 */
import { clockMinutes, localOf, offsetAt, toInstant, toLocal } from '../../src/store/zone.ts';
import type { PhaseLetter } from './cast.ts';

export const PLAN_ZONE = 'Europe/Zurich';

export interface Frame {
  readonly code: string;
  readonly name: string;
  readonly kind: 'RUN' | 'DR' | 'CUTOVER';
  readonly stage: 'done' | 'live' | 'planned';
  readonly rollback_minutes: number;
  /** Planners' estimates as a part of the last one: rehearsals teach. */
  readonly estimate: number;
  readonly window_start: number;
  readonly window_end: number;
  /** The instant at which a day of a phase begins. */
  readonly dayStart: (phase: PhaseLetter, day: number) => number;
}

/** `now` in minutes since 1970. */
export function calendar(now: number): readonly Frame[] {
  const live = midnight(now) - daysToLive(now) * DAY;
  const cutover = fridayBeforeClockChange(now + 8 * WEEK);
  const between = cutover - midnight(now) >= 12 * WEEK ? 4 * WEEK : 2 * WEEK;
  return [
    week({ code: 'RUN0', name: 'First rehearsal run', stage: 'done', estimate: 0.8 }, mondayBefore(live - 9 * WEEK)),
    week({ code: 'RUN1', name: 'Second rehearsal run', stage: 'done', estimate: 0.9 }, mondayBefore(live - 6 * WEEK)),
    week({ code: 'RUN2', name: 'Third rehearsal run', stage: 'done', estimate: 1 }, mondayBefore(live - 3 * WEEK)),
    week({ code: 'RUN3', name: 'Last rehearsal run', stage: 'live', estimate: 1 }, live),
    weekends({ code: 'DR1', name: 'First dress rehearsal', kind: 'DR' }, cutover - 4 * WEEK - between),
    weekends({ code: 'DR2', name: 'Second dress rehearsal', kind: 'DR' }, cutover - 4 * WEEK),
    weekends({ code: 'CUTOVER', name: 'Cutover over two weekends', kind: 'CUTOVER' }, cutover),
  ];
}

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Days are counted on the local clock (`clockMinutes`), where every one of them has 24 hours. */
function midnight(now: number): number {
  return Math.floor(clockMinutes(toLocal(PLAN_ZONE, now)) / DAY) * DAY;
}

/** The live run began so many days ago that its second weekend is in full swing at any time of day. */
function daysToLive(now: number): number {
  const sinceMidnight = clockMinutes(toLocal(PLAN_ZONE, now)) - midnight(now);
  return sinceMidnight >= 160 ? 4 : 5;
}

function mondayBefore(day: number): number {
  // 1 January 1970 was a Thursday.
  return day - (Math.floor(day / DAY + 3) % 7) * DAY;
}

function fridayBeforeClockChange(earliest: number): number {
  let instant = earliest;
  while (offsetAt(PLAN_ZONE, instant) === offsetAt(PLAN_ZONE, instant + DAY)) instant += DAY;
  const sunday = midnight(instant + DAY);
  return sunday - ((Math.floor(sunday / DAY + 3) % 7) - 4) * DAY;
}

type Moment = readonly [day: number, hour: number];

interface Shape {
  readonly phases: { readonly [P in PhaseLetter]: Moment };
  readonly end: Moment;
  /** Whether the days within a phase are used; else all of it happens on the first. */
  readonly daysCount: 0 | 1;
}

/** Everything within one week, counted from its first day. */
const ONE_WEEK: Shape = {
  phases: { A: [0, 8], C: [0, 18], E: [3, 8], G: [3, 20], I: [6, 8] },
  end: [6, 22],
  daysCount: 0,
};

/** Counted from the Friday of the second weekend. */
const TWO_WEEKENDS: Shape = {
  phases: { A: [-9, 8], C: [-7, 18], E: [-4, 8], G: [0, 18], I: [3, 8] },
  end: [6, 18],
  daysCount: 1,
};

function week(head: Pick<Frame, 'code' | 'name' | 'stage' | 'estimate'>, origin: number): Frame {
  return { ...head, kind: 'RUN', rollback_minutes: 360, ...placed(ONE_WEEK, origin) };
}

function weekends(head: Pick<Frame, 'code' | 'name' | 'kind'>, origin: number): Frame {
  return { ...head, stage: 'planned', estimate: 1, rollback_minutes: 600, ...placed(TWO_WEEKENDS, origin) };
}

function placed(shape: Shape, origin: number): Pick<Frame, 'window_start' | 'window_end' | 'dayStart'> {
  const at = ([day, hour]: Moment) => instantOf(origin + day * DAY + hour * HOUR);
  return {
    window_start: at(shape.phases.A),
    window_end: at(shape.end),
    dayStart: (phase, day) => {
      const [first, hour] = shape.phases[phase];
      return at([first + day * shape.daysCount, hour]);
    },
  };
}

/** No phase begins at night, so no clock is ever changed at such a time. */
function instantOf(clock: number): number {
  const zoned = toInstant(PLAN_ZONE, localOf(clock));
  if (zoned.kind !== 'ok') throw new Error('a phase begins while the clocks change');
  return zoned.instant;
}
