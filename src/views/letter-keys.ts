/** Whether a reader wants keys of one letter: kept on this device, for all plans. */
import type { PlanView } from '../store/view.ts';
import { markLetterKeys } from './keys.ts';
import { memoryOfAllPlans } from './memory.ts';

const KEY = 'letter keys';

export function wantsLetterKeys(view: PlanView): boolean {
  return memoryOfAllPlans(view).get(KEY) !== 'off';
}

/** In force here at once; other pages look again within a second. */
export function keepLetterKeys(root: Element, view: PlanView, areOn: boolean): void {
  memoryOfAllPlans(view).set(KEY, areOn ? null : 'off');
  markLetterKeys(root, areOn);
}
