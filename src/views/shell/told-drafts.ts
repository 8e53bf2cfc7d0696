/** The drafts that waited when the page was opened, until each is opened, dropped, or seen off. */
import type { ViewDeps } from '../deps.ts';
import { draftsAreBack, draftsOf, openDraftsOf } from '../drafts.ts';
import { type WaitingDraft, waitingDrafts } from './waiting-drafts.ts';

export interface ToldDrafts {
  /** Those of which the reader is to know now. */
  now(): readonly WaitingDraft[];
  /** One that the reader opens; all where none is named. */
  seenOff(draft?: WaitingDraft): void;
  drop(draft: WaitingDraft): void;
}

/** `tell` is called when more of them are to be told. */
export function toldDrafts(deps: ViewDeps, tell: () => void): ToldDrafts {
  const drafts = draftsOf(deps);
  let waiting: readonly WaitingDraft[] = [];

  async function find(): Promise<void> {
    await draftsAreBack(deps);
    const found = waitingDrafts(deps.store.view(), drafts.waiting());
    const add = (more: readonly WaitingDraft[]) => {
      waiting = found.filter((each) => waiting.includes(each) || (more.includes(each) && drafts.isWaiting(each.name)));
      if (more.length > 0) tell();
    };
    const open = openDraftsOf(deps);
    const held = await open.held();
    add(found.filter(({ name }) => !held.has(name)));
    // What stands in a form of another page waits once that page is gone.
    for (const each of found.filter(({ name }) => held.has(name))) {
      void open.isFreed(each.name).then((isFreed) => add(isFreed ? [each] : []));
    }
  }

  void find();
  return {
    now() {
      if (waiting.length > 0) waiting = waiting.filter(({ name }) => drafts.isWaiting(name));
      return waiting;
    },
    seenOff(draft) {
      waiting = waiting.filter((each) => draft !== undefined && each !== draft);
    },
    drop: ({ name }) => drafts.dropWaiting(name),
  };
}
