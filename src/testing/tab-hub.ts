/** One browser as its tabs share it: a lock that one of them holds, and a channel. Time and loss are its maker's. */
import type { OpenTabLink, TabEvents, TabMessage } from '../sync/tabs.ts';

interface Member {
  readonly events: TabEvents;
  readonly run: (callback: () => void) => void;
  /** Grows with each request for the lock, so that an older grant counts no more. */
  request: number;
}

export interface MemberOptions {
  /** Runs a callback in the tab, later: never where the tab died, and not before it thaws. */
  readonly run: (callback: () => void) => void;
  readonly isLost?: () => boolean;
  readonly onSteal?: () => void;
}

export class TabHub {
  #holder: Member | null = null;
  #waiting: readonly Member[] = [];
  readonly #members = new Set<Member>();
  readonly #hasLocks: boolean;

  /** Plain http has no locks: then each tab asks for itself. */
  constructor({ hasLocks }: { readonly hasLocks: boolean }) {
    this.#hasLocks = hasLocks;
  }

  open({ run, isLost = () => false, onSteal = () => {} }: MemberOptions): OpenTabLink {
    return (events) => {
      const me: Member = { events, run, request: 0 };
      return {
        post: (message) => {
          for (const member of this.#members) if (member !== me && !isLost()) this.#deliver(member, message);
        },
        lead: (how) => {
          this.#drop(me);
          if (!this.#hasLocks) return me.run(() => me.events.onRole('alone'));
          if (how === 'steal' && this.#holder) {
            onSteal();
            const stolen = this.#holder;
            const { request } = stolen;
            stolen.run(() => stolen.request === request && stolen.events.onRole('follower'));
            this.#holder = null;
            this.#waiting = [me, ...this.#waiting];
          } else this.#waiting = [...this.#waiting, me];
          this.#grant();
        },
        leave: () => {
          this.#drop(me);
          this.#members.delete(me);
          this.#grant();
        },
        join: () => void this.#members.add(me),
      };
    };
  }

  #deliver(member: Member, message: TabMessage): void {
    member.run(() => this.#members.has(member) && member.events.onMessage(message));
  }

  #drop(me: Member): void {
    me.request += 1;
    this.#waiting = this.#waiting.filter((member) => member !== me);
    if (this.#holder === me) this.#holder = null;
  }

  #grant(): void {
    const [next] = this.#waiting;
    if (this.#holder || !next) return;
    this.#waiting = this.#waiting.slice(1);
    this.#holder = next;
    const { request } = next;
    next.run(() => next.request === request && next.events.onRole('leader'));
  }
}
