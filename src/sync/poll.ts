/**
 * The one scheduler: it owns all timers, decides when to exchange, and turns what came of it into a condition that
 * people can read, as `states.ts` says. In a tab that asks the server there is always a timer armed, also while an
 * exchange is under way, so that nothing waits for ever; the others ask the tab that leads, and go alone where it is
 * silent.
 */
import { StorageError } from '../store/errors.ts';
import type { Replica } from '../store/replica.ts';
import { SyncError } from './errors.ts';
import type { Exchange, Exchanged } from './exchange.ts';
import { LoopDetector } from './loop-detector.ts';
import { type Attention, leftMs, POLL_MS, pollMs, restMs, retryMs } from './pace.ts';
import { type Action, FAILURES, judge, type SyncEvent, type Wish } from './states.ts';
import { BEAT_MS, type OpenTabLink, Tabs } from './tabs.ts';

/** Coming back to a page asks at once, but a flickering window must not become a storm. */
const SOON_MS = 1_000;
const SLOW_MS = 30_000;
/** A leader that does not answer a nudge within this time is passed over. */
const NUDGE_MS = 3_000;
/** Longer than every timeout of one request, and than a snapshot takes on a slow link. */
const EXCHANGE_MS_MAX = 300_000;

/** What two measurements of the server's clock may differ by besides their ways: a date has whole seconds. */
const CLOCK_ERROR_MS = 1_000;
const NO_PAUSE = { ms: 0, since: 0 };

/** `away`: the page is left and may be kept for the way back. `back`: it was. */
export type PageSignal = 'attention' | 'hidden' | 'away' | 'back';

export interface PollEnvironment {
  /** Device clock, milliseconds. */
  readonly clock: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly setTimer: (callback: () => void, ms: number) => number;
  readonly clearTimer: (timer: number) => void;
  readonly attention: () => Attention;
  /** Calls back when something happens to the page. Returns the unsubscribe. */
  readonly onSignal: (callback: (signal: PageSignal) => void) => () => void;
  readonly openTabLink: OpenTabLink;
  /** Told of an error that is neither the network's nor the storage's: a bug. Polling goes on all the same. */
  readonly report: (error: unknown) => void;
}

