/**
 * The one scheduler: it owns all timers, decides when to exchange, and turns what came of it into a condition that
 * people can read. There is always exactly one armed timer or one exchange under way, so that nothing waits for ever.
 *
 *     starting ──answer──► online ──no answer──► offline ──answer──► online
 *         any ──401, redirect, a page──► signed-out ──answer──► online
 *         any ──another user──► wrong-user      any ──403, 404──► forbidden      any ──426──► too-old
 *         any ──storage failed──► storage
 */
import { StorageError } from '../store/errors.ts';
import type { Replica } from '../store/replica.ts';
import type { Condition } from '../store/view.ts';
import { SyncError } from './errors.ts';
import type { Exchange } from './exchange.ts';

const POLL_MS = 7_000;
const POLL_MS_MIN = 5_000;
const POLL_MS_MAX = 10_000;
const HIDDEN_POLL_MS = 60_000;
const RETRY_MS_FIRST = 1_000;
const RETRY_MS_MAX = 60_000;
/** Coming back to a page asks at once, but a flickering window must not become a storm. */
const NUDGE_GAP_MS = 1_000;
/** Another tab is exchanging; look again soon. */
const OTHER_TAB_MS = 1_000;
/** Conditions that only a person can end are looked at again now and then, in case they did so in another tab. */
const WAITING_FOR_PERSON_MS = 30_000;

export interface PollEnvironment {
  /** Device clock, milliseconds. */
  readonly clock: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly setTimer: (callback: () => void, ms: number) => number;
  readonly clearTimer: (timer: number) => void;
  readonly isHidden: () => boolean;
  /** Calls back when the page is looked at again or the network came back. Returns the unsubscribe. */
  readonly onAttention: (callback: () => void) => () => void;
  /** Told of an error that is neither the network's nor the storage's: a bug. Polling goes on all the same. */
  readonly report: (error: unknown) => void;
}

/** Starts exchanging at once and returns the stop. */
export function startPolling(replica: Replica, exchange: Exchange, environment: PollEnvironment): () => void {
  const { clock, random, setTimer, clearTimer, isHidden } = environment;
  let timer = 0;
  let isExchanging = false;
  let isWanted = false;
  let isStopped = false;
  let failures = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  let bestRoundTripMs = Number.POSITIVE_INFINITY;

  function arm(ms: number): void {
    clearTimer(timer);
    if (!isStopped) timer = setTimer(run, ms);
  }

  /** Something to send, or a person who wants to know: go now, or right after what is under way. */
  function want(gapMs = 0): void {
    if (isExchanging) isWanted = true;
    // Within the gap even where the device's clock jumped by days since.
    else arm(Math.min(gapMs, Math.max(0, startedAt + gapMs - clock())));
  }

  async function run(): Promise<void> {
    isExchanging = true;
    isWanted = false;
    startedAt = clock();
    const nextMs = await attempt();
    isExchanging = false;
    arm(isWanted && failures === 0 ? 0 : nextMs);
  }

  /** One exchange, told to the replica; returns the milliseconds to the next. */
  async function attempt(): Promise<number> {
    try {
      const exchanged = await exchange();
      if (exchanged === null) return OTHER_TAB_MS;
      const { isMoreToDo, pollAfterMs, serverNow, trouble } = exchanged;
      failures = 0;
      if (serverNow !== null) measureClock(serverNow);
      replica.setSyncState({ condition: 'online', freshAt: clock(), missedPolls: 0, detail: trouble });
      return isMoreToDo ? 0 : intervalMs(pollAfterMs ?? POLL_MS);
    } catch (error) {
      failures += 1;
      const condition = conditionOf(error);
      if (!(error instanceof SyncError || error instanceof StorageError)) environment.report(error);
      const missedPolls = replica.syncState().missedPolls + 1;
      replica.setSyncState({ condition, missedPolls, detail: (error as Error).message });
      if (condition !== 'offline') return WAITING_FOR_PERSON_MS;
      const asked = error instanceof SyncError ? (error.retryAfterMs ?? 0) : 0;
      return Math.max(asked, random() * Math.min(RETRY_MS_MAX, RETRY_MS_FIRST * 2 ** failures));
    }
  }

  function intervalMs(wishedMs: number): number {
    const ms = Math.min(POLL_MS_MAX, Math.max(POLL_MS_MIN, wishedMs)) * (0.85 + 0.3 * random());
    return isHidden() ? Math.max(HIDDEN_POLL_MS, ms) : ms;
  }

  /** The quickest round trip tells the server's clock best; for display only. */
  function measureClock(serverNow: number): void {
    const roundTripMs = clock() - startedAt;
    if (roundTripMs > bestRoundTripMs) return;
    bestRoundTripMs = roundTripMs;
    replica.setSyncState({ clockOffset: Math.round(serverNow - (startedAt + roundTripMs / 2)) });
  }

  const offWork = replica.onWork(want);
  const offAttention = environment.onAttention(() => want(NUDGE_GAP_MS));
  arm(0);
  return () => {
    isStopped = true;
    clearTimer(timer);
    offWork();
    offAttention();
  };
}

function conditionOf(error: unknown): Condition {
  if (error instanceof StorageError) return 'storage';
  if (error instanceof SyncError && error.kind !== 'transient') return error.kind;
  return 'offline';
}
