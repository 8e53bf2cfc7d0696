import type { Draft, Drafts } from './drafts.ts';

/**
 * Which drafts stand in a form of a page of this browser now, and so wait for nobody. A page holds a Web Lock for each, shared with
 * others where the same form is open, until it is saved, dropped, or the page is gone, however that came. Plain http has no
 * locks: there every draft waits.
 */
export interface OpenDrafts {
  /** It stands in a form of this page from now on. */
  hold(name: string): void;
  letGo(name: string): void;
  /** Those that stand in a form of any page. */
  held(): Promise<ReadonlySet<string>>;
  /** Resolves once no other page has it in a form; false where this one has. */
  isFreed(name: string): Promise<boolean>;
}

type Locks = Pick<LockManager, 'query'> & { request: LockManager['request'] };

/** `start`: whose they are, and of which plan. */
export function openDrafts(locks: Locks | undefined, start: string): OpenDrafts {
  const lockOf = (name: string) => `macroplan draft ${start}${name}`;
  /** How each is let go. */
  const here = new Map<string, () => void>();

  async function held(): Promise<ReadonlySet<string>> {
    const { held: all = [] } = (await locks?.query().catch(() => undefined)) ?? {};
    const names = all.map(({ name = '' }) => name).filter((name) => name.startsWith(lockOf('')));
    return new Set([...here.keys(), ...names.map((name) => name.slice(lockOf('').length))]);
  }

  return {
    hold(name) {
      if (here.has(name)) return;
      let isHeld = true;
      let end = () => {};
      here.set(name, () => {
        isHeld = false;
        end();
      });
      const until = (resolve: () => void) => {
        end = resolve;
      };
      // A page that may not have locks is as one over plain http.
      locks
        ?.request(lockOf(name), { mode: 'shared' }, () => (isHeld ? new Promise<void>(until) : undefined))
        .catch(() => undefined);
    },
    letGo(name) {
      here.get(name)?.();
      here.delete(name);
    },
    held,
    async isFreed(name) {
      if (here.has(name) || !locks) return false;
      const hasLock = await locks.request(lockOf(name), () => true).catch(() => false);
      return hasLock && !here.has(name);
    },
  };
}

/** The same drafts, held while a form has them. */
export function heldDrafts(drafts: Drafts, open: OpenDrafts): Drafts {
  function held(draft: Draft, name: string): Draft {
    const note = () => (drafts.isWaiting(name) ? open.hold(name) : open.letGo(name));
    return {
      ...draft,
      typed() {
        const typed = draft.typed();
        note();
        return typed;
      },
      keep(typed) {
        const isKept = draft.keep(typed);
        note();
        return isKept;
      },
      drop() {
        draft.drop();
        note();
      },
    };
  }
  return {
    ...drafts,
    of: (kind, id) => held(drafts.of(kind, id), `${kind} ${id}`),
    ofNew: (kind, id = '') => held(drafts.ofNew(kind, id), `new ${kind} ${id}`),
  };
}