/** Starts exchanging at once and returns the stop. */
export function startPolling(replica: Replica, exchange: Exchange, environment: PollEnvironment): () => void {
  const { clock, random, setTimer, clearTimer, attention } = environment;
  const loops = new LoopDetector();
  let timer = 0;
  let beatTimer = 0;
  /** Counts exchanges; the end of an earlier one that was given up comes too late to count. */
  let turn = 0;
  let isExchanging = false;
  let isWanted = false;
  let failures = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  let bestRoundTripMs = Number.POSITIVE_INFINITY;
  /** The server asked for a pause. */
  let pause = NO_PAUSE;

  const isHidden = () => attention() === 'hidden';
  const tabs = new Tabs(replica, environment.openTabLink, {
    isHidden,
    onRole: (role) => (role === 'follower' ? rest() : arm(0)),
    onBeat: rest,
    onNudge: wish,
    onFailure: (error) => tell(eventOf(error), error),
  });

  function arm(ms: number): void {
    if (isExchanging) return;
    clearTimer(timer);
    timer = setTimer(run, ms);
  }

  /** Another tab does it. */
  function rest(): void {
    if (!isExchanging) clearTimer(timer);
  }

  function wish(wished: Wish): void {
    if (tabs.role === 'follower') {
      if (wished === 'hidden' || isHidden()) return;
      tabs.nudge(wished);
      arm(NUDGE_MS);
      return;
    }
    if (wished === 'hidden') tabs.beat();
    if (wished === 'asked') {
      loops.forget();
      pause = NO_PAUSE;
    }
    const action = tell(wished);
    if (action === 'wait') return;
    if (isExchanging) isWanted = true;
    else arm(delayMs(action));
  }

  async function run(): Promise<void> {
    turn += 1;
    const mine = turn;
    isWanted = false;
    startedAt = clock();
    clearTimer(timer);
    timer = setTimer(() => conclude(mine, new SyncError('timed-out')), EXCHANGE_MS_MAX);
    isExchanging = true;
    conclude(mine, await attempt());
  }

  /** Whatever came of one exchange, as a value. */
  async function attempt(): Promise<Exchanged | Error> {
    try {
      // A poll that brings nothing new touches no disk, and would hide that the disk is gone.
      if (replica.syncState().condition === 'storage') await replica.refresh();
      return await exchange();
    } catch (error) {
      return error as Error;
    }
  }

  function conclude(mine: number, result: Exchanged | Error): void {
    if (mine !== turn || !isExchanging) return;
    isExchanging = false;
    let nextMs: number;
    if (result instanceof Error) {
      failures += 1;
      if (result instanceof SyncError) pause = { ms: restMs(result.retryAfterMs, random()), since: clock() };
      nextMs = delayMs(tell(eventOf(result), result));
    } else {
      failures = 0;
      pause = NO_PAUSE;
      nextMs = concludeAnswer(result);
    }
    tabs.beat();
    clearTimer(timer);
    // A tab that went alone has done what it came for, or tries again with pauses until somebody leads.
    if (tabs.role !== 'follower' || replica.queue.length > 0) arm(isWanted && failures === 0 ? 0 : nextMs);
  }

  function concludeAnswer({ isMoreToDo, progress, pollAfterMs, serverNow, trouble }: Exchanged): number {
    if (serverNow !== null) measureClock(serverNow);
    if (loops.sees(progress, clock())) return delayMs(tell('loop'));
    const action = tell(progress !== 'some' ? progress : isMoreToDo ? 'more' : 'answer');
    // After a reset it is the next answer that tells how things stand.
    if (progress !== 'reset' && replica.syncState().condition === 'online') {
      replica.setSyncState({ freshAt: clock(), missedPolls: 0, detail: trouble });
    }
    return delayMs(action, pollAfterMs ?? POLL_MS);
  }

  /** Tells the replica what happened, and returns what to do next. */
  function tell(event: SyncEvent, error?: unknown): Action {
    const before = replica.syncState();
    const { condition, action } = judge(before.condition, event);
    if (event in FAILURES) {
      const isOwn = error instanceof SyncError || error instanceof StorageError;
      if (error && !isOwn) environment.report(error);
      const detail = isOwn ? error.message : FAILURES[event as keyof typeof FAILURES];
      replica.setSyncState({ condition, missedPolls: before.missedPolls + 1, detail });
    } else if (condition !== before.condition) replica.setSyncState({ condition });
    return action;
  }

  function delayMs(action: Action, wishedMs = POLL_MS): number {
    const pauseMs = leftMs(pause.ms, pause.since, clock());
    // Where tabs cannot agree on one that asks, each asks half as often.
    const tabsFactor = tabs.role === 'alone' ? 2 : 1;
    const ms = {
      now: 0,
      soon: leftMs(SOON_MS, startedAt, clock()),
      poll: pollMs(wishedMs, attention(), random()) * tabsFactor,
      retry: retryMs(failures, random()),
      slow: SLOW_MS,
      wait: 0,
    }[action];
    return Math.max(pauseMs, ms);
  }

  /** The quickest round trip tells the server's clock best, while the device's clock runs on; for display only. */
  function measureClock(serverNow: number): void {
    const roundTripMs = clock() - startedAt;
    const clockOffset = Math.round(serverNow - (startedAt + roundTripMs / 2));
    const error = Math.abs(clockOffset - replica.syncState().clockOffset);
    // More than both could be wrong by: somebody, or waking from sleep, has set the clock meanwhile.
    const isSetAnew = error > (roundTripMs + bestRoundTripMs) / 2 + CLOCK_ERROR_MS;
    // Or was setting it while the answer was on its way.
    if (roundTripMs < 0 || (roundTripMs > bestRoundTripMs && !isSetAnew)) return;
    bestRoundTripMs = roundTripMs;
    replica.learnClock(clockOffset).catch((error: Error) => tell(eventOf(error), error));
  }

  function beat(): void {
    tabs.tick();
    clearTimer(beatTimer);
    beatTimer = setTimer(beat, BEAT_MS);
  }

  function halt(): void {
    turn += 1;
    isExchanging = false;
    clearTimer(timer);
    clearTimer(beatTimer);
  }

  function onSignal(signal: PageSignal): void {
    if (signal === 'away') {
      tabs.leave();
      halt();
    } else if (signal === 'back') {
      tabs.join();
      beat();
      wish('attention');
    } else wish(signal);
  }

  function stop(): void {
    for (const off of offs) off();
    tabs.stop();
    halt();
  }

  const offs = [
    // The lead goes to a tab that can still do something with what it is told.
    replica.onEnding(stop),
    replica.onWork(() => wish('edit')),
    replica.onAsked(() => wish('asked')),
    environment.onSignal(onSignal),
  ];
  // Until it is known who leads.
  arm(NUDGE_MS);
  beatTimer = setTimer(beat, BEAT_MS);
  return stop;
}

function eventOf(error: unknown): SyncEvent {
  if (error instanceof StorageError) return 'storage';
  return error instanceof SyncError ? error.kind : 'bug';
}
