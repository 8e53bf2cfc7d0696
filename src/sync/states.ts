/**
 * Every state of the exchange and everything that can happen in it: which state follows, what is done next, and the
 * sentence that people read. The scheduler does what this table says and nothing else.
 */
import type { Condition } from '../store/view.ts';

/** What came of an exchange that brought no answer, with its sentence where the server sent none. */
export const FAILURES = {
  'no-answer': 'The server cannot be reached.',
  'timed-out': 'The server did not answer in time.',
  unreadable: 'The answer of the server could not be read.',
  busy: 'The server is busy.',
  failed: 'The server met an error.',
  'signed-out': 'You are signed out.',
  'web-page': 'A web page came instead of an answer: you are signed out, or this network asks you to sign in.',
  'wrong-user': 'Somebody else is signed in on this browser.',
  forbidden: 'The server refused the request.',
  withdrawn: 'You may not read this plan any more.',
  'too-old': 'This page is too old for the server.',
  'server-too-old': 'This page is newer than the server.',
  storage: 'This browser cannot keep data.',
  loop: 'The server gives the same answer again and again, so this page stopped asking (code: loop).',
  bug: 'This page met an error of its own (code: bug).',
} as const;

export type Failure = keyof typeof FAILURES;

/**
 * `answer`: a good one. `more`: and there is more to send. `still`: its content changed nothing here.
 * `reset`: a snapshot replaced base, or the edits of this device were renumbered.
 */
export type Answer = 'answer' | 'more' | 'still' | 'reset';

/** `attention`: the page is looked at again, or the network seems back. `asked`: a person pressed "Try now". */
export type Wish = 'edit' | 'attention' | 'asked' | 'hidden';

export type SyncEvent = Failure | Answer | Wish;

/**
 * - `now`: exchange at once. `soon`: at once, but not twice within a second. `poll`: after the usual interval.
 * - `retry`: after a pause that grows. `slow`: twice a minute, because only somebody else can end this state.
 * - `wait`: leave the timer as it is.
 */
export type Action = 'now' | 'soon' | 'poll' | 'retry' | 'slow' | 'wait';

/** The state that follows, null for the same, and what is done next. */
export type Cell = readonly [Condition | null, Action];

const ANYWHERE: { readonly [E in SyncEvent]: Cell } = {
  answer: ['online', 'poll'],
  more: ['online', 'now'],
  still: ['online', 'soon'],
  reset: [null, 'now'],
  'no-answer': ['offline', 'retry'],
  'timed-out': ['offline', 'retry'],
  unreadable: ['offline', 'retry'],
  busy: ['offline', 'retry'],
  failed: ['offline', 'retry'],
  bug: ['offline', 'retry'],
  'signed-out': ['signed-out', 'slow'],
  'web-page': ['signed-out', 'slow'],
  'wrong-user': ['wrong-user', 'slow'],
  forbidden: ['forbidden', 'slow'],
  withdrawn: ['forbidden', 'slow'],
  'too-old': ['too-old', 'slow'],
  'server-too-old': ['too-old', 'slow'],
  storage: ['storage', 'slow'],
  loop: ['looping', 'slow'],
  edit: [null, 'now'],
  attention: [null, 'soon'],
  asked: [null, 'now'],
  hidden: [null, 'wait'],
};

type Exceptions = { readonly [E in SyncEvent]?: Cell };

/** An edit cannot end these states, so it asks nothing of the server. */
const WAITING: Exceptions = { edit: [null, 'wait'] };

const SLOWLY: Cell = [null, 'slow'];

/** Where something matters more than that nobody answers. */
const UNHEARD: Exceptions = {
  'no-answer': SLOWLY,
  'timed-out': SLOWLY,
  unreadable: SLOWLY,
  busy: SLOWLY,
  failed: SLOWLY,
  bug: SLOWLY,
};

const EXCEPTIONS: { readonly [C in Condition]: Exceptions } = {
  starting: {},
  online: {},
  offline: { edit: [null, 'soon'] },
  'signed-out': WAITING,
  'wrong-user': WAITING,
  forbidden: WAITING,
  'too-old': WAITING,
  // That nothing is kept matters more than that nobody answers. An edit that was kept is a reason to look again.
  storage: UNHEARD,
  // Out of it by an answer that brings no reset, or by a person, who gets a fresh start.
  looping: {
    ...WAITING,
    attention: [null, 'wait'],
    asked: ['starting', 'now'],
    still: SLOWLY,
    reset: SLOWLY,
    ...UNHEARD,
  },
};

export interface Verdict {
  readonly condition: Condition;
  readonly action: Action;
}

export function judge(condition: Condition, event: SyncEvent): Verdict {
  const [next, action] = EXCEPTIONS[condition][event] ?? ANYWHERE[event];
  return { condition: next ?? condition, action };
}
