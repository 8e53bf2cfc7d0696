/**
 * The network of a plan: what must wait for what, and how far each activity can slip. The critical path method of
 * Kelley & Walker ("Critical-Path Planning and Scheduling", 1959) on a precedence diagram with start-to-start and
 * finish-to-finish links and lags (Fondahl 1961; Moder, Phillips & Davis, "Project Management with CPM, PERT and
 * Precedence Diagramming", 1983): a forward pass for the earliest times, a backward pass for the latest. Durations are
 * fixed and activities run without a pause, so every link is a least distance between two starts. Pure; two visits of
 * each activity and link.
 *
 * Instants and lengths are whole minutes. Results are arrays in the order of `activities`.
 */
import { chainsOf } from './order.ts';

export interface Activity {
  readonly id: string;
  /** 0 for a moment. */
  readonly duration: number;
  /** Starts then or later, for reasons outside the network. */
  readonly notBefore?: number | undefined;
  /** Has to start exactly then: it has no slack, and predecessors that miss it have negative slack. */
  readonly fixedStart?: number | undefined;
  /** Has started then: what it waited for binds nobody any more; its slack is what its end can slip. */
  readonly startedAt?: number | undefined;
  /** Has to end then or earlier, whatever the end of all; absent: by the end of all. It moves nothing and only takes slack. */
  readonly finishBy?: number | undefined;
}

/** The successor waits: `FS` for the predecessor's end, `SS` for its start, `FF` ends with it; each plus the lag. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: 'FS' | 'SS' | 'FF';
  /** Minutes, signed. */
  readonly lag: number;
}

export interface Network {
  readonly activities: readonly Activity[];
  /** Where each stands among them, by its id, where that is known already. */
  readonly index?: ReadonlyMap<string, number>;
  /** Links that name no activity of the network bind nobody. */
  readonly links: readonly Link[];
  /** Nothing starts earlier, unless its start is fixed or past. */
  readonly start: number;
  /** Everything has to end by then; null: by the earliest end of all. */
  readonly finish: number | null;
}

export interface Times {
  readonly kind: 'times';
  /** Where in the arrays an activity stands. */
  readonly index: ReadonlyMap<string, number>;
  readonly earliestStart: Float64Array;
  readonly earliestFinish: Float64Array;
  readonly latestStart: Float64Array;
  readonly latestFinish: Float64Array;
  /** How far it can slip before something has to end too late or a fixed start is missed; negative: it is too late now. */
  readonly totalSlack: Float64Array;
  /** How far it can slip before anything else has to move, or it has to end too late. */
  readonly freeSlack: Float64Array;
  /** 1 on a chain of links without play to what ends last: a slip moves the end of all, or a fixed start on the way. */
  readonly isCritical: Uint8Array;
  /** The earliest end of all. */
  readonly finish: number;
}

/** Activities that wait for each other, in order; the last one is waited for by the first. */
export interface Cycle {
  readonly kind: 'cycle';
  readonly ids: readonly string[];
}

export function networkTimes({ activities, index: known, links, start, finish }: Network): Times | Cycle {
  const chains = chainsOf(activities, links, known);
  if (chains.kind === 'cycle') return chains;
  const { order, index, first, to, distance } = chains;
  const hasStarted = Uint8Array.from(activities, ({ startedAt }) => (startedAt === undefined ? 0 : 1));
  const count = activities.length;
  const duration = Float64Array.from(activities, (activity) => activity.duration);
  const earliestStart = Float64Array.from(activities, ({ notBefore }) => Math.max(start, notBefore ?? start));
  for (const at of order) {
    const { startedAt, fixedStart } = activities[at] as Activity;
    const own = startedAt ?? fixedStart;
    if (own !== undefined) earliestStart[at] = own;
    for (let link = first[at] as number; link < (first[at + 1] as number); link += 1) {
      const next = to[link] as number;
      const pushed = (earliestStart[at] as number) + (distance[link] as number);
      if (pushed > (earliestStart[next] as number)) earliestStart[next] = pushed;
    }
  }
  const earliestFinish = earliestStart.map((from, at) => from + (duration[at] as number));
  const end = earliestFinish.reduce(
    (most, each) => Math.max(most, each),
    count === 0 ? start : Number.NEGATIVE_INFINITY,
  );

  // What an activity itself must keep: the end of all, its own deadline, and its fixed start. Links tighten it, from the last one back.
  const latestStart = duration.map((length, at) => {
    const { startedAt, fixedStart, finishBy } = activities[at] as Activity;
    const last = Math.min(finish ?? end, finishBy ?? Number.POSITIVE_INFINITY) - length;
    return fixedStart === undefined || startedAt !== undefined ? last : Math.min(fixedStart, last);
  });
  const freeSlack = latestStart.map((latest, at) => latest - (earliestStart[at] as number));
  const isCritical = new Uint8Array(count);
  for (let i = count - 1; i >= 0; i -= 1) {
    const at = order[i] as number;
    const from = earliestStart[at] as number;
    if (earliestFinish[at] === end) isCritical[at] = 1;
    for (let link = first[at] as number; link < (first[at + 1] as number); link += 1) {
      const next = to[link] as number;
      if (hasStarted[next] === 1) continue;
      const least = distance[link] as number;
      const play = (earliestStart[next] as number) - from - least;
      if (play <= 0 && isCritical[next] === 1) isCritical[at] = 1;
      if (play < (freeSlack[at] as number)) freeSlack[at] = play;
      const latest = (latestStart[next] as number) - least;
      if (latest < (latestStart[at] as number)) latestStart[at] = latest;
    }
  }
  return {
    kind: 'times',
    index,
    earliestStart,
    earliestFinish,
    latestStart,
    latestFinish: latestStart.map((from, at) => from + (duration[at] as number)),
    totalSlack: latestStart.map((latest, at) => latest - (earliestStart[at] as number)),
    freeSlack,
    isCritical,
    finish: end,
  };
}
