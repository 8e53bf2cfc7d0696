/** Whether a reader is told aloud, every half minute at most, what others change: kept on this device, for all plans. */
import type { PlanView } from '../store/view.ts';
import { memoryOfAllPlans } from './memory.ts';

const KEY = 'others aloud';

export function areOthersTold(view: PlanView): boolean {
  return memoryOfAllPlans(view).get(KEY) !== 'off';
}

export function tellOthers(view: PlanView, are: boolean): void {
  memoryOfAllPlans(view).set(KEY, are ? null : 'off');
}
