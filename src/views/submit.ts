import type { Op } from '../store/edit.ts';
import { NotKeptError } from '../store/errors.ts';
import { sentence } from '../store/isolated.ts';
import type { PlanStore } from '../store/view.ts';
import { say, warn } from './say.ts';

export interface Submission {
  readonly label: string;
  readonly ops: readonly Op[];
  /** What a screen reader hears when it is kept; the label where absent. */
  readonly saying?: string;
  /** What `saying` is about, where a later one makes it moot. */
  readonly about?: string;
}

/**
 * Hands one edit to the store. It is on screen at once; where the browser could not keep it, it is not, and the
 * reader is told in words and can try again, since nobody should have to type it twice – the promise never rejects.
 */
export function submit(from: Element, store: PlanStore, submission: Submission): Promise<boolean> {
  const { label, ops, saying = label, about } = submission;
  return kept(from, store, { label, saying, about, keep: () => store.edit(label, ops) });
}

interface Keeping {
  readonly label: string;
  readonly saying: string;
  readonly about: string | undefined;
  readonly keep: () => Promise<void>;
}

async function kept(from: Element, store: PlanStore, keeping: Keeping): Promise<boolean> {
  const { label, saying, about, keep } = keeping;
  try {
    await keep();
    say(from, saying, about);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const notKept = error instanceof NotKeptError ? error.edit : undefined;
    const keepAgain = notKept ? () => store.keepAgain(notKept) : keep;
    warn(from, sentence`“${label}” was not kept: ${reason}`, {
      notKept,
      again: (there) => void kept(there, store, { ...keeping, keep: keepAgain }),
    });
    return false;
  }
}
