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
 * reader is told in words – the promise never rejects.
 */
export async function submit(from: Element, store: PlanStore, { label, ops, saying }: Submission): Promise<boolean> {
  try {
    await store.edit(label, ops);
    say(from, saying ?? label);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(from, `“${label}” was not kept: ${reason}`);
    return false;
  }
}
