import type { Op } from '../store/edit.ts';
import type { PlanStore } from '../store/view.ts';
import { say, warn } from './say.ts';

export interface Submission {
  readonly label: string;
  readonly ops: readonly Op[];
  /** What a screen reader hears when it is kept; the label where absent. */
  readonly saying?: string;
}

/**
 * Hands one edit to the store. It is on screen at once; where the browser could not keep it, it is not, and the
 * reader is told in words and can try again, since nobody should have to type it twice – the promise never rejects.
 */
export async function submit(from: Element, store: PlanStore, submission: Submission): Promise<boolean> {
  const { label, ops, saying } = submission;
  try {
    await store.edit(label, ops);
    say(from, saying ?? label);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(from, `“${label}” was not kept: ${reason}`, (there) => void submit(there, store, submission));
    return false;
  }
}
