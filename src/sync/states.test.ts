/**
 * Every state and everything that can happen in it, through the scheduler: a page is brought into the state, the event
 * happens, and the state that follows and the next exchange are what this table says. The table here is written by hand
 * beside the one in `states.ts`, so that each cell is decided twice.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { StorageError } from '../store/errors.ts';
import type { Condition } from '../store/view.ts';
import { freshDisk } from '../testing/open-replica.ts';
import { CALM, PollingPage, START_MS } from '../testing/polling-page.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { SyncError, type SyncErrorKind } from './errors.ts';
import type { Exchanged } from './exchange.ts';
import { FAILURES, type SyncEvent } from './states.ts';

beforeEach(freshDisk);

const STATES = [
  'starting',
  'online',
  'offline',
  'signed-out',
  'wrong-user',
  'forbidden',
  'too-old',
  'looping',
  'storage',
] as const satisfies readonly Condition[];

const WISHES: readonly SyncEvent[] = ['edit', 'attention', 'asked', 'hidden'];

/** A condition that is missing above is an error here. */
const isEveryState: Exclude<Condition, (typeof STATES)[number]> extends never ? true : false = true;

const THEN_WORDS = {
  now: 'exchanges at once',
  soon: 'exchanges within a second',
  poll: 'exchanges after the usual interval',
  retry: 'tries again after a pause',
  slow: 'looks again in half a minute',
  wait: 'waits as before',
} as const;
type Then = keyof typeof THEN_WORDS;

const CHANCE = 0.9;
const POLL_S = 7 * (0.85 + 0.3 * CHANCE);

/** `online poll`: that state follows, and then that action; `= slow`: the same state. One column or one for each state. */
const CELLS: { readonly [E in SyncEvent]: string } = {
  answer: 'online poll',
  more: 'online now',
  //          starting     online       offline      signed-out   wrong-user   forbidden    too-old      looping  storage
  still:
    '    online soon| online soon| online soon| online soon| online soon| online soon| online soon| = slow | online soon',
  reset:
    '    = now      | = now      | = now      | = now      | = now      | = now      | = now      | = slow | = now',
  'no-answer':
    'offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|= slow|= slow',
  'timed-out':
    'offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|= slow|= slow',
  unreadable:
    ' offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|= slow|= slow',
  busy: '       offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|= slow|= slow',
  failed:
    '     offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|= slow|= slow',
  bug: '        offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|offline retry|= slow|= slow',
  'signed-out': 'signed-out slow',
  'web-page': 'signed-out slow',
  'wrong-user': 'wrong-user slow',
  forbidden: 'forbidden slow',
  withdrawn: 'forbidden slow',
  'too-old': 'too-old slow',
  'server-too-old': 'too-old slow',
  storage: 'storage slow',
  loop: 'looping slow',
  edit: '     = now  | = now  | = soon | = wait | = wait | = wait | = wait | = wait | = now',
  attention: '= soon | = soon | = soon | = soon | = soon | = soon | = soon | = wait | = soon',
  asked: '    = now  | = now  | = now  | = now  | = now  | = now  | = now  | starting now | = now',
  hidden: '   = wait | = wait | = wait | = wait | = wait | = wait | = wait | = wait | = wait',
};

const outcomes: { readonly [E in SyncEvent]?: Exchanged | Error } = {
  answer: CALM,
  more: { ...CALM, isMoreToDo: true },
  still: { ...CALM, progress: 'still' },
  reset: { ...CALM, progress: 'reset' },
  storage: new StorageError('The disk is full.'),
  bug: new TypeError('undefined is not a plan'),
};

/** A page whose exchanges end when and how the test says. */
class Page {
  readonly tab: PollingPage;
  #end: ((outcome: Exchanged | Error) => void) | null = null;

  constructor(tab: PollingPage) {
    this.tab = tab;
    tab.exchange = () =>
      new Promise((resolve, reject) => {
        this.#end = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
      });
  }

  get isExchanging(): boolean {
    return this.#end !== null;
  }

  get condition(): Condition {
    return this.tab.replica.syncState().condition;
  }

  /** Seconds until the next exchange begins. */
  async next(): Promise<number> {
    const from = this.tab.time.clock();
    await this.tab.time.pass(0);
    while (!this.isExchanging) await this.tab.time.pass(Math.min(...this.tab.time.armed));
    return (this.tab.time.clock() - from) / 1000;
  }

  async end(outcome: Exchanged | Error): Promise<void> {
    await this.next();
    this.#end?.(outcome);
    this.#end = null;
    await this.tab.time.pass(0);
  }

  async happens(event: SyncEvent): Promise<void> {
    if (event === 'edit') await this.tab.slip();
    else if (event === 'asked') this.tab.replica.requestSync();
    else if (event === 'attention' || event === 'hidden') this.tab.signal(event);
    else if (event !== 'loop') await this.end(outcomes[event] ?? new SyncError(event as SyncErrorKind));
    else while (this.condition !== 'looping' || !this.tab.starts.length) await this.end(RESET);
  }
}

const RESET: Exchanged = { ...CALM, progress: 'reset' };

async function pageIn(state: Condition, event: SyncEvent): Promise<Page> {
  const time = new VirtualTime(START_MS);
  const page = new Page(await PollingPage.first(async () => CALM, { time, random: CHANCE }));
  await page.next();
  if (state === 'starting') return page;
  const into = { online: 'answer', offline: 'no-answer', looping: 'loop' } as const;
  await page.happens(state in into ? into[state as keyof typeof into] : (state as SyncEvent));
  // A minute later, so that one more reset is not at once one too many.
  if (state === 'looping' && event !== 'loop') {
    await page.end(new SyncError('no-answer'));
    await page.end(new SyncError('no-answer'));
  }
  expect(page.condition).toBe(state);
  page.tab.starts.length = 0;
  return page;
}

/** Seconds from the event to the next exchange. */
function secondsOf(then: Then, state: Condition): number {
  switch (then) {
    case 'now':
      return 0;
    case 'soon':
      return 1;
    case 'poll':
      return POLL_S;
    case 'retry':
      return state === 'starting' || state === 'online' ? 2 * CHANCE : 4 * CHANCE;
    case 'slow':
      return 30;
    case 'wait':
      return state === 'online' ? POLL_S : state === 'offline' ? 2 * CHANCE : 30;
  }
}

test('every state is here', () => expect(isEveryState).toBe(true));

describe.each(STATES)('%s', (state) => {
  const column = STATES.indexOf(state);
  const rows = Object.entries(CELLS).map(([event, text]) => {
    const cells = text.split('|').map((cell) => cell.trim());
    const [to = '', then = ''] = (cells.length === 1 ? cells[0] : cells[column])?.split(' ') ?? [];
    const follows = (to === '=' ? state : to) as Condition;
    return { event: event as SyncEvent, follows, action: then as Then, words: THEN_WORDS[then as Then] };
  });

  test.each(rows)('after “$event” it is $follows and $words', async ({ event, follows, action }) => {
    const page = await pageIn(state, event);
    await page.happens(event);
    expect(page.condition).toBe(follows);
    if (event in FAILURES) {
      const said = event === 'storage' ? 'The disk is full.' : FAILURES[event as keyof typeof FAILURES];
      expect(page.tab.replica.syncState().detail).toBe(said);
    }
    if (state === 'starting' && WISHES.includes(event)) {
      // The first exchange is still under way; what is wished for follows it.
      await page.end(CALM);
      expect(await page.next()).toBeCloseTo(action === 'wait' ? POLL_S : 0, 1);
    } else expect(await page.next()).toBeCloseTo(secondsOf(action, state), 1);
  });
});
