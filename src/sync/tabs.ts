/**
 * Several tabs of one user on one plan share a database. One of them, the leader, asks the server for all; it beats, so
 * that the others know that it lives and how it is doing, and takes their nudges. A tab that misses the beats takes the
 * lead by force. Correctness does not depend on any of it: a reply is installed only over the cursor it was asked from,
 * and the server answers a known edit with its stored receipt.
 */
import type { Replica } from '../store/replica.ts';
import type { SyncState } from '../store/view.ts';
import { POLL_MS } from './pace.ts';
import type { Wish } from './states.ts';

/** A change of these messages needs another channel and lock: tabs of an old and a new page do not understand each other. */
export const TABS_VERSION = 1;

export const BEAT_MS = 5_000;
/** A visible tab takes the lead after so many beats missed; a hidden one, whose timers may run once a minute, later. */
const BEATS_MISSED_MAX = 3;
const BEATS_MISSED_HIDDEN_MAX = 15;

export type TabMessage =
  /** What is stored changed. */
  | { readonly kind: 'stored' }
  /** To the leader: this is wanted; null: only tell how you are. */
  | { readonly kind: 'nudge'; readonly wish: Wish | null }
  /** From the leader. `stamp` tells what it has read; whoever has read something else missed a message. */
  | { readonly kind: 'beat'; readonly state: SyncState; readonly stamp: string; readonly isHidden: boolean };

/** - `alone`: tabs cannot agree here, so that each asks for itself. */
export type Role = 'leader' | 'follower' | 'alone';

/** The way to the other tabs: a channel that may lose messages, and a lock that one of them holds. */
export interface TabLink {
  post(message: TabMessage): void;
  /** Asks for the lead: when it is free, or by force. */
  lead(how: 'wait' | 'steal'): void;
  /** Gives up lead and channel, as a page must that may be kept for the way back; `join` begins anew. */
  leave(): void;
  join(): void;
}

export interface TabEvents {
  onMessage(message: TabMessage): void;
  /** Called when the role changes, and never inside a call of the link. */
  onRole(role: Role): void;
}

export type OpenTabLink = (events: TabEvents) => TabLink;

export interface TabsOptions {
  readonly isHidden: () => boolean;
  readonly onRole: (role: Role) => void;
  /** The leader lives and knows: what this tab was about to do by itself is done. */
  readonly onBeat: () => void;
  readonly onNudge: (wish: Wish) => void;
  /** What another tab stored could not be read. */
  readonly onFailure: (error: unknown) => void;
}

export class Tabs {
  role: Role = 'follower';
  readonly #replica: Replica;
  readonly #options: TabsOptions;
  readonly #link: TabLink;
  readonly #off: () => void;
  #beatsMissed = 0;
  #missedPolls = 0;
  #isLeaderHidden = false;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(replica: Replica, open: OpenTabLink, options: TabsOptions) {
    this.#replica = replica;
    this.#options = options;
    this.#link = open({ onMessage: (message) => this.#hear(message), onRole: (role) => this.#become(role) });
    this.#off = replica.onStored(() => this.#link.post({ kind: 'stored' }));
    this.join();
  }

  join(): void {
    this.#link.join();
    this.#link.lead('wait');
    this.#link.post({ kind: 'nudge', wish: null });
  }

  /** The page goes, perhaps to come back. */
  leave(): void {
    this.#link.leave();
    this.role = 'follower';
  }

  stop(): void {
    this.#off();
    this.leave();
  }

  /** Every `BEAT_MS`: the leader beats, the others count. */
  tick(): void {
    if (this.role === 'leader') this.beat();
    if (this.role !== 'follower') return;
    this.#beatsMissed += 1;
    // No news is no good news: it looks as old here as if this tab had asked in vain.
    const missedPolls = this.#missedPolls + Math.floor((this.#beatsMissed * BEAT_MS) / POLL_MS);
    if (this.#beatsMissed > 1) this.#replica.setSyncState({ missedPolls });
    const most = this.#options.isHidden() ? BEATS_MISSED_HIDDEN_MAX : BEATS_MISSED_MAX;
    if (this.#beatsMissed >= most) this.#link.lead('steal');
  }

  /** Tells the others that this tab leads, and how it is doing. */
  beat(): void {
    if (this.role !== 'leader') return;
    const state = this.#replica.syncState();
    this.#link.post({ kind: 'beat', state, stamp: this.#stamp(), isHidden: this.#options.isHidden() });
  }

  /** Asks the leader. A leader that nobody sees is slow, so a tab that is seen takes over from it. */
  nudge(wish: Wish): void {
    this.#link.post({ kind: 'nudge', wish });
    this.#takeOverFromHidden();
  }

  #become(role: Role): void {
    this.role = role;
    this.#beatsMissed = 0;
    if (role === 'follower') this.#link.lead('wait');
    this.beat();
    this.#options.onRole(role);
  }

  #hear(message: TabMessage): void {
    if (message.kind === 'stored') {
      this.#read(() => this.#replica.refresh());
    } else if (message.kind === 'nudge') {
      const { wish } = message;
      this.beat();
      if (wish && this.role === 'leader')
        this.#read(async () => {
          await this.#replica.refresh();
          this.#options.onNudge(wish);
        });
    } else if (this.role === 'follower') this.#follow(message);
  }

  #follow({ state, stamp, isHidden }: Extract<TabMessage, { kind: 'beat' }>): void {
    this.#beatsMissed = 0;
    this.#missedPolls = state.missedPolls;
    this.#isLeaderHidden = isHidden;
    this.#options.onBeat();
    this.#takeOverFromHidden();
    this.#read(async () => {
      // Another tab's good news does not help a tab that cannot read its disk.
      const isDoubtful = this.#replica.syncState().condition === 'storage';
      if (stamp !== this.#stamp() || isDoubtful) await this.#replica.refresh();
      if (this.role !== 'follower') return;
      this.#replica.setSyncState(state);
      // Then the leader missed it: what waits here would never leave.
      if (stamp !== this.#stamp())
        this.#link.post(this.#replica.queue.length > 0 ? { kind: 'nudge', wish: 'edit' } : { kind: 'stored' });
    });
  }

  #takeOverFromHidden(): void {
    if (!this.#isLeaderHidden || this.role !== 'follower' || this.#options.isHidden()) return;
    this.#isLeaderHidden = false;
    this.#link.lead('steal');
  }

  #read(task: () => Promise<void>): void {
    this.#reading = this.#reading.then(task).catch(this.#options.onFailure);
  }

  #stamp(): string {
    const { cursor, queue } = this.#replica;
    return `${cursor} ${queue.length} ${queue.at(-1)?.edit.id}`;
  }
}
