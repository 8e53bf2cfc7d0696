/** The words of the status chip: what is safe, what is not, and what the reader can do about it. Pure. */
import { ownDecisions } from '../../store/conflict-chains.ts';
import { recentText } from '../../store/times-text.ts';
import type { Condition, PlanView, SyncState } from '../../store/view.ts';
import { counted } from '../../store/words.ts';

export type ChipAction = 'retry' | 'sign-in' | 'reload' | 'download' | 'conflicts';
export type Tone = 'calm' | 'kept' | 'attention' | 'danger';

export interface ChipModel {
  readonly words: string;
  readonly tone: Tone;
  /** One or two sentences: what it means. */
  readonly meaning: string;
  readonly actions: readonly ChipAction[];
  /** Decisions and refusals that wait for this reader. */
  readonly needed: number;
}

export interface ChipContext {
  /** The plan's. */
  readonly zone: string;
  /** Edits that the browser could not keep; notices hold them. */
  readonly notKept: number;
  /** The device's clock, milliseconds. */
  readonly now: number;
}

export function chipModel(view: PlanView, sync: SyncState, context: ChipContext): ChipModel {
  const { notKept } = context;
  const [kept, keeping] = [keptIn(view), view.queue.length - keptIn(view)];
  const needed = needingReader(view);
  const parts = [CONDITION_WORDS[sync.condition]].filter((words) => words !== '');
  if (sync.condition === 'offline') parts[0] = `Offline since ${sinceText(sync, context)}`;
  const lost = notKept + (sync.condition === 'storage' ? view.queue.length : 0);
  if (sync.keepsOn === 'page') parts.push(CONDITION_WORDS.storage);
  if (sync.condition !== 'storage' && kept > 0) parts.push(`${kept} ${KEPT_WORDS[sync.keepsOn]}`);
  if (lost > 0) parts.push(`${lost} not kept`);
  if (sync.condition !== 'storage' && keeping > 0) parts.push(`keeping ${keeping}`);
  if (needed > 0) parts.push(`${counted(needed, 'needs', 'need')} you`);
  return {
    words: parts.length === 0 ? 'Saved' : parts.join(' · '),
    tone: lost > 0 ? 'danger' : toneOf(sync, view.queue.length, needed),
    meaning: meaningOf(view, sync, context),
    needed,
    actions: [
      ...(needed > view.refused.length ? (['conflicts'] as const) : []),
      ...ACTIONS[sync.condition],
      ...(kept > 0 || lost > 0 || view.refused.length > 0 ? (['download'] as const) : []),
    ],
  };
}

/** Decisions on the reader's own edits, and refusals that the reader has not seen. */
const needingReader = (view: PlanView) => view.refused.length + ownDecisions(view);

const CONDITION_WORDS: { readonly [C in Condition]: string } = {
  starting: 'Connecting',
  online: '',
  offline: 'Offline',
  'signed-out': 'Signed out',
  'wrong-user': 'Somebody else is signed in',
  forbidden: 'No access',
  'too-old': 'Reload needed',
  looping: 'Paused',
  storage: 'Nothing is kept on this device',
};

const KEPT_WORDS = { device: 'kept on this device', page: 'only in this page' } as const;

const ACTIONS: { readonly [C in Condition]: readonly ChipAction[] } = {
  starting: ['retry'],
  online: [],
  offline: ['retry'],
  'signed-out': ['sign-in', 'retry'],
  'wrong-user': ['reload'],
  forbidden: ['retry'],
  'too-old': ['reload'],
  looping: ['retry', 'reload'],
  storage: ['reload'],
};

function toneOf({ condition, keepsOn }: SyncState, kept: number, needed: number): Tone {
  if (condition === 'forbidden' || condition === 'wrong-user' || condition === 'storage') return 'danger';
  if (condition === 'signed-out' || condition === 'too-old' || condition === 'looping' || needed > 0)
    return 'attention';
  if (keepsOn === 'page') return 'attention';
  return condition === 'offline' || condition === 'starting' || kept > 0 ? 'kept' : 'calm';
}

/** What is not durable yet is not said to be kept: a crash in the next millisecond would make it a lie. */
function keptIn({ queue }: PlanView): number {
  return queue.filter(({ isKept }) => isKept).length;
}

function meaningOf(view: PlanView, sync: SyncState, context: ChipContext): string {
  const { condition, detail, keepsOn } = sync;
  const { notKept } = context;
  const kept = keptIn(view);
  const edits = counted(kept, 'edit is', 'edits are');
  const safe = kept > 0 ? ` ${edits} ${KEPT_WORDS[keepsOn]} and will be sent then.` : '';
  const refused = view.refused.length > 0 ? REFUSED : null;
  const more = [detail, keepsOn === 'page' ? PAGE_ONLY : null, notKept > 0 ? NOT_KEPT : null, refused]
    .map((sentence) => (sentence === null ? '' : ` ${sentence}`))
    .join('');
  switch (condition) {
    case 'starting':
      return `Waiting for the server’s first answer.${view.rev === 0 ? '' : ' You can edit already.'}${safe}`;
    case 'online':
      if (kept > 0) return `${edits} ${KEPT_WORDS[keepsOn]} and on the way to the server.${more}`;
      return `${notKept > 0 || refused !== null ? 'Everything else that you typed' : 'Everything you typed'} is on the server.${more}`;
    case 'offline':
      return `The server has not answered since ${sinceText(sync, context)}. Keep working: edits go out when it does.${safe}${more}`;
    case 'signed-out':
      return `Your session ended. Sign in again in a new tab and come back.${safe}${more}`;
    case 'wrong-user':
      return `The browser is now signed in as somebody else than ${view.user.name}. Nothing is sent in the wrong name.${more}`;
    case 'forbidden':
      return `You may no longer read this plan. Ask a lead; download what waits here if you need it.${more}`;
    case 'too-old':
      return `Another version of Macroplan is on the server. Reload; what waits here stays.${safe}${more}`;
    case 'looping':
      return `The exchange with the server leads nowhere. Try again, or reload.${safe}${more}`;
    case 'storage':
      return `The browser cannot keep what you type. Reload, or free space, before you go on.${more}`;
  }
}

const PAGE_ONLY =
  'This browser keeps nothing for Macroplan: its storage is switched off or broken. What waits is lost when this page closes.';
const REFUSED = 'What the server refused changed nothing; the notices above say why.';
const NOT_KEPT = 'What could not be kept is in the notices above; try again there, or download it.';

/** By the server's clock, with the day where it is another one by now: a laptop may have slept for nights. */
function sinceText({ since, clockOffset }: SyncState, { zone, now }: ChipContext): string {
  return recentText(zone, since + clockOffset, now + clockOffset);
}
